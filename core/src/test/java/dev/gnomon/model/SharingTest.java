package dev.gnomon.model;

import static dev.gnomon.activation.Activation.RELU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.check.ConfigException;
import dev.gnomon.check.ShapeException;
import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.layer.Add;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Input;
import dev.gnomon.loss.MeanSquaredError;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.random.Key;
import dev.gnomon.regularizer.L1;
import dev.gnomon.tensor.Tensor;
import dev.gnomon.train.Fit;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Layers and models that are used more than once: one set of weights, for inputs of one shape.
class SharingTest {
    private static final int SAMPLES = 40;

    private static Model encoder() {
        return Sequential.of(Input.of(4), new Dense(3).withActivation(RELU), new Dense(2));
    }

    /// Two inputs through the same encoder.
    private static Model siamese() {
        var left = Input.of(4).named("left");
        var right = Input.of(4).named("right");
        var encoder = encoder();
        var sum = new Add().apply(encoder.apply(left), encoder.apply(right));
        var model = Functional.of(List.of(left, right), List.of(new Dense(1).apply(sum)));
        return model.compile(new Adam(0.01), new MeanSquaredError());
    }

    private static Dataset pairs() {
        Key key = Key.of(11);
        var inputs = new LinkedHashMap<String, Column>();
        for (String side : List.of("left", "right")) {
            float[] values = new float[4 * SAMPLES];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) key.child(side).normalAt(i);
            }
            inputs.put(side, Column.of(values, SAMPLES, 4));
        }
        float[] y = new float[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            y[i] = (float) key.child("y").normalAt(i);
        }
        var targets = new LinkedHashMap<String, Column>();
        targets.put(Dataset.Y, Column.of(y, SAMPLES, 1));
        return Dataset.of(inputs, targets);
    }

    @Test
    void aModelAppliedTwiceIsOneLayer(@TempDir Path folder) {
        try (var model = siamese()) {
            assertThat(model.countParams()).isEqualTo(4 * 3 + 3 + 3 * 2 + 2 + 2 + 1);
            model.fit(pairs(), Fit.epochs(5).withBatchSize(16).withSeed(1));
            Path file = folder.resolve("siamese.keras");
            model.save(file);
            try (var loaded = Model.load(file)) {
                assertThat(loaded.weights()).isEqualTo(model.weights());
            }
        }
    }

    @Test
    void itTrainsTheSameForAnyNumberOfThreads() {
        try (var one = siamese();
                var three = siamese()) {
            one.withThreads(1).fit(pairs(), Fit.epochs(5).withBatchSize(16).withSeed(1));
            three.withThreads(3).fit(pairs(), Fit.epochs(5).withBatchSize(16).withSeed(1));
            assertThat(three.weights()).isEqualTo(one.weights());
        }
    }

    @Test
    void anInnerModelGoesByOneName() {
        var inner = Sequential.of(Input.of(4), new Dense(4));
        var x = Input.of(4);
        assertThatThrownBy(
                        () -> Functional.of(x, inner.named("b").apply(inner.named("a").apply(x))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("under two names, \"a\" and \"b\"");
    }

    @Test
    void oneWeightThroughTwoInnerModelsIsNotTrainedTwice() {
        var shared = new Dense(4).shared("shared");
        var first = Sequential.of(Input.of(4), shared);
        var second = Sequential.of(Input.of(4), shared);
        var x = Input.of(4);
        var model = Functional.of(x, second.named("second").apply(first.named("first").apply(x)));
        model.compile(new Adam(), new MeanSquaredError());
        var data = Dataset.of(Column.of(new float[8], 2, 4), Column.of(new float[8], 2, 4));
        assertThatThrownBy(() -> model.trainOnBatch(data))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("are the same weight");
        assertThat(model.evaluate(data, 2).values()).containsKey("loss");
        model.layer("second").freeze();
        model.trainOnBatch(data);
    }

    @Test
    void shapesAreThoseOfTheFirstUse() {
        var inner = encoder();
        assertThatThrownBy(() -> Sequential.of(Input.of(7), inner.named("inner")))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("has the shape [batch, 4]");
        var layer = new Dense(3).named("h");
        var four = Input.of(4);
        var nine = Input.of(9);
        assertThatThrownBy(() ->
                        Functional.of(
                                List.of(four, nine), List.of(layer.apply(four), layer.apply(nine))))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("would be [9, 3] here, but is [4, 3]");
        Sequential.of(Input.of(4), layer);
        assertThatThrownBy(() -> Sequential.of(Input.of(9), layer))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("shared with another model");
    }

    @Test
    void evaluationFollowsFreezing() {
        try (var model =
                Sequential.of(
                        Input.of(2),
                        new Dense(2).withKernelRegularizer(new L1(1)).named("a"),
                        new Dense(1))) {
            model.compile(new Adam(), new MeanSquaredError());
            model.setWeight("a/kernel", Tensor.of(new float[] {1, 2, 3, 4}, 2, 2));
            var data = Dataset.of(Column.of(new float[4], 2, 2), Column.of(new float[2], 2, 1));
            assertThat(model.evaluate(data, 2).loss()).isEqualTo(10);
            model.layer("a").freeze();
            assertThat(model.evaluate(data, 2).loss()).isEqualTo(0);
        }
    }

    @Test
    void aClosedPlanSaysSo() {
        try (var model = encoder()) {
            var plan = model.predictionPlan(8);
            var workspace = plan.lease();
            model.withThreads(2);
            assertThatThrownBy(() -> workspace.run(0, 0))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("closed");
        }
    }
}
