package dev.gnomon.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.gnomon.activation.Activation;
import dev.gnomon.data.Dataset;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Dropout;
import dev.gnomon.layer.Input;
import dev.gnomon.loss.MeanSquaredError;
import dev.gnomon.metric.Metrics;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.tensor.Shape;
import dev.gnomon.train.BackupAndRestore;
import dev.gnomon.train.CSVLogger;
import dev.gnomon.train.Callback;
import dev.gnomon.train.EarlyStopping;
import dev.gnomon.train.Fit;
import dev.gnomon.train.History;
import dev.gnomon.train.LambdaCallback;
import dev.gnomon.train.LearningRateScheduler;
import dev.gnomon.train.ModelCheckpoint;
import dev.gnomon.train.ProgbarLogger;
import dev.gnomon.train.ReduceLROnPlateau;
import dev.gnomon.train.TerminateOnNaN;
import dev.gnomon.train.Training;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What every callback keeps: the same history, weights and files for any number of threads, and where the training was
/// broken off at any step and gone on with.
class CallbackContractTest {
    /// Callbacks without a sample, with the reason.
    private static final Map<String, String> WITHOUT =
            Map.of("dev.gnomon.lint.TrainingRules", "changes nothing; LinterTest tries it");

    /// Callbacks of a training with files in a folder, and their rules.
    private record Sample(Class<?> type, Function<Path, Callback> callback, Rules rules) {
        Sample refuses(String component, Object value, String sentence) {
            rules.refuses(component, value, sentence);
            return this;
        }

        Sample free(String... components) {
            rules.free(components);
            return this;
        }
    }

    private static Sample of(Function<Path, Callback> callback) {
        Callback settings = callback.apply(Path.of("."));
        return new Sample(settings.getClass(), callback, new Rules((Record) settings));
    }

    /// The samples: a new callback needs a row here.
    private static List<Sample> samples() {
        return List.of(
                of(_ ->
                                new EarlyStopping()
                                        .withPatience(1)
                                        .withBaseline(9)
                                        .withRestoreBestWeights(true))
                        .refuses(
                                "minDelta",
                                -0.5,
                                "EarlyStopping: minDelta must be at least 0, but is -0.5.")
                        .refuses(
                                "patience",
                                -1,
                                "EarlyStopping: patience must be at least 0, but is -1.")
                        .refuses(
                                "startFromEpoch",
                                -1,
                                "EarlyStopping: startFromEpoch must be at least 0, but is -1.")
                        .free("baseline"),
                of(_ -> new ReduceLROnPlateau().withPatience(1).withFactor(0.3).withCooldown(1))
                        .refuses(
                                "factor",
                                1.0,
                                "ReduceLROnPlateau: factor must be above 0 and below 1, but is 1.0.")
                        .refuses(
                                "patience",
                                -1,
                                "ReduceLROnPlateau: patience must be at least 0, but is -1.")
                        .refuses(
                                "minDelta",
                                -0.5,
                                "ReduceLROnPlateau: minDelta must be at least 0, but is -0.5.")
                        .refuses(
                                "cooldown",
                                -1,
                                "ReduceLROnPlateau: cooldown must be at least 0, but is -1.")
                        .refuses(
                                "minLr",
                                -0.5,
                                "ReduceLROnPlateau: minLr must be at least 0, but is -0.5."),
                of(folder ->
                                new ModelCheckpoint(folder.resolve("m{epoch}.keras").toString())
                                        .withSaveBestOnly(true))
                        .refuses(
                                "file",
                                "m.pt",
                                "ModelCheckpoint: the file must end in .keras, or in .weights.h5 for the weights alone, but"
                                        + " is \"m.pt\".")
                        .refuses(
                                "everyBatches",
                                -1,
                                "ModelCheckpoint: everyBatches must be at least 0, but is -1.")
                        .free("initialThreshold"),
                of(folder -> new CSVLogger(folder.resolve("log.csv")))
                        .refuses(
                                "separator",
                                "",
                                "CSVLogger: the separator must be at least one character other than an end of line."),
                of(_ -> new LearningRateScheduler((epoch, rate) -> rate / (1 + epoch))),
                of(_ -> new TerminateOnNaN()),
                of(_ ->
                        new LambdaCallback()
                                .withBatchEnd((training, _) ->
                                        training.state()
                                                .put("steps", (double) training.iteration()))
                                .withEpochEnd((training, _, _) ->
                                        training.log(
                                                "steps", training.state().number("steps", 0)))),
                of(_ ->
                        new ProgbarLogger(
                                new PrintStream(
                                        OutputStream.nullOutputStream(),
                                        false,
                                        StandardCharsets.UTF_8),
                                true)),
                of(folder -> new BackupAndRestore(folder.resolve("second.keras")))
                        .refuses(
                                "file",
                                Path.of("run.h5"),
                                "BackupAndRestore: the file must end in .keras, but is \"run.h5\".")
                        .refuses(
                                "everyBatches",
                                -1,
                                "BackupAndRestore: everyBatches must be at least 0, but is -1."));
    }

    @TempDir private Path folder;

    @Test
    void everyCallbackHasASample() {
        Set<String> owed = new HashSet<>(Types.concrete(Callback.class));
        owed.removeAll(WITHOUT.keySet());
        samples().forEach(sample -> owed.remove(sample.type.getName()));
        assertThat(owed)
                .as("callbacks without a sample: add a row for each to CallbackContractTest")
                .isEmpty();
    }

    @TestFactory
    Stream<DynamicContainer> callbacks() {
        return samples().stream()
                .map(sample -> Named.tests(sample.type.getSimpleName(), tests(sample)));
    }

    private Stream<DynamicTest> tests(Sample sample) {
        Stream<DynamicTest> own =
                Stream.of(
                        dynamicTest("threads change nothing", () -> threads(sample)),
                        dynamicTest("broken off and gone on with", () -> brokenOff(sample)));
        return Stream.concat(own, sample.rules.tests());
    }

    private static Model model() {
        return Sequential.of(
                        Input.of(3),
                        new Dense(4).withActivation(Activation.TANH),
                        new Dropout(0.3),
                        new Dense(2))
                .compile(new Adam(0.2), new MeanSquaredError(), Metrics.meanAbsoluteError());
    }

    private static Dataset data() {
        return Trial.batch(CallbackContractTest::model, Trial.random("y", Shape.batched(2), -1, 1));
    }

    private static Fit fit(Sample sample, Path place, Callback... more) {
        return Fit.epochs(4)
                .withBatchSize(2)
                .withSeed(3)
                .withValidation(data())
                .withoutLint()
                .withCallbacks(sample.callback.apply(place))
                .withCallbacks(new BackupAndRestore(place.resolve("run.keras")).withEveryBatches(1))
                .withCallbacks(more);
    }

    /// What a training has left: its history, and files with the model at its end among them.
    private record Left(History history, Map<String, String> files) {
        static Left of(History history, Path place) throws IOException {
            Map<String, String> files = new HashMap<>();
            for (String name : place.toFile().list()) {
                byte[] bytes = Files.readAllBytes(place.resolve(name));
                files.put(name, new String(bytes, StandardCharsets.ISO_8859_1));
            }
            return new Left(history, files);
        }
    }

    private Left whole(Sample sample, int threads) throws IOException {
        Path place = Files.createTempDirectory(folder, "whole");
        try (Model model = model().withThreads(threads)) {
            var history = model.fit(data(), fit(sample, place));
            model.save(place.resolve("end.keras"));
            return Left.of(history, place);
        }
    }

    private void threads(Sample sample) throws IOException {
        assertThat(whole(sample, 3)).isEqualTo(whole(sample, 1));
    }

    private record BreakOff(long at) implements Callback {
        @Override
        public void onTrainBatchEnd(Training training, int batch) {
            if (training.iteration() == at) {
                throw new IllegalStateException("broken off");
            }
        }
    }

    private void brokenOff(Sample sample) throws IOException {
        Left expected = whole(sample, 1);
        for (int at = 1; at <= 10; at += 3) {
            Path place = Files.createTempDirectory(folder, "broken");
            try (Model model = model()) {
                var settings = fit(sample, place, new BreakOff(at));
                assertThatThrownBy(() -> model.fit(data(), settings))
                        .isInstanceOf(IllegalStateException.class);
            }
            try (Model model = model()) {
                var history = model.fit(data(), fit(sample, place));
                model.save(place.resolve("end.keras"));
                assertThat(Left.of(history, place)).as("after step %d", at).isEqualTo(expected);
            }
        }
    }
}
