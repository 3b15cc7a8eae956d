package dev.gnomon.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.Golden;
import dev.gnomon.check.ConfigException;
import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.model.Model;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.optimizer.SGD;
import dev.gnomon.schedule.CosineDecay;
import dev.gnomon.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What callbacks decide, compared with real Keras for the same figures, and when they are told.
class CallbacksTest {
    private static final Golden GOLDEN = Golden.read("callbacks");
    private static final Map<String, EarlyStopping> STOPPING = stopping();
    private static final Map<String, ReduceLROnPlateau> PLATEAU = plateau();

    @TempDir private Path folder;

    private static Map<String, EarlyStopping> stopping() {
        var scripted = new EarlyStopping().withMonitor("scripted").withMode(Mode.MIN);
        return Map.of(
                "plain", scripted,
                "patience", scripted.withPatience(2),
                "delta", scripted.withPatience(2).withMinDelta(0.01),
                "rising", scripted.withPatience(1).withMode(Mode.MAX),
                "baseline", scripted.withPatience(3).withBaseline(0.55),
                "late", scripted.withPatience(1).withStartFromEpoch(3),
                "delta_rising", scripted.withPatience(2).withMinDelta(0.05).withMode(Mode.MAX));
    }

    private static Map<String, ReduceLROnPlateau> plateau() {
        var scripted = new ReduceLROnPlateau().withMonitor("scripted").withMode(Mode.MIN);
        return Map.of(
                "patience", scripted.withPatience(2),
                "none", scripted.withPatience(0).withFactor(0.5),
                "cooldown", scripted.withPatience(1).withCooldown(2).withFactor(0.5),
                "least", scripted.withPatience(1).withFactor(0.1).withMinLr(0.003),
                "delta", scripted.withPatience(2).withMinDelta(0.02).withFactor(0.2),
                "rising", scripted.withPatience(1).withMode(Mode.MAX).withFactor(0.3));
    }

    /// Logs figures that are given, one for each epoch.
    private record Scripted(List<Double> figures) implements Callback {
        @Override
        public void onEpochEnd(Training training, int epoch, Logs logs) {
            training.log("scripted", figures.get(epoch));
        }
    }

    private static Stream<String> keys(String family) {
        return GOLDEN.keys().stream().filter(key -> key.startsWith(family + "/"));
    }

    static Stream<String> stoppingKeys() {
        return keys("stopping");
    }

    static Stream<String> plateauKeys() {
        return keys("plateau");
    }

    static Stream<String> checkpointKeys() {
        return keys("checkpoint");
    }

    private static <T> T settings(Map<String, T> known, String key) {
        return Objects.requireNonNull(known.get(key.split("/", -1)[1]), key);
    }

    private static Scripted scripted(String key) {
        return new Scripted(
                Arrays.stream(GOLDEN.values("figures/" + key.split("/", -1)[2])).boxed().toList());
    }

    private static History fit(Model model, Scripted figures, Callback... callbacks) {
        return model.fit(
                TinyTraining.data(8),
                Fit.epochs(figures.figures.size()).withCallbacks(figures).withCallbacks(callbacks));
    }

    @ParameterizedTest
    @MethodSource("stoppingKeys")
    void earlyStoppingEqualsKeras(String key) {
        var settings = settings(STOPPING, key).withRestoreBestWeights(true);
        List<Map<String, Tensor>> weights = new ArrayList<>();
        var keep =
                new LambdaCallback()
                        .withEpochEnd((training, _, _) -> weights.add(training.weights()));
        try (var model = TinyTraining.model()) {
            var history = fit(model, scripted(key), keep, settings);
            int best = (int) GOLDEN.values(key)[1];
            assertThat(history.epochs()).hasSize((int) GOLDEN.values(key)[0]);
            assertThat(history.stopped() == null)
                    .isEqualTo(history.epochs().size() == scripted(key).figures.size());
            assertThat(model.weights()).isEqualTo(weights.get(best));
        }
    }

    @ParameterizedTest
    @MethodSource("plateauKeys")
    void reduceLearningRateEqualsKeras(String key) {
        List<Double> rates = new ArrayList<>();
        var keep =
                new LambdaCallback()
                        .withEpochEnd((training, _, _) -> rates.add(training.learningRate()));
        try (var model = TinyTraining.model(new SGD(0.1))) {
            var history = fit(model, scripted(key), settings(PLATEAU, key), keep);
            GOLDEN.check(key, rates.stream().mapToDouble(rate -> rate).toArray(), 1e-7);
            assertThat(history.last().get("learning_rate")).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("checkpointKeys")
    void theBestModelsAreThoseOfKeras(String key) {
        var settings =
                new ModelCheckpoint(folder.resolve("m{epoch:02d}-{scripted:.4f}.keras").toString())
                        .withMonitor("scripted")
                        .withSaveBestOnly(true)
                        .withMode(key.contains("rising") ? Mode.MAX : Mode.MIN);
        if (key.contains("threshold")) {
            settings = settings.withInitialThreshold(0.52);
        }
        List<Double> counts = new ArrayList<>();
        var count =
                new LambdaCallback()
                        .withEpochEnd(
                                (_, _, _) -> counts.add((double) folder.toFile().list().length));
        try (var model = TinyTraining.model()) {
            fit(model, scripted(key), settings, count);
        }
        GOLDEN.check(key, counts.stream().mapToDouble(each -> each).toArray(), 0);
    }

    @Test
    void hooksAreToldInKerasOrder() {
        List<String> told = new ArrayList<>();
        var all = new Recorder(told);
        try (var model = TinyTraining.model()) {
            model.fit(
                    TinyTraining.data(40),
                    Fit.epochs(1).withBatchSize(16).withValidationSplit(0.2).withCallbacks(all));
            assertThat(told)
                    .containsExactly(
                            "train begin",
                            "epoch begin 0",
                            "batch begin 0",
                            "batch end 0",
                            "batch begin 1",
                            "batch end 1",
                            "test begin",
                            "test batch begin 0",
                            "test batch end 0",
                            "test end [accuracy, loss]",
                            "epoch end 0 [accuracy, loss, val_accuracy, val_loss]",
                            "train end");
            told.clear();
            model.evaluate(TinyTraining.data(3), 2, all);
            assertThat(told).hasSize(6).last().isEqualTo("test end [accuracy, loss]");
            told.clear();
            model.predict(Dataset.of(TinyTraining.data(3).images()), 2, all);
            assertThat(told)
                    .containsExactly(
                            "predict begin",
                            "predict batch begin 0",
                            "predict batch end 0",
                            "predict batch begin 1",
                            "predict batch end 1",
                            "predict end");
        }
    }

    private record Recorder(List<String> told) implements Callback {
        @Override
        public void onTrainBegin(Training training) {
            told.add("train begin");
        }

        @Override
        public void onTrainEnd(Training training) {
            told.add("train end");
        }

        @Override
        public void onEpochBegin(Training training, int epoch) {
            told.add("epoch begin " + epoch);
        }

        @Override
        public void onEpochEnd(Training training, int epoch, Logs logs) {
            told.add("epoch end " + epoch + " " + logs.values().keySet());
        }

        @Override
        public void onTrainBatchBegin(Training training, int batch) {
            told.add("batch begin " + batch);
        }

        @Override
        public void onTrainBatchEnd(Training training, int batch) {
            told.add("batch end " + batch);
        }

        @Override
        public void onTestBegin() {
            told.add("test begin");
        }

        @Override
        public void onTestEnd(Logs logs) {
            told.add("test end " + logs.values().keySet());
        }

        @Override
        public void onTestBatchBegin(int batch) {
            told.add("test batch begin " + batch);
        }

        @Override
        public void onTestBatchEnd(int batch) {
            told.add("test batch end " + batch);
        }

        @Override
        public void onPredictBegin() {
            told.add("predict begin");
        }

        @Override
        public void onPredictEnd() {
            told.add("predict end");
        }

        @Override
        public void onPredictBatchBegin(int batch) {
            told.add("predict batch begin " + batch);
        }

        @Override
        public void onPredictBatchEnd(int batch) {
            told.add("predict batch end " + batch);
        }
    }

    @Test
    void csvLoggerQuotesAsPythonDoes() throws IOException {
        Path file = folder.resolve("log.csv");
        Callback odd =
                new Callback() {
                    @Override
                    public void onEpochEnd(Training training, int epoch, Logs logs) {
                        training.log("a,b\"c", 1);
                    }
                };
        try (var model = TinyTraining.model()) {
            model.fit(TinyTraining.data(16), Fit.epochs(1).withCallbacks(odd, new CSVLogger(file)));
        }
        assertThat(Files.readAllLines(file).getFirst())
                .isEqualTo("epoch,\"a,b\"\"c\",accuracy,loss");
    }

    @Test
    void csvLoggerWritesALineForEachEpoch() throws IOException {
        Path file = folder.resolve("log.csv");
        var settings =
                Fit.epochs(3)
                        .withValidationSplit(0.5)
                        .withValidationFreq(2)
                        .withCallbacks(new CSVLogger(file));
        try (var model = TinyTraining.model()) {
            var history = model.fit(TinyTraining.data(16), settings);
            var lines = Files.readAllLines(file);
            assertThat(lines).hasSize(4);
            assertThat(lines.getFirst()).isEqualTo("epoch,accuracy,loss,val_accuracy,val_loss");
            assertThat(lines.get(1))
                    .startsWith("0,")
                    .endsWith("," + history.epochs().getFirst().loss() + ",NA,NA");
            assertThat(lines.get(2)).startsWith("1,").doesNotContain("NA");
            model.fit(
                    TinyTraining.data(16),
                    Fit.epochs(1).withCallbacks(new CSVLogger(file).withAppend(true)));
            assertThat(Files.readAllLines(file)).hasSize(5);
        }
    }

    @Test
    void theSchedulerSetsTheRateOfEachEpoch() {
        var rule = new LearningRateScheduler((epoch, rate) -> epoch == 0 ? 0.25 : rate / 2);
        try (var model = TinyTraining.model()) {
            var history = model.fit(TinyTraining.data(8), Fit.epochs(3).withCallbacks(rule));
            assertThat(history.series().get("learning_rate")).containsExactly(0.25, 0.125, 0.0625);
        }
        try (var model = TinyTraining.model(new Adam(new CosineDecay(0.1, 10)))) {
            assertThatThrownBy(() ->
                            model.fit(TinyTraining.data(8), Fit.epochs(1).withCallbacks(rule)))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith("The optimizer's learning rate is a schedule, ")
                    .hasMessageEndingWith("Give the optimizer a number instead.");
        }
    }

    @Test
    void notANumberEndsTheTrainingAfterTheBatch() {
        float[] x = new float[60];
        x[33] = Float.NaN;
        var data = Dataset.of(Column.of(x, 10, 6), Column.labels(new int[10]));
        try (var model = TinyTraining.model()) {
            var history =
                    model.fit(
                            data,
                            Fit.epochs(5)
                                    .withBatchSize(2)
                                    .withShuffle(false)
                                    .withCallbacks(new TerminateOnNaN()));
            assertThat(history.epochs()).hasSize(1);
            assertThat(history.stopped()).startsWith("TerminateOnNaN: ");
        }
    }

    @Test
    void checkpointsComeEverySoManyBatches() {
        var each =
                new ModelCheckpoint(folder.resolve("{epoch}-{batch:03d}.weights.h5").toString())
                        .withEveryBatches(3);
        try (var model = TinyTraining.model()) {
            model.fit(TinyTraining.data(40), Fit.epochs(2).withBatchSize(10).withCallbacks(each));
            assertThat(folder.toFile().list())
                    .containsExactlyInAnyOrder("1-003.weights.h5", "2-002.weights.h5");
        }
    }

    @Test
    void wrongCallsAreAnsweredBeforeTheFirstBatch() {
        Map<String, Callback> wrong = new LinkedHashMap<>();
        wrong.put(
                "EarlyStopping watches \"val_loss\", but nothing is validated. Give fit validation data or a"
                        + " validationSplit, or watch \"loss\".",
                new EarlyStopping());
        wrong.put(
                "EarlyStopping watches \"val_acc\", but there is no such figure; there are [accuracy, loss].",
                new EarlyStopping().withMonitor("val_acc"));
        wrong.put(
                "ReduceLROnPlateau watches \"gap\", and the name does not tell whether more or less is better."
                        + " Say it: withMode(Mode.MIN) or withMode(Mode.MAX).",
                new ReduceLROnPlateau().withMonitor("gap"));
        wrong.put(
                "ModelCheckpoint watches \"val_accuracy\", but nothing is validated. Give fit validation data or a"
                        + " validationSplit, or watch \"accuracy\".",
                new ModelCheckpoint("m.keras").withSaveBestOnly(true).withMonitor("val_accuracy"));
        wrong.put(
                "EarlyStopping watches \"top_loss\", but there is no such figure; there are [accuracy, loss].",
                new EarlyStopping().withMonitor("top_loss"));
        wrong.forEach((sentence, callback) -> {
            try (var model = TinyTraining.model()) {
                assertThatThrownBy(() ->
                                model.fit(
                                        TinyTraining.data(8),
                                        Fit.epochs(1).withCallbacks(callback)))
                        .isInstanceOf(ConfigException.class)
                        .hasMessage(sentence);
            }
        });
    }

    @Test
    void patternsAreFilledAsPythonDoes() {
        var logs = Logs.of(Map.of("loss", 12.3456, "acc", 1.0));
        assertThat(FilePattern.fill("{epoch:03d}-{batch}-{loss:0.2f}-{acc}.keras", 7, 2, logs))
                .isEqualTo("007-2-12.35-1.0.keras");
        assertThat(FilePattern.fill("{epoch:0d}{loss:08.3f}.keras", 7, 2, logs))
                .isEqualTo("70012.346.keras");
        assertThatThrownBy(() -> FilePattern.check("{loss:.3}.keras"))
                .hasMessageContaining("the form \".3\" is not known");
    }

    @Test
    void csvColumnsStayThoseOfTheFirstEpoch() throws IOException {
        Path file = folder.resolve("log.csv");
        var late =
                new LambdaCallback()
                        .withEpochEnd((training, epoch, _) -> {
                            if (epoch > 0) {
                                training.log("f1", 1);
                            }
                        });
        try (var model = TinyTraining.model()) {
            model.fit(
                    TinyTraining.data(16), Fit.epochs(2).withCallbacks(late, new CSVLogger(file)));
        }
        assertThat(Files.readAllLines(file))
                .allMatch(line -> line.split(",", -1).length == 3)
                .first()
                .isEqualTo("epoch,accuracy,loss");
    }

    @Test
    void filesThatCannotBeNamedAreRefused() {
        assertThatThrownBy(() -> new ModelCheckpoint("m.ckpt"))
                .hasMessage(
                        "ModelCheckpoint: the file must end in .keras, or in .weights.h5 for the weights alone, but is"
                                + " \"m.ckpt\".");
        assertThatThrownBy(() -> new ModelCheckpoint("{epoch:>9}.keras"))
                .hasMessage(
                        "\"{epoch:>9}.keras\": the form \">9\" is not known. Use {epoch:02d} for whole numbers and"
                                + " {val_loss:.2f} for others.");
        assertThatThrownBy(() ->
                        FilePattern.fill(
                                "{val_loss:.2f}.keras", 1, 1, Logs.of(Map.of("loss", 1.0))))
                .hasMessage(
                        "\"{val_loss:.2f}.keras\": there is no figure \"val_loss\"; there are epoch, batch and [loss].");
    }
}
