package dev.gnomon.study.clock;

import dev.gnomon.clock.ReadingErrors;
import dev.gnomon.clock.TimeCodec;
import dev.gnomon.data.Dataset;
import dev.gnomon.metric.Metrics;
import dev.gnomon.model.Model;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.schedule.CosineDecay;
import dev.gnomon.study.Trial;
import dev.gnomon.study.TrialResult;
import dev.gnomon.study.TrialRoom;
import dev.gnomon.study.TrialTraining;
import dev.gnomon.train.Callback;
import dev.gnomon.train.Fit;
import dev.gnomon.train.Logs;
import dev.gnomon.train.Training;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Trains the network in one form of the time with one seed, and judges it by the common-sense error.
///
/// @param codec the form
/// @param size width and height of the pictures
/// @param seed of the first weights and of the order of the pictures; the pictures and their parts are the same for all
/// @param epochs how often the training pictures are seen
/// @param batch pictures in a step
record ClockTrial(TimeCodec codec, int size, int seed, int epochs, int batch) {
    private static final int READ_AT_ONCE = 64;
    static final double RATE = 1e-3;

    /// A large picture takes so many times as long as a small one: most of the work is done when both are small.
    private static final double COST_OF_LARGE = 2.5;

    static final String CODEC = "codec";
    static final String SIZE = "size";
    static final String SEED = "seed";

    static final String ERROR = "test_error";
    static final String VALIDATION_ERROR = "validation_error";
    static final String ERROR_OF_FIFTH = "test_error_80_20";
    static final String SECONDS = "seconds";
    static final String PARAMETERS = "parameters";

    static final String TOLD = "told";
    static final String TOLD_VALIDATION = "told_validation";
    static final String ERROR_BY_EPOCH = "val_error";

    SequencedMap<String, String> factors() {
        var factors = new LinkedHashMap<String, String>();
        factors.put(CODEC, codec.name());
        factors.put(SIZE, Integer.toString(size));
        factors.put(SEED, Integer.toString(seed));
        return factors;
    }

    Trial trial(ClockPictures pictures) {
        double each = size == ClockPictures.SMALL ? 1 : COST_OF_LARGE;
        return new Trial(factors(), each * pictures.count() * epochs, room -> run(room, pictures));
    }

    private @Nullable TrialResult run(TrialRoom room, ClockPictures pictures) {
        var parts =
                pictures.of(
                        size, done -> room.watcher().prepares("Rendering", done, pictures.count()));
        Dataset train = parts.samples(parts.train(), codec);
        Dataset validation = parts.samples(parts.validation(), codec);
        int[] validationTimes = parts.validation().times();
        try (var model = ClockTrunk.network(size, codec)) {
            model.initialize(seed);
            int steps = epochs * Math.ceilDiv(train.size(), batch);
            model.compile(
                    new Adam(new CosineDecay(RATE, steps)), codec.losses(), Metrics.perOutput());
            var fit =
                    Fit.epochs(epochs)
                            .withBatchSize(batch)
                            .withSeed(seed)
                            .withValidation(validation)
                            .withoutLint();
            var done =
                    new TrialTraining(room)
                            .train(
                                    model,
                                    train,
                                    fit,
                                    new ErrorByEpoch(model, validation, codec, validationTimes));
            if (done == null) {
                return null;
            }
            int[] toldValidation = told(model, validation);
            int[] toldTest = told(model, parts.samples(parts.test(), codec));
            int[] testTimes = parts.test().times();
            var figures = figures(toldTest, testTimes);
            figures.put(VALIDATION_ERROR, ReadingErrors.of(toldValidation, validationTimes).mean());
            var fifth =
                    ReadingErrors.of(
                            joined(toldValidation, toldTest), joined(validationTimes, testTimes));
            figures.put(ERROR_OF_FIFTH, fifth.mean());
            figures.put("test_median_80_20", fifth.median());
            figures.put(SECONDS, done.seconds());
            figures.put("epochs", (double) epochs);
            figures.put(PARAMETERS, (double) model.countParams());
            var series = new LinkedHashMap<String, List<Double>>();
            done.put(series);
            series.put(TOLD_VALIDATION, list(toldValidation));
            series.put(TOLD, list(toldTest));
            return new TrialResult(factors(), figures, series);
        }
    }

    private int[] told(Model model, Dataset samples) {
        return codec.decode(model.predict(samples, READ_AT_ONCE));
    }

    private static SequencedMap<String, Double> figures(int[] told, int[] times) {
        var errors = ReadingErrors.of(told, times);
        var figures = new LinkedHashMap<String, Double>();
        figures.put(ERROR, errors.mean());
        figures.put("test_median", errors.median());
        figures.put("test_p90", (double) errors.ninetiethPercentile());
        figures.put("test_within_1", errors.within(1));
        figures.put("test_within_5", errors.within(5));
        figures.put("test_largest", (double) errors.largest());
        return figures;
    }

    static int[] joined(int[] first, int[] second) {
        return IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    }

    private static List<Double> list(int[] values) {
        return Arrays.stream(values).asDoubleStream().boxed().toList();
    }

    /// Logs the common-sense error on the validation part after each epoch.
    private record ErrorByEpoch(
            Model model,
            Dataset validation,
            TimeCodec codec,
            @SuppressWarnings("ArrayRecordComponent") int[] times)
            implements Callback {
        @Override
        public void onEpochEnd(Training training, int epoch, Logs logs) {
            int[] told = codec.decode(model.predict(validation, READ_AT_ONCE));
            training.log(ERROR_BY_EPOCH, ReadingErrors.of(told, times).mean());
        }
    }
}
