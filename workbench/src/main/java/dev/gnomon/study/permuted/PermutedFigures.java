package dev.gnomon.study.permuted;

import static dev.gnomon.report.Texts.text;

import dev.gnomon.data.Column;
import dev.gnomon.figure.Axis;
import dev.gnomon.figure.DotPlot;
import dev.gnomon.figure.Panels;
import dev.gnomon.figure.Plot;
import dev.gnomon.figure.Series.Line;
import dev.gnomon.figure.Sheet;
import dev.gnomon.figure.Svg;
import dev.gnomon.figure.Svg.Anchor;
import dev.gnomon.study.Paired;
import dev.gnomon.study.Spread;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The drawings of the report.
final class PermutedFigures {
    private static final double WIDTH = 680;
    private static final double HALF = WIDTH / 2 - 5;
    private static final double SAMPLE = 55;
    private static final double UNIT = 68;
    private static final double FILTER = 20;
    private static final int CLASSES = 10;
    private static final int LOOKED_AT = 2_000;
    private static final int FARTHEST = 12;
    private static final String PLAIN = Svg.colour(0);
    private static final String PERMUTED = Svg.colour(1);

    private final PermutedEvidence evidence;
    private final Map<Pictures, List<Double>> told = new HashMap<>();

    private record Pictures(String set, boolean permuted) {}

    PermutedFigures(PermutedEvidence evidence) {
        this.evidence = evidence;
    }

    private PermutedPictures.Parts parts(String set) {
        return evidence.study().pictures().of(set);
    }

    /// A picture of each class, plain above permuted, of each set.
    Svg samples() {
        List<Svg> sheets = new ArrayList<>();
        for (String set : evidence.sets()) {
            var parts = parts(set);
            var train = parts.train();
            int[] rows = firstOfEachClass(train.labels());
            List<Sheet.Entry> entries = new ArrayList<>();
            for (int row : rows) {
                var label = train.classNames().get(train.labels().intAt(row, 0));
                entries.add(new Sheet.Entry(picture(train.images(), row), List.of(label)));
            }
            var permuted = train.images().map(parts.permutation());
            for (int row : rows) {
                entries.add(new Sheet.Entry(picture(permuted, row), List.of()));
            }
            sheets.add(named(PermutedPictures.title(set), new Sheet(rows.length, SAMPLE, entries)));
        }
        return Panels.of(1, sheets);
    }

    private static Svg named(String name, Sheet sheet) {
        Svg drawn = sheet.draw();
        double left = WIDTH - CLASSES * (SAMPLE + 6) + 6;
        return new Svg(WIDTH, drawn.height())
                .text(0, SAMPLE / 2, name, Anchor.START, 9, "#222222")
                .place(drawn, left, 0);
    }

    private static int[] firstOfEachClass(Column labels) {
        return IntStream.range(0, CLASSES)
                .flatMap(type ->
                        IntStream.range(0, labels.rows())
                                .filter(row -> labels.intAt(row, 0) == type)
                                .limit(1))
                .toArray();
    }

    private static BufferedImage picture(Column images, int row) {
        float[] values = images.slice(row, row + 1).tensor().values();
        return picture(values, images.sampleShape().dim(1), images.sampleShape().dim(2));
    }

    /// A picture of values from 0 to 255, grey or with three channels.
    private static BufferedImage picture(float[] values, int width, int channels) {
        int[] pixels = new int[values.length / channels];
        for (int i = 0; i < pixels.length; i++) {
            for (int c = 0; c < channels; c++) {
                int value = Math.clamp(Math.round(values[i * channels + c]), 0, 255);
                pixels[i] = pixels[i] << 8 | value;
            }
        }
        return channels == 1 ? Sheet.grey(pixels, width, 2) : Sheet.colour(pixels, width, 2);
    }

    /// The accuracy of each cell.
    Svg accuracies() {
        List<Svg> plots = new ArrayList<>();
        for (String set : evidence.sets()) {
            List<DotPlot.Row> rows = new ArrayList<>();
            for (Cell cell : evidence.study().cells()) {
                if (cell.set().equals(set)) {
                    Spread accuracy = evidence.percent(cell, PermutedTrial.ACCURACY);
                    rows.add(
                            new DotPlot.Row(
                                    cell.network() + ", " + cell.pictures(),
                                    accuracy.mean(),
                                    accuracy.low(),
                                    accuracy.high(),
                                    Double.NaN,
                                    accuracy.text(2) + " %",
                                    cell.permuted() ? PERMUTED : PLAIN));
                }
            }
            String title = PermutedPictures.title(set);
            plots.add(new DotPlot(title, Axis.of("Test accuracy, %"), rows, WIDTH).draw());
        }
        return Panels.of(1, plots);
    }

    /// What permuted pictures change, with its confidence interval.
    Svg changes() {
        List<DotPlot.Row> rows = new ArrayList<>();
        for (String set : evidence.sets()) {
            for (Network network : Network.values()) {
                Paired change = evidence.change(set, network);
                boolean known = change.count() > 1;
                rows.add(
                        new DotPlot.Row(
                                PermutedPictures.title(set) + ", " + network,
                                change.mean(),
                                known ? change.low() : change.mean(),
                                known ? change.high() : change.mean(),
                                0,
                                text("%+.2f", change.mean()),
                                network.colour()));
            }
        }
        return new DotPlot("", changeAxis(), rows, WIDTH).draw();
    }

    /// From the lowest interval to a little above 0, so that 0 is always seen.
    private Axis changeAxis() {
        double low = -1;
        double high = 1;
        for (String set : evidence.sets()) {
            for (Network network : Network.values()) {
                Paired change = evidence.change(set, network);
                low =
                        Math.min(
                                low,
                                Math.floor(Math.min(change.mean(), orMean(change.low(), change))));
                high =
                        Math.max(
                                high,
                                Math.ceil(Math.max(change.mean(), orMean(change.high(), change))));
            }
        }
        return Axis.of("Test accuracy on permuted pictures minus that on plain ones, points")
                .between(low, high);
    }

    private static double orMean(double value, Paired change) {
        return Double.isNaN(value) ? change.mean() : value;
    }

    /// Loss and accuracy of both networks by epoch.
    Svg learning(String set) {
        List<Svg> panels = new ArrayList<>();
        for (String figure : List.of("loss", "accuracy")) {
            double[] range = range(set, figure);
            for (Network network : Network.values()) {
                var plot =
                        Plot.of(
                                        Axis.of("Epoch").withStep(step(set)),
                                        Axis.of("accuracy".equals(figure) ? "Accuracy" : "Loss")
                                                .between(range[0], range[1]))
                                .titled(PermutedPictures.title(set) + ", " + network)
                                .sized(HALF, 190);
                for (boolean permuted : new boolean[] {false, true}) {
                    var cell = new Cell(set, network, permuted);
                    String colour = permuted ? PERMUTED : PLAIN;
                    List<Double> validation = evidence.byEpoch(cell, "val_" + figure);
                    List<Double> training = evidence.byEpoch(cell, figure);
                    List<Double> epochs = epochs(validation.size());
                    plot =
                            plot.line(cell.pictures(), epochs, validation, colour)
                                    .with(new Line("", epochs, training, colour, true));
                }
                panels.add(plot.draw());
            }
        }
        return Panels.of(2, panels);
    }

    private double step(String set) {
        int most =
                evidence.study().cells().stream()
                        .filter(cell -> cell.set().equals(set))
                        .mapToInt(cell -> evidence.byEpoch(cell, "loss").size())
                        .max()
                        .orElse(1);
        return Math.ceilDiv(most, 10);
    }

    private static List<Double> epochs(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(epoch -> (double) epoch).toList();
    }

    /// The range of a figure over both networks, so that their panels can be compared.
    private double[] range(String set, String figure) {
        var values =
                evidence.study().cells().stream()
                        .filter(cell -> cell.set().equals(set))
                        .flatMap(cell ->
                                List.of(figure, "val_" + figure).stream()
                                        .flatMap(name -> evidence.byEpoch(cell, name).stream()))
                        .mapToDouble(v -> v)
                        .summaryStatistics();
        boolean accuracy = "accuracy".equals(figure);
        double unit = accuracy ? 20 : 5;
        double low = Math.floor(values.getMin() * unit) / unit;
        double high = Math.ceil(values.getMax() * unit) / unit;
        return new double[] {accuracy ? low : 0, accuracy ? Math.min(1, high) : high};
    }

    /// How much a pixel tells of another by their distance.
    Svg neighbours() {
        List<Svg> panels = new ArrayList<>();
        for (String set : evidence.sets()) {
            var plot =
                    Plot.of(
                                    Axis.of("Distance in pixels").between(1, FARTHEST).withStep(1),
                                    Axis.of("r²").between(0, 1))
                            .titled(PermutedPictures.title(set))
                            .sized(WIDTH / 3 - 7, 190);
            List<Double> distances = epochs(FARTHEST);
            for (boolean permuted : new boolean[] {false, true}) {
                plot =
                        plot.line(
                                permuted ? "permuted" : "plain",
                                distances,
                                told(set, permuted),
                                permuted ? PERMUTED : PLAIN);
            }
            panels.add(plot.draw());
        }
        return Panels.of(3, panels);
    }

    /// How much a pixel tells of another at each distance from 1 on.
    List<Double> told(String set, boolean permuted) {
        return told.computeIfAbsent(
                new Pictures(set, permuted),
                _ -> {
                    var parts = permuted ? parts(set).permuted() : parts(set);
                    return Neighbours.told(parts.train().images(), LOOKED_AT, FARTHEST);
                });
    }

    /// What training added to the first layer of the MLP: on plain pictures, on permuted ones, and these with the pixels
    /// back at their places.
    Svg units(String set) {
        var parts = parts(set);
        var plain = evidence.first(new Cell(set, Network.MLP, false)).row(PermutedTrial.WEIGHTS);
        var permuted = evidence.first(new Cell(set, Network.MLP, true)).row(PermutedTrial.WEIGHTS);
        List<Sheet.Entry> entries = new ArrayList<>();
        for (var unit : cut(plain, PermutedTrial.WEIGHTS_SHOWN)) {
            entries.add(entry(unit, parts));
        }
        for (var unit : cut(permuted, PermutedTrial.WEIGHTS_SHOWN)) {
            entries.add(entry(unit, parts));
        }
        for (var unit : cut(permuted, PermutedTrial.WEIGHTS_SHOWN)) {
            entries.add(
                    entry(
                            PermutedTrial.undone(
                                    unit,
                                    parts.shape().dim(0),
                                    parts.shape().dim(1),
                                    parts.permutation()),
                            parts));
        }
        Svg sheet = new Sheet(PermutedTrial.WEIGHTS_SHOWN, UNIT, entries).draw();
        var all = new Svg(WIDTH, sheet.height());
        List<String> words = List.of("plain", "permuted", "undone");
        for (int row = 0; row < words.size(); row++) {
            double y = row * (UNIT + 10) + UNIT / 2;
            all.text(0, y, words.get(row), Anchor.START, 10, "#222222");
        }
        return all.place(sheet, WIDTH - sheet.width(), 0);
    }

    private static Sheet.Entry entry(float[] weights, PermutedPictures.Parts parts) {
        return new Sheet.Entry(
                picture(shades(weights), parts.shape().dim(1), parts.shape().dim(2)), List.of());
    }

    /// Weights as shades: 0 in the middle, the largest black or white.
    private static float[] shades(float[] weights) {
        float largest = 1e-9f;
        for (float weight : weights) {
            largest = Math.max(largest, Math.abs(weight));
        }
        float[] shades = new float[weights.length];
        for (int i = 0; i < weights.length; i++) {
            shades[i] = 127.5f + 127.5f * weights[i] / largest;
        }
        return shades;
    }

    private static List<float[]> cut(List<Double> values, int count) {
        int length = values.size() / count;
        List<float[]> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] part = new float[length];
            for (int k = 0; k < length; k++) {
                part[k] = values.get(i * length + k).floatValue();
            }
            parts.add(part);
        }
        return parts;
    }

    /// Filters of the CNN's first layer, of each set.
    Svg filters() {
        List<Svg> sheets = new ArrayList<>();
        for (String set : evidence.sets()) {
            int channels = parts(set).shape().dim(2);
            for (boolean permuted : new boolean[] {false, true}) {
                var cell = new Cell(set, Network.CNN, permuted);
                var row = evidence.first(cell).row(PermutedTrial.WEIGHTS);
                var entries =
                        cut(row, row.size() / (9 * channels)).stream()
                                .map(filter ->
                                        new Sheet.Entry(
                                                picture(shades(filter), 3, channels), List.of()))
                                .toList();
                Svg sheet = new Sheet(PermutedTrial.FILTERS_SHOWN, FILTER - 3, entries).draw();
                String words = PermutedPictures.title(set) + ", " + cell.pictures();
                sheets.add(
                        new Svg(WIDTH, sheet.height())
                                .text(0, 13, words, Anchor.START, 10, "#222222")
                                .place(sheet, WIDTH - sheet.width(), 0));
            }
        }
        return Panels.of(1, sheets);
    }
}
