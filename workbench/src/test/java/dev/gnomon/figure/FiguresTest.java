package dev.gnomon.figure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.clock.HeadsCodec;
import dev.gnomon.figure.Series.Bars;
import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.model.Functional;
import java.io.StringReader;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class FiguresTest {
    private static Document parsed(Svg svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg.text())));
    }

    private static List<String> texts(Document document) {
        var nodes = document.getElementsByTagName("text");
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> nodes.item(i).getTextContent())
                .toList();
    }

    @Test
    void ticksAreRoundNumbersWithinTheAxis() {
        assertThat(Axis.of("x").fitted(DoubleStream.of(0.3, 17)).ticks())
                .containsExactly(0.0, 5.0, 10.0, 15.0, 20.0);
        assertThat(Axis.of("x").between(0, 12).withStep(3).fitted(DoubleStream.of(5)).ticks())
                .containsExactly(0.0, 3.0, 6.0, 9.0, 12.0);
        assertThat(Axis.logarithmic("x").fitted(DoubleStream.of(1.1, 90, Double.NaN)).ticks())
                .containsExactly(1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0);
        assertThat(Axis.of("x").fitted(DoubleStream.empty()).ticks()).isNotEmpty();
        assertThat(Axis.of("x").fitted(DoubleStream.of(4, 4)).ticks()).hasSizeBetween(2, 12);
        assertThat(List.of(Axis.text(0.05), Axis.text(7), Axis.text(12_345), Axis.text(2.5)))
                .containsExactly("0.05", "7", "12,345", "2.5");
    }

    @Test
    void aPlotHasItsSeriesInPlace() throws Exception {
        List<Double> x = List.of(0.0, 1.0, 2.0, 3.0, 4.0);
        var svg =
                Plot.of(Axis.of("epoch"), Axis.of("error <min>").between(0, 10))
                        .titled("A & B")
                        .line(
                                "left & right",
                                x,
                                List.of(0.0, 10.0, Double.NaN, 10.0, 0.0),
                                "#112233")
                        .with(new Bars("bars", x, List.of(1.0, 2.0, 3.0, 4.0), "#aabbcc"))
                        .draw();
        var document = parsed(svg);
        assertThat(texts(document))
                .contains("A & B", "epoch", "error <min>", "left & right", "bars", "10");
        var paths = document.getElementsByTagName("path");
        String line =
                IntStream.range(0, paths.getLength())
                        .mapToObj(i -> (Element) paths.item(i))
                        .filter(path -> path.getAttribute("stroke").equals("#112233"))
                        .map(path -> path.getAttribute("d"))
                        .filter(path -> path.contains("L"))
                        .findFirst()
                        .orElseThrow();
        assertThat(line.chars().filter(c -> c == 'M')).hasSize(2);
        String[] points = line.strip().split(" ?[ML] ", -1);
        double bottom = Double.parseDouble(points[1].split(" ", -1)[1]);
        double top = Double.parseDouble(points[2].split(" ", -1)[1]);
        assertThat(bottom).isEqualTo(svg.height() - 40);
        assertThat(top).isLessThan(60);
    }

    @Test
    void aDotPlotHasARowForEach() throws Exception {
        var rows =
                List.of(
                        new DotPlot.Row("first", 1, 0.5, 2, 0.1, "1.0 min", "#010101"),
                        new DotPlot.Row("second", 10, 10, 10, Double.NaN, "10 min", "#020202"));
        var document = parsed(new DotPlot("", Axis.logarithmic("minutes"), rows, 400).draw());
        assertThat(texts(document)).contains("first", "second", "1.0 min", "10 min", "minutes");
        var dots = document.getElementsByTagName("circle");
        assertThat(dots.getLength()).isEqualTo(2);
        double left = Double.parseDouble(((Element) dots.item(0)).getAttribute("cx"));
        double right = Double.parseDouble(((Element) dots.item(1)).getAttribute("cx"));
        assertThat(left).isLessThan(right);
        var lines = document.getElementsByTagName("line");
        double spread = Double.NaN;
        double mark = Double.NaN;
        for (int i = 0; i < lines.getLength(); i++) {
            var line = (Element) lines.item(i);
            double begin = Double.parseDouble(line.getAttribute("x1"));
            if (line.getAttribute("stroke").equals("#010101")) {
                spread = begin;
            } else if (line.getAttribute("stroke-width").equals("1.4")) {
                mark = begin;
            }
        }
        assertThat((spread - mark) / (left - spread))
                .isCloseTo(Math.log(5) / Math.log(2), Offset.offset(0.05));
    }

    @Test
    void theDarkestCellIsTheLargest() throws Exception {
        var map =
                new HeatMap(
                        "t",
                        "row",
                        "column",
                        List.of("a", "b"),
                        List.of(List.of(0.0, 0.25), List.of(1.0, 0.0)),
                        10);
        var cells = parsed(map.draw()).getElementsByTagName("rect");
        assertThat(cells.getLength()).isEqualTo(4);
        assertThat(((Element) cells.item(2)).getAttribute("fill")).isEqualTo("#08306b");
        assertThat(((Element) cells.item(0)).getAttribute("fill")).isEqualTo("#f5f7fa");
    }

    @Test
    void aNetworkHasABoxForEachLayerWithAFormOfItsOwn() throws Exception {
        var image = Input.of(8, 8, 1);
        var x = new Flatten().apply(new Conv2D(3, 3).withStrides(2).apply(image));
        var heads = new HeadsCodec(HeadsCodec.Minute.CLASS).head(x);
        try (var model = Functional.of(List.of(image), heads)) {
            var document = parsed(NetworkDrawing.of(model, 680));
            assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(4);
            assertThat(texts(document))
                    .contains("Conv2D 3", "3×3 · step 2 · flat", "Dense 12", "Dense 60", "8×8×1");
        }
    }

    @Test
    void picturesKeepTheirPixels() {
        var image = Sheet.grey(new int[] {0, 255, 128, 7}, 2, 3);
        assertThat(image.getWidth()).isEqualTo(6);
        assertThat(image.getRaster().getSample(5, 0, 0)).isEqualTo(255);
        assertThat(image.getRaster().getSample(4, 5, 0)).isEqualTo(7);
        assertThat(Sheet.colour(new int[] {0x102030}, 1, 2).getRGB(1, 1)).isEqualTo(0xff102030);
    }
}
