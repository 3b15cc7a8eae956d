package dev.gnomon.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.figure.Figure;
import dev.gnomon.figure.Sheet;
import dev.gnomon.figure.Svg;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {
    @TempDir private Path folder;

    private static Report report() {
        var dark = Sheet.grey(Collections.nCopies(16, 0).stream().mapToInt(i -> i).toArray(), 4, 8);
        var sheet = new Sheet(1, 100, List.of(new Sheet.Entry(dark, List.of("a dark picture"))));
        return Report.titled("Less < more & \"so\"", "with **care**")
                .heading("Part")
                .paragraph("Use `a < b` and **this**; ≤ 5 min, 75×75, ± 0.3")
                .points(List.of("one", "two"))
                .figure(new Figure("dark", "A picture.", sheet.draw()))
                .figure(new Figure("line", "A line.", new Svg(50, 20).line(0, 0, 9, 9, "#000", 1)))
                .table(
                        "Numbers.",
                        List.of("name", "value"),
                        List.of(List.of("x", "1.5"), List.of("y", "2 ± 1")))
                .code("./gnomon study run x --out <DIR>");
    }

    @Test
    void thePageIsWellFormedAndHoldsAll() throws Exception {
        ReportFiles.write(report(), folder);
        var factory = DocumentBuilderFactory.newInstance();
        var page = factory.newDocumentBuilder().parse(folder.resolve("report.html").toFile());
        assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(2);
        assertThat(page.getElementsByTagName("h1").item(0).getTextContent())
                .isEqualTo("Less < more & \"so\"");
        assertThat(Files.readString(folder.resolve("report.html")))
                .contains(
                        "<code>a &lt; b</code>",
                        "<b>this</b>",
                        "<b>Figure 2.</b> A line.",
                        "<td class=\"number\">2 ± 1</td>",
                        "<td>x</td>");
        for (String figure : List.of("dark", "line")) {
            factory.newDocumentBuilder()
                    .parse(folder.resolve("figures/" + figure + ".svg").toFile());
        }
    }

    @Test
    void thePdfHoldsTextAndPictures() throws Exception {
        int pages = ReportFiles.write(report(), folder);
        assertThat(pages).isEqualTo(1);
        try (var pdf = Loader.loadPDF(folder.resolve("report.pdf").toFile())) {
            assertThat(new PDFTextStripper().getText(pdf))
                    .contains("Less < more", "≤ 5 min, 75×75, ± 0.3", "x 1.5", "1 / 1");
            var image = new PDFRenderer(pdf).renderImage(0);
            int dark = 0;
            for (int y = 0; y < image.getHeight(); y++) {
                for (int x = 0; x < image.getWidth(); x++) {
                    dark += (image.getRGB(x, y) & 0xff) < 40 ? 1 : 0;
                }
            }
            assertThat(dark).as("the dark picture, 75 points wide").isGreaterThan(70 * 70);
        }
    }
}
