package dev.gnomon.study.clock;

import dev.gnomon.clock.AngleCodec;
import dev.gnomon.clock.ClassCodec;
import dev.gnomon.clock.HeadsCodec;
import dev.gnomon.clock.NumberCodec;
import dev.gnomon.clock.TimeCodec;
import dev.gnomon.data.ClockDataset;
import dev.gnomon.figure.Axis;
import dev.gnomon.figure.DotPlot;
import dev.gnomon.figure.HeatMap;
import dev.gnomon.figure.Panels;
import dev.gnomon.figure.Plot;
import dev.gnomon.figure.Series.Bars;
import dev.gnomon.figure.Series.Line;
import dev.gnomon.figure.Sheet;
import dev.gnomon.figure.Svg;
import dev.gnomon.study.Spread;
import dev.gnomon.study.TrialResult;
import dev.gnomon.study.clock.ClockEvidence.Kind;
import dev.gnomon.study.clock.ClockEvidence.Reading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// The drawings of the report on one size of pictures.
final class ClockFigures {
    private static final double WIDTH = 680;
    private static final int SHOWN = 8;
    private static final Axis MINUTES = Axis.logarithmic("Common-sense error in minutes");

    private final ClockEvidence evidence;

    ClockFigures(ClockEvidence evidence) {
        this.evidence = evidence;
    }

    private static String colour(TimeCodec codec) {
        return Svg.colour(Kind.of(codec).colour());
    }

    /// Pictures of the training part with their times.
    Svg samples() {
        var part = evidence.parts().train();
        List<Sheet.Entry> entries = new ArrayList<>();
        for (int row = 0; row < Math.min(SHOWN, part.size()); row++) {
            entries.add(entry(part, row, List.of(ClockDataset.text(part.time(row)))));
        }
        return new Sheet(SHOWN, 79, entries).draw();
    }

    private static Sheet.Entry entry(ClockDataset part, int row, List<String> words) {
        int side = part.images().shape().dim(1);
        int[] pixels = new int[side * side];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (int) Math.round(part.images().valueAt(row, i));
        }
        return new Sheet.Entry(Sheet.grey(pixels, side, side > 100 ? 1 : 2), words);
    }

    /// The pictures that a trial read worst.
    Svg worst(TrialResult result) {
        var part = evidence.parts().test();
        var worst =
                evidence.readings(result).stream()
                        .sorted(Comparator.comparingInt(Reading::error).reversed())
                        .limit(SHOWN)
                        .map(reading ->
                                entry(
                                        part,
                                        reading.row(),
                                        List.of(
                                                "read " + ClockDataset.text(reading.told()),
                                                "true " + ClockDataset.text(reading.time()),
                                                reading.error() + " min off")))
                        .toList();
        return new Sheet(SHOWN, 79, worst).draw();
    }

    /// The error of each form.
    Svg errors() {
        var rows =
                evidence.codecs().stream()
                        .map(codec -> {
                            Spread error = evidence.figure(codec, ClockTrial.ERROR);
                            double floor = codec.floor().mean();
                            return new DotPlot.Row(
                                    codec.name(),
                                    error.mean(),
                                    error.low(),
                                    error.high(),
                                    floor > 0 ? floor : Double.NaN,
                                    error.text(1) + " min",
                                    colour(codec));
                        })
                        .toList();
        return new DotPlot("", MINUTES, rows, WIDTH).draw();
    }

    /// The error on the validation part by epoch, a panel for each kind of form.
    Svg learning() {
        List<Svg> panels = new ArrayList<>();
        var range =
                evidence.results().all().stream()
                        .flatMap(result -> result.row(ClockTrial.ERROR_BY_EPOCH).stream())
                        .mapToDouble(error -> error)
                        .summaryStatistics();
        int epochs = evidence.results().all().getFirst().row(ClockTrial.ERROR_BY_EPOCH).size();
        for (Kind kind : Kind.values()) {
            var plot =
                    Plot.of(
                                    Axis.of("Epoch").between(0, epochs),
                                    Axis.logarithmic("Validation error, minutes")
                                            .between(
                                                    Math.max(0.1, 0.9 * range.getMin()),
                                                    1.1 * range.getMax()))
                            .titled(kind.title())
                            .sized(WIDTH / 2 - 5, kind == Kind.CLASSES ? 225 : 210);
            int number = 0;
            for (TimeCodec codec : evidence.kind(kind)) {
                plot = plot.line(codec.name(), epochs(codec), byEpoch(codec), Svg.colour(number));
                number++;
            }
            panels.add(plot.draw());
        }
        return Panels.of(2, panels);
    }

    private List<Double> epochs(TimeCodec codec) {
        return IntStream.rangeClosed(1, byEpoch(codec).size())
                .mapToObj(epoch -> (double) epoch)
                .toList();
    }

    private List<Double> byEpoch(TimeCodec codec) {
        var results = evidence.of(codec).all();
        int epochs = results.getFirst().row(ClockTrial.ERROR_BY_EPOCH).size();
        return IntStream.range(0, epochs)
                .mapToObj(epoch ->
                        results.stream()
                                .mapToDouble(
                                        result -> result.row(ClockTrial.ERROR_BY_EPOCH).get(epoch))
                                .average()
                                .orElse(Double.NaN))
                .toList();
    }

    /// Which share of the pictures is read to within how many minutes, by the best of each kind.
    Svg shares() {
        List<Double> minutes =
                IntStream.of(1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360)
                        .mapToObj(m -> (double) m)
                        .toList();
        var plot =
                Plot.of(
                                Axis.logarithmic("Minutes").between(1, 360),
                                Axis.of("Share of pictures within, %").between(0, 100))
                        .sized(WIDTH / 2 - 5, 230);
        for (Kind kind : Kind.values()) {
            TimeCodec codec = evidence.bestOf(kind);
            var readings = evidence.readings(codec);
            plot =
                    plot.line(
                            codec.name(),
                            minutes,
                            minutes.stream()
                                    .map(most ->
                                            100
                                                    * ClockEvidence.share(
                                                            readings, error -> error <= most))
                                    .toList(),
                            colour(codec));
        }
        return plot.draw();
    }

    /// How many pictures have which error, in the form that did best.
    Svg histogram(TimeCodec codec) {
        List<Double> edges =
                DoubleStream.of(0, 1, 2, 3, 5, 10, 20, 30, 60, 120, 361).boxed().toList();
        List<Double> places = IntStream.range(0, edges.size()).mapToObj(i -> (double) i).toList();
        var readings = evidence.readings(codec);
        List<Double> shares = new ArrayList<>();
        for (int i = 0; i + 1 < edges.size(); i++) {
            double from = edges.get(i);
            double to = edges.get(i + 1);
            shares.add(100 * ClockEvidence.share(readings, error -> error >= from && error < to));
        }
        return Plot.of(
                        Axis.of("Common-sense error in minutes, from … on")
                                .named(
                                        edges.stream()
                                                .map(edge -> edge > 360 ? "" : Axis.text(edge))
                                                .toList()),
                        Axis.of("Share of pictures, %"))
                .titled(codec.name())
                .sized(WIDTH / 2 - 5, 230)
                .with(new Bars("", places, shares, colour(codec)))
                .draw();
    }

    /// The mean error by the true time.
    Svg alongTheDial() {
        var plot =
                Plot.of(
                                Axis.of("True time in hours").between(0, 12).withStep(1),
                                Axis.of("Mean error in minutes"))
                        .sized(WIDTH, 210);
        int number = 0;
        for (TimeCodec codec :
                List.of(
                        NumberCodec.HOURS,
                        NumberCodec.CIRCULAR_HOURS,
                        AngleCodec.DIAL,
                        AngleCodec.HANDS)) {
            List<Double> hours =
                    IntStream.range(0, 24).mapToObj(half -> half / 2.0 + 0.25).toList();
            plot =
                    plot.line(
                            codec.name(),
                            hours,
                            byBin(codec, 24, reading -> reading.time() / 30.0),
                            Svg.colour(number));
            number++;
        }
        return plot.draw();
    }

    /// Which share is more than half an hour off, by the angle between the hands; and by the distance from a full hour.
    Svg hands() {
        var byAngle =
                Plot.of(
                                Axis.of("Degrees between the hands").between(0, 180).withStep(30),
                                Axis.of("Over 30 minutes off, %"))
                        .sized(WIDTH / 2 - 5, 230);
        var byMinute =
                Plot.of(
                                Axis.of("Minutes from the full hour").between(0, 30).withStep(5),
                                Axis.of("Over 30 minutes off, %"))
                        .sized(WIDTH / 2 - 5, 230);
        for (Kind kind : Kind.values()) {
            TimeCodec codec = evidence.bestOf(kind);
            byAngle =
                    byAngle.line(
                            codec.name(),
                            IntStream.range(0, 12).mapToObj(bin -> bin * 15.0 + 7.5).toList(),
                            farOffByBin(codec, 12, reading -> reading.degreesBetweenHands() / 15),
                            colour(codec));
            byMinute =
                    byMinute.line(
                            codec.name(),
                            IntStream.range(0, 10).mapToObj(bin -> bin * 3.0 + 1.5).toList(),
                            farOffByBin(codec, 10, reading -> reading.fromFullHour() / 3.0),
                            colour(codec));
        }
        return Panels.of(2, List.of(byAngle.draw(), byMinute.draw()));
    }

    private List<Double> byBin(TimeCodec codec, int bins, ToDoubleFunction<Reading> place) {
        return binned(codec, bins, place).stream().map(ClockEvidence::mean).toList();
    }

    private List<Double> farOffByBin(TimeCodec codec, int bins, ToDoubleFunction<Reading> place) {
        return binned(codec, bins, place).stream()
                .map(bin ->
                        bin.isEmpty()
                                ? Double.NaN
                                : 100
                                        * ClockEvidence.share(
                                                bin, error -> error > ClockEvidence.FAR))
                .toList();
    }

    private List<List<Reading>> binned(TimeCodec codec, int bins, ToDoubleFunction<Reading> place) {
        List<List<Reading>> all = new ArrayList<>();
        for (int i = 0; i < bins; i++) {
            all.add(new ArrayList<>());
        }
        for (Reading reading : evidence.readings(codec)) {
            int bin = (int) Math.floor(place.applyAsDouble(reading));
            all.get(Math.clamp(bin, 0, bins - 1)).add(reading);
        }
        return all;
    }

    /// True and read hours of four forms.
    Svg confusion() {
        List<Svg> maps = new ArrayList<>();
        for (TimeCodec codec :
                List.of(
                        new ClassCodec(720),
                        NumberCodec.HOURS,
                        new HeadsCodec(HeadsCodec.Minute.CLASS),
                        AngleCodec.HANDS)) {
            maps.add(confusion(codec));
        }
        return Panels.of(4, maps);
    }

    private Svg confusion(TimeCodec codec) {
        double[][] counts = new double[12][12];
        evidence.readings(codec)
                .forEach(reading -> counts[reading.time() / 60][reading.told() / 60]++);
        List<List<Double>> shares = new ArrayList<>();
        for (double[] row : counts) {
            double sum = Math.max(1, DoubleStream.of(row).sum());
            shares.add(DoubleStream.of(row).map(count -> count / sum).boxed().toList());
        }
        List<String> hours =
                IntStream.range(0, 12)
                        .mapToObj(hour ->
                                hour % 3 == 0 ? Integer.toString(hour == 0 ? 12 : hour) : "")
                        .toList();
        return new HeatMap(codec.name(), "True hour", "Hour read", hours, shares, 9.6).draw();
    }

    /// What more classes bring and cost.
    Svg classes() {
        List<Double> counts = new ArrayList<>();
        List<Double> errors = new ArrayList<>();
        List<Double> floors = new ArrayList<>();
        List<Double> off = new ArrayList<>();
        for (TimeCodec codec : evidence.kind(Kind.CLASSES)) {
            if (codec instanceof ClassCodec(int classes, double spread) && spread == 0) {
                counts.add((double) classes);
                errors.add(evidence.error(codec));
                floors.add(aboveZero(codec.floor().mean()));
                off.add(aboveZero(evidence.figure(codec, "test_median").mean()));
            }
        }
        return Plot.of(Axis.logarithmic("Classes"), Axis.logarithmic("Error in minutes"))
                .sized(WIDTH / 2 - 5, 230)
                .line("mean", counts, errors, Svg.colour(0))
                .line("median", counts, off, Svg.colour(5))
                .with(new Line("floor of the form", counts, floors, Svg.colour(7), true))
                .draw();
    }

    /// A value for a logarithmic axis; NaN, which is not drawn, where there is no place for it.
    private static double aboveZero(double value) {
        return value > 0 ? value : Double.NaN;
    }

    static Svg beside(Svg left, Svg right) {
        return Panels.of(2, List.of(left, right));
    }
}
