package dev.gnomon.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gnomon.activation.Activation;
import dev.gnomon.check.ConfigException;
import dev.gnomon.check.ShapeException;
import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.layer.BatchNormalization;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Dropout;
import dev.gnomon.layer.Input;
import dev.gnomon.loss.Loss;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Metrics;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.optimizer.SGD;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Loops of a user's own: whole steps, gradients and updates apart, metrics fed by hand.
class OwnLoopTest {
    private static final int SAMPLES = 20;

    private static Model model() {
        return Sequential.of(
                Input.of(5),
                new Dense(6).withActivation(Activation.TANH),
                new BatchNormalization(),
                new Dropout(0.3),
                new Dense(3).withActivation(Activation.SOFTMAX));
    }

    private static Dataset data() {
        var key = Key.of(8).child("own");
        float[] x = new float[5 * SAMPLES];
        int[] y = new int[SAMPLES];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) key.normalAt(i);
            y[i / 5] = key.child("y").intAt(i / 5, 3);
        }
        return Dataset.of(Column.of(x, SAMPLES, 5), Column.labels(y));
    }

    @Test
    void gradientsAndUpdateApartAreTheStep() {
        try (var whole = model();
                var halves = model();
                var step = whole.trainingStep(new SparseCategoricalCrossentropy(), new Adam());
                var parts = halves.trainingStep(new SparseCategoricalCrossentropy(), new Adam())) {
            for (int epoch = 0; epoch < 3; epoch++) {
                for (var batch : data().batches(8)) {
                    float loss = step.run(batch);
                    assertThat(parts.gradients(batch)).isEqualTo(loss);
                    parts.apply(parts.gradients());
                }
            }
            assertThat(halves.weights()).isEqualTo(whole.weights());
        }
    }

    @Test
    void gradientsOfTwoBatchesCanBeAdded() {
        Loss loss = new SparseCategoricalCrossentropy();
        try (var model =
                        Sequential.of(
                                Input.of(5), new Dense(3).withActivation(Activation.SOFTMAX));
                var step = model.trainingStep(loss, new SGD(0.5))) {
            Map<String, Tensor> before = model.weights();
            Map<String, Tensor> sum = new LinkedHashMap<>();
            for (var batch : data().batches(10)) {
                step.gradients(batch);
                step.gradients()
                        .forEach((path, gradient) -> sum.merge(path, gradient, OwnLoopTest::add));
            }
            assertThat(model.weights()).isEqualTo(before);
            step.apply(sum);
            sum.forEach((path, gradient) -> {
                float[] first = Objects.requireNonNull(before.get(path)).values();
                float[] found = model.weight(path).values();
                for (int i = 0; i < found.length; i++) {
                    float expected = first[i] - 0.5f * gradient.values()[i];
                    assertThat(found[i]).isCloseTo(expected, within(1e-6f));
                }
            });
        }
    }

    private static Tensor add(Tensor a, Tensor b) {
        float[] sum = new float[a.size()];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = a.values()[i] + b.values()[i];
        }
        return new Tensor(a.shape(), sum);
    }

    @Test
    void drawsAreNewEachTimeAndTheLoopCanBeTakenUpAgain() {
        try (var model = model();
                var step =
                        model.trainingStep(new SparseCategoricalCrossentropy(), new Adam())
                                .withSeed(4)) {
            var batch = data().batches(SAMPLES).iterator().next();
            assertThat(step.gradients(batch)).isNotEqualTo(step.gradients(batch));
            step.run(batch);
            var state = step.state();
            float next = step.run(batch);
            step.restore(state);
            assertThat(step.run(batch)).isEqualTo(next);
            step.learningRate(0.5);
            assertThat(step.learningRate()).isEqualTo(0.5);
        }
    }

    @Test
    void aFrozenLayerHasNoGradient() {
        try (var model = model();
                var step = model.trainingStep(new SparseCategoricalCrossentropy(), new Adam())) {
            model.layer("dense").freeze();
            for (var batch : data().batches(SAMPLES)) {
                step.gradients(batch);
            }
            assertThat(step.gradients().keySet())
                    .containsExactlyElementsOf(model.trainablePaths())
                    .doesNotContain("dense/kernel");
            step.apply();
        }
    }

    @Test
    void gradientsThatDoNotFitAreRefused() {
        try (var model = model();
                var step = model.trainingStep(new SparseCategoricalCrossentropy(), new Adam())) {
            assertThatThrownBy(() -> step.apply(Map.of()))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("apply: there is no gradient for \"dense/kernel\".");
            var wrong = new LinkedHashMap<>(step.gradients());
            wrong.put("dense/kernel", Tensor.of(new float[3], 3));
            assertThatThrownBy(() -> step.apply(wrong))
                    .isInstanceOf(ShapeException.class)
                    .hasMessage(
                            "apply: the gradient of \"dense/kernel\" has the shape [3], but the weight has [5, 6].");
        }
    }

    @Test
    void aClosedStepIsRefused() {
        try (var model = model()) {
            var step = model.trainingStep(new SparseCategoricalCrossentropy(), new SGD());
            step.close();
            for (var batch : data().batches(4)) {
                assertThatThrownBy(() -> step.run(batch))
                        .isInstanceOf(ConfigException.class)
                        .hasMessage("The training step is closed; ask the model for another.");
            }
        }
    }

    @Test
    void aMeterGivesWhatEvaluateGives() {
        try (var model = model()) {
            model.compile(new Adam(), new SparseCategoricalCrossentropy(), Metrics.accuracy());
            var accuracy = new Meter(Metrics.accuracy());
            var data = data();
            for (int from = 0; from < SAMPLES; from += 8) {
                var part = data.slice(from, Math.min(SAMPLES, from + 8));
                accuracy.update(part.labels().tensor(), model.predict(part.images()));
            }
            assertThat(accuracy.result())
                    .isCloseTo(model.evaluate(data).get("accuracy"), within(1e-6));
            assertThatThrownBy(() ->
                            accuracy.update(
                                    Tensor.of(new float[3], 3), Tensor.of(new float[6], 2, 3)))
                    .isInstanceOf(ShapeException.class)
                    .hasMessage(
                            "Meter: there are labels of shape [3] for predictions of shape [2, 3]; the number of samples must"
                                    + " be the same.");
            accuracy.reset();
            assertThat(accuracy.result()).isZero();
        }
    }
}
