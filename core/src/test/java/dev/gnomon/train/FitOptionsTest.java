package dev.gnomon.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gnomon.activation.Activation;
import dev.gnomon.check.ConfigException;
import dev.gnomon.check.DataException;
import dev.gnomon.data.Batch;
import dev.gnomon.data.BatchGenerator;
import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Input;
import dev.gnomon.loss.CategoricalCrossentropy;
import dev.gnomon.loss.Losses;
import dev.gnomon.loss.MeanSquaredError;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Metrics;
import dev.gnomon.model.Functional;
import dev.gnomon.model.Model;
import dev.gnomon.optimizer.Adam;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The options of `fit`.
class FitOptionsTest {
    private static final int SAMPLES = 40;

    private static String weights(Model model) {
        var text = new StringBuilder();
        model.weights().forEach((_, value) -> text.append(value.hashCode()).append(' '));
        return text.toString();
    }

    @Test
    void anEpochAtATimeIsTheSameAsAllAtOnce() {
        var data = TinyTraining.data(SAMPLES);
        try (var whole = TinyTraining.model();
                var parts = TinyTraining.model()) {
            var expected = whole.fit(data, Fit.epochs(4).withBatchSize(8).withSeed(5));
            List<Logs> found = new ArrayList<>();
            for (int epoch = 0; epoch < 4; epoch++) {
                found.addAll(parts.fit(data, Fit.epochs(1).withBatchSize(8).withSeed(5)).epochs());
            }
            assertThat(found).isEqualTo(expected.epochs());
            assertThat(weights(parts)).isEqualTo(weights(whole));
        }
    }

    @Test
    void stepsPerEpochCutTheStreamOfBatches() {
        var data = TinyTraining.data(SAMPLES);
        try (var whole = TinyTraining.model();
                var cut = TinyTraining.model()) {
            whole.fit(data, Fit.epochs(3).withBatchSize(8));
            var history = cut.fit(data, Fit.epochs(5).withBatchSize(8).withStepsPerEpoch(3));
            assertThat(history.epochs()).hasSize(5);
            assertThat(cut.state().iteration()).isEqualTo(15);
            assertThat(weights(cut)).isEqualTo(weights(whole));
            var longer = Fit.epochs(1).withBatchSize(8).withStepsPerEpoch(12);
            assertThat(cut.fit(data, longer).epochs()).hasSize(1);
            assertThat(cut.state().iteration()).isEqualTo(27);
        }
    }

    @Test
    void validationFollowsTheEpochsThatAreNamed() {
        var data = TinyTraining.data(SAMPLES);
        try (var model = TinyTraining.model()) {
            var second = Fit.epochs(5).withValidation(data).withValidationFreq(2);
            var history = model.fit(data, second);
            assertThat(history.series().get("loss")).hasSize(5);
            assertThat(history.series().get("val_loss")).hasSize(2);
            var named =
                    Fit.epochs(5)
                            .withInitialEpoch(2)
                            .withValidation(data)
                            .withValidationEpochs(1, 5);
            history = model.fit(data, named);
            assertThat(history.firstEpoch()).isEqualTo(2);
            assertThat(history.epochs()).hasSize(3);
            assertThat(history.series().get("val_loss")).hasSize(1);
        }
    }

    @Test
    void validationStepsLookAtTheFirstBatchesOnly() {
        var data = TinyTraining.data(SAMPLES);
        try (var model = TinyTraining.model()) {
            var settings =
                    Fit.epochs(1)
                            .withValidation(data)
                            .withValidationBatchSize(5)
                            .withValidationSteps(3);
            double found = model.fit(data, settings).last().get("val_loss");
            assertThat(found).isCloseTo(model.evaluate(data.take(15)).loss(), within(1e-6));
        }
    }

    @Test
    void classWeightsAreSampleWeightsOfTheirClasses() {
        var data = TinyTraining.data(SAMPLES);
        float[] weights = new float[SAMPLES];
        float[] oneHot = new float[3 * SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            weights[i] = data.labels().intAt(i) == 1 ? 5 : data.labels().intAt(i) == 2 ? 0 : 1;
            oneHot[3 * i + data.labels().intAt(i)] = 1;
        }
        var byClass = Fit.epochs(2).withClassWeight(Map.of(1, 5.0, 2, 0.0));
        try (var expected = TinyTraining.model();
                var found = TinyTraining.model();
                var ofOneHot = TinyTraining.model()) {
            var history =
                    expected.fit(data.withSampleWeight(Column.of(weights, SAMPLES)), Fit.epochs(2));
            assertThat(found.fit(data, byClass).epochs()).isEqualTo(history.epochs());
            assertThat(weights(found)).isEqualTo(weights(expected));
            ofOneHot.compile(new Adam(0.01), new CategoricalCrossentropy());
            var labels = Column.of(oneHot, SAMPLES, 3);
            var logs = ofOneHot.fit(Dataset.of(data.images(), labels), byClass).last();
            assertThat(logs.loss()).isCloseTo(history.last().loss(), within(1e-5));
        }
        try (var model = TinyTraining.model()) {
            assertThatThrownBy(() ->
                            model.fit(data.withSampleWeight(Column.of(weights, SAMPLES)), byClass))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage(
                            "Fit: there are sample weights in the data and a classWeight too; give one of them.");
        }
    }

    private static final Losses HEADS =
            Losses.perOutput()
                    .with("hour", new SparseCategoricalCrossentropy())
                    .with("minute", new MeanSquaredError())
                    .weight(0.5);

    private static Model twoHeads() {
        var x = Input.of(6).named("x");
        var hidden = new Dense(8).withActivation(Activation.TANH).apply(x);
        var hour = new Dense(3).withActivation(Activation.SOFTMAX).named("hour").apply(hidden);
        var minute = new Dense(1).named("minute").apply(hidden);
        return Functional.of(List.of(x), List.of(hour, minute))
                .initialize(4)
                .compile(
                        new Adam(0.01),
                        HEADS,
                        Metrics.perOutput()
                                .withWeighted("minute", Metrics.meanAbsoluteError())
                                .with("hour", Metrics.accuracy()));
    }

    @Test
    void eachOutputCanHaveSampleWeightsOfItsOwn() {
        var plain = TinyTraining.data(SAMPLES);
        float[] minutes = new float[SAMPLES];
        float[] weights = new float[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            minutes[i] = i % 7;
            weights[i] = i % 4;
        }
        var data =
                Dataset.of(plain.images())
                        .withTarget("hour", plain.labels())
                        .withTarget("minute", Column.of(minutes, SAMPLES));
        var ofMinutes = data.withSampleWeight("minute", Column.of(weights, SAMPLES));
        try (var model = twoHeads()) {
            float[] predicted =
                    Objects.requireNonNull(model.predict(data, SAMPLES).get("minute")).values();
            double squares = 0;
            double absolute = 0;
            double all = 0;
            for (int i = 0; i < SAMPLES; i++) {
                double error = predicted[i] - minutes[i];
                squares += weights[i] * error * error / SAMPLES;
                absolute += weights[i] * Math.abs(error);
                all += weights[i];
            }
            var unweighted = model.evaluate(data, 7);
            var logs = model.evaluate(ofMinutes, 7);
            assertThat(logs.get("hour_loss")).isEqualTo(unweighted.get("hour_loss"));
            assertThat(logs.get("minute_loss")).isCloseTo(squares, within(1e-4));
            assertThat(logs.loss()).isCloseTo(logs.get("hour_loss") + 0.5 * squares, within(1e-4));
            assertThat(logs.get("minute_mean_absolute_error"))
                    .isCloseTo(absolute / all, within(1e-4));
            try (var step = model.trainingStep(HEADS, new Adam())) {
                for (Batch batch : ofMinutes.batches(SAMPLES)) {
                    assertThat(step.gradients(batch)).isCloseTo((float) logs.loss(), within(1e-4f));
                }
                for (Batch batch : data.batches(SAMPLES)) {
                    assertThat(step.gradients(batch))
                            .isCloseTo((float) unweighted.loss(), within(1e-4f));
                }
            }
        }
        var ones = new float[SAMPLES];
        Arrays.fill(ones, 1);
        var common =
                data.withSampleWeight(Column.of(weights, SAMPLES))
                        .withSampleWeight("hour", Column.of(ones, SAMPLES));
        try (var own = twoHeads();
                var instead = twoHeads()) {
            assertThat(instead.fit(common, Fit.epochs(3)).epochs())
                    .isEqualTo(own.fit(ofMinutes, Fit.epochs(3)).epochs());
            assertThat(weights(instead)).isEqualTo(weights(own));
        }
    }

    @Test
    void momentsOfGradientsThatVanishedBecomeZero() {
        float[] x = new float[8 * 6];
        var data = Dataset.of(Column.of(x, 8, 6), Column.labels(new int[8]));
        try (var model = TinyTraining.model(new Adam(0.01))) {
            model.fit(TinyTraining.data(8), Fit.epochs(1));
            model.fit(
                    data,
                    Fit.epochs(1_100)); // inputs of zero: the first kernel has no gradient any more
            var state = model.state().tensors();
            float[] moments =
                    Objects.requireNonNull(state.get("optimizer/dense/kernel/momentum")).values();
            assertThat(moments).containsOnly(0);
        }
    }

    @Test
    void aFitWithinAFitIsRefused() {
        var data = TinyTraining.data(SAMPLES);
        try (var model = TinyTraining.model()) {
            var again =
                    new LambdaCallback().withEpochEnd((_, _, _) -> model.fit(data, Fit.epochs(1)));
            assertThatThrownBy(() -> model.fit(data, Fit.epochs(1).withCallbacks(again)))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage(
                            "fit: this model is in training already. Let that end first, or train another model.");
            assertThat(model.fit(data, Fit.epochs(1)).epochs()).hasSize(1);
        }
    }

    @Test
    void aGeneratorWithoutABatchIsRefused() {
        BatchGenerator none =
                new BatchGenerator() {
                    @Override
                    public int batches() {
                        return 3;
                    }

                    @Override
                    @SuppressWarnings("NullAway") // what a careless program does
                    public Dataset batch(long pass, int batch) {
                        return batch == 0 ? TinyTraining.data(4) : null;
                    }
                };
        try (var model = TinyTraining.model()) {
            assertThatThrownBy(() -> model.fit(none, Fit.epochs(1)))
                    .isInstanceOf(DataException.class)
                    .hasMessage("BatchGenerator: batch 1 of pass 0 is null. Return a Dataset.");
        }
    }

    @Test
    void weightedMetricsCountSamplesByTheirWeights() {
        var data = TinyTraining.data(SAMPLES);
        float[] weights = new float[SAMPLES];
        double right = 0;
        double all = 0;
        try (var model = TinyTraining.model()) {
            var predicted = model.predict(data.images()).rows();
            for (int i = 0; i < SAMPLES; i++) {
                weights[i] = i % 5;
                float[] row = predicted[i];
                int best =
                        row[0] >= row[1] ? (row[0] >= row[2] ? 0 : 2) : (row[1] >= row[2] ? 1 : 2);
                right += best == data.labels().intAt(i) ? weights[i] : 0;
                all += weights[i];
            }
            model.compile(
                    new Adam(),
                    Losses.of(new SparseCategoricalCrossentropy()),
                    Metrics.of(Metrics.accuracy()).withWeighted(Metrics.accuracy()));
            var weighted = data.withSampleWeight(Column.of(weights, SAMPLES));
            var logs = model.evaluate(weighted, 7);
            assertThat(logs.values().keySet())
                    .containsExactly("accuracy", "loss", "weighted_accuracy");
            assertThat(logs.get("weighted_accuracy")).isCloseTo(right / all, within(1e-6));
            assertThat(model.evaluate(data).get("weighted_accuracy"))
                    .isEqualTo(model.evaluate(data).get("accuracy"));
            assertThat(model.fit(weighted, Fit.epochs(1)).last().values())
                    .containsKey("weighted_accuracy");
        }
    }

    /// Slices of a data set, as a generator of Keras's users would make them.
    private record Slices(Dataset data, int size) implements BatchGenerator {
        @Override
        public int batches() {
            return data.size() / size;
        }

        @Override
        public Dataset batch(long pass, int index) {
            return data.slice(index * size, (index + 1) * size);
        }
    }

    @Test
    void aGeneratorTrainsAsItsSamplesWould() {
        var data = TinyTraining.data(SAMPLES);
        try (var expected = TinyTraining.model();
                var found = TinyTraining.model()) {
            var settings = Fit.epochs(3).withBatchSize(8).withShuffle(false).withValidation(data);
            var history = expected.fit(data, settings);
            assertThat(found.fit(new Slices(data, 8), settings).epochs())
                    .isEqualTo(history.epochs());
            assertThat(weights(found)).isEqualTo(weights(expected));
        }
    }

    @Test
    void whatAGeneratorThrowsIsThrown() {
        var data = TinyTraining.data(SAMPLES);
        var broken =
                new BatchGenerator() {
                    @Override
                    public int batches() {
                        return 3;
                    }

                    @Override
                    public Dataset batch(long pass, int index) {
                        if (index == 2) {
                            throw new IllegalStateException("the camera is off");
                        }
                        return data;
                    }
                };
        try (var model = TinyTraining.model()) {
            assertThatThrownBy(() -> model.fit(broken, Fit.epochs(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the camera is off");
        }
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        var fit = Fit.epochs(2);
        assertThatThrownBy(() -> fit.withStepsPerEpoch(0))
                .hasMessage("Fit: stepsPerEpoch must be at least 1, but is 0.");
        assertThatThrownBy(() -> fit.withValidationFreq(0))
                .hasMessage("Fit: validationFreq must be at least 1, but is 0.");
        assertThatThrownBy(() -> fit.withValidationEpochs(0, 1))
                .hasMessage("Fit: validationFreq lists epochs counted from 1, but holds 0.");
        assertThatThrownBy(() -> fit.withValidationSteps(-1))
                .hasMessage("Fit: validationSteps must be at least 1, but is -1.");
        assertThatThrownBy(() -> fit.withValidationBatchSize(0))
                .hasMessage("Fit: validationBatchSize must be at least 1, but is 0.");
        assertThatThrownBy(() -> fit.withClassWeight(Map.of(1, -1.0)))
                .hasMessage(
                        "Fit: classWeight: a class is at least 0 and its weight finite and at least 0, but there is 1:"
                                + " -1.0.");
    }

    @Test
    void verboseFitsPrint() {
        var out = System.out;
        var printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (var model = TinyTraining.model()) {
            model.fit(TinyTraining.data(SAMPLES), Fit.epochs(2).withVerbose(Verbose.LINES));
            model.fit(TinyTraining.data(SAMPLES), Fit.epochs(1).withVerbose(Verbose.BAR));
        } finally {
            System.setOut(out);
        }
        var lines = printed.toString(StandardCharsets.UTF_8).split("\n", -1);
        assertThat(lines).hasSize(4);
        assertThat(lines[0]).startsWith("Epoch 1/2 - accuracy 0.");
        assertThat(lines[1]).startsWith("Epoch 2/2 - accuracy 0.");
        assertThat(lines[2])
                .contains("Epoch 1/1 1/2 ━━━━━━━━━━────────── - accuracy 0.")
                .contains("Epoch 1/1 2/2 ━━━━━━━━━━━━━━━━━━━━ - accuracy 0.");
    }
}
