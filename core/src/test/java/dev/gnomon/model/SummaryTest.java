package dev.gnomon.model;

import static dev.gnomon.activation.Activation.RELU;
import static dev.gnomon.activation.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.layer.Add;
import dev.gnomon.layer.AveragePooling2D;
import dev.gnomon.layer.BatchNormalization;
import dev.gnomon.layer.Concatenate;
import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Dropout;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.GlobalAveragePooling2D;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.MaxPooling2D;
import dev.gnomon.layer.Padding;
import dev.gnomon.layer.Piece;
import dev.gnomon.layer.ReLU;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.layer.ZeroPadding2D;
import dev.gnomon.loss.MeanSquaredError;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.optimizer.Optimizer;
import dev.gnomon.optimizer.SGD;
import dev.gnomon.schedule.CosineDecay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What `summary()` prints beside what Keras prints of the same models (`golden/make_summaries.py`).
class SummaryTest {
    private static String keras(String name) {
        try (var text =
                Objects.requireNonNull(
                        SummaryTest.class.getResourceAsStream(
                                "/golden/summary/" + name + ".txt"))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static void assertAsKeras(Model model) {
        assertThat(model.summary().strip()).isEqualTo(keras(model.name()).strip());
    }

    private static Model sequential(String name, Piece... pieces) {
        return Sequential.named(name, List.of(pieces));
    }

    /// Keras's figures for the same model after one step of each optimizer.
    @Test
    void countsTheOptimizersVariablesOnceTrained() {
        assertThat(totalsAfterAStep(new Adam()))
                .startsWith("71 (288.00 B)")
                .endsWith("Optimizer params: 48 (196.00 B)");
        assertThat(totalsAfterAStep(new SGD(new CosineDecay(0.1, 100))))
                .startsWith("24 (100.00 B)")
                .endsWith("Optimizer params: 1 (8.00 B)");
    }

    private static String totalsAfterAStep(Optimizer optimizer) {
        try (var model = sequential("m", Input.of(4), new Dense(3), new Dense(2))) {
            model.compile(optimizer, new MeanSquaredError());
            assertThat(model.summary()).doesNotContain("Optimizer params");
            model.trainOnBatch(
                    Dataset.of(Column.of(new float[16], 4, 4), Column.of(new float[8], 4, 2)));
            String text = model.summary();
            return text.substring(text.indexOf("Total params: ") + "Total params: ".length())
                    .strip();
        }
    }

    @Test
    void printsAPerceptronAsKeras() {
        assertAsKeras(
                sequential(
                        "mlp",
                        Input.of(28, 28),
                        new Flatten(),
                        new Dense(300).withActivation(RELU),
                        new Dense(100).withActivation(RELU),
                        new Dense(10).withActivation(SOFTMAX)));
    }

    @Test
    void printsAConvolutionalNetworkAsKeras() {
        assertAsKeras(
                sequential(
                        "mnist_cnn",
                        Input.of(28, 28, 1),
                        new Rescaling(1 / 255.0),
                        new Conv2D(32, 3).withActivation(RELU),
                        new Conv2D(64, 3).withActivation(RELU),
                        new MaxPooling2D(2),
                        new Dropout(0.25),
                        new Flatten(),
                        new Dense(128).withActivation(RELU),
                        new Dropout(0.5),
                        new Dense(10).withActivation(SOFTMAX)));
    }

    @Test
    void countsFrozenWeightsAndStatesAsKeras() {
        var model =
                sequential(
                        "normalized",
                        Input.of(16, 16, 3),
                        new ZeroPadding2D(1),
                        new Conv2D(8, 3).withStrides(2).withUseBias(false),
                        new BatchNormalization(),
                        new ReLU(),
                        new AveragePooling2D(2),
                        new GlobalAveragePooling2D(),
                        new Dense(2));
        model.layer("conv2d").freeze();
        assertAsKeras(model);
    }

    @Test
    void printsConnectionsAsKeras() {
        var image = Input.of(12, 12, 1).named("image");
        var x = new Conv2D(4, 3).withPadding(Padding.SAME).withActivation(RELU).apply(image);
        var y = new Conv2D(4, 3).withPadding(Padding.SAME).apply(x);
        x = new Add().apply(x, y);
        x = new Flatten().apply(new MaxPooling2D(2).apply(x));
        var hour = new Dense(12).withActivation(SOFTMAX).named("hour").apply(x);
        var minute = new Dense(2).named("minute").apply(x);
        assertAsKeras(Functional.named("heads", List.of(image), List.of(hour, minute)));
    }

    @Test
    void printsSharedLayersAndModelsWithinAsKeras() {
        var left = Input.of(8).named("left");
        var right = Input.of(8).named("right");
        var trunk = new Dense(4).shared("trunk");
        var inner = sequential("inner", Input.of(4), new Dense(3), new Dense(3)).named("inner");
        var joined = new Concatenate().apply(inner.apply(trunk.apply(left)), trunk.apply(right));
        // Keras counts the two layers of the inner model too when it numbers names.
        var out = new Dense(1).named("dense_2").apply(joined);
        assertAsKeras(Functional.named("shared", List.of(left, right), List.of(out)));
    }
}
