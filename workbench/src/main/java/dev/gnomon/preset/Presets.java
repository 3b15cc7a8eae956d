package dev.gnomon.preset;

import static dev.gnomon.activation.Activation.RELU;
import static dev.gnomon.activation.Activation.SOFTMAX;

import dev.gnomon.data.ClockDataset;
import dev.gnomon.layer.ActivationLayer;
import dev.gnomon.layer.BatchNormalization;
import dev.gnomon.layer.Concatenate;
import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Dropout;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.MaxPooling2D;
import dev.gnomon.layer.Padding;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.layer.SymbolicTensor;
import dev.gnomon.loss.Losses;
import dev.gnomon.loss.MeanSquaredError;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Metrics;
import dev.gnomon.model.Compiled;
import dev.gnomon.model.Functional;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.schedule.CosineDecay;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The presets by name.
public final class Presets {
    private static final String MNIST = "mnist";
    private static final String CLOCKS = "clocks";
    private static final int CLOCK_SIZE = 75;

    private static final List<Preset> ALL =
            List.of(
                    new Preset(
                            "mlp",
                            "Dense 300, 100, 10",
                            MNIST,
                            30,
                            32,
                            Presets::mlp,
                            _ -> classes(1e-3)),
                    new Preset(
                            "mnist_cnn",
                            "two convolutions, Dense 128, 10",
                            MNIST,
                            12,
                            128,
                            Presets::mnistCnn,
                            _ -> classes(1e-3)),
                    new Preset(
                            "geron_cnn",
                            "five convolutions of up to 256 filters, Dense 128, 64, 10",
                            MNIST,
                            10,
                            32,
                            Presets::geronCnn,
                            _ -> classes(1e-3)),
                    new Preset(
                            "clock_cnn",
                            "three convolutions, Dense 256, one class for each minute of the dial",
                            CLOCKS,
                            10,
                            32,
                            Presets::clockCnn,
                            _ -> classes(1e-3)),
                    new Preset(
                            "clock_reader",
                            "tells the time of a clock by its hands' angles and finds where they are",
                            CLOCKS,
                            6,
                            64,
                            Presets::clockReader,
                            Presets::clockReaderSettings));

    private Presets() {}

    /// All presets, in the order in which they are listed.
    public static List<Preset> all() {
        return ALL;
    }

    /// The preset of a name, or null.
    public static @Nullable Preset find(String name) {
        return ALL.stream().filter(preset -> preset.name().equals(name)).findFirst().orElse(null);
    }

    private static Compiled classes(double learningRate) {
        return new Compiled(
                new Adam(learningRate),
                Losses.of(new SparseCategoricalCrossentropy()),
                Metrics.of(Metrics.accuracy()));
    }

    private static Model mlp() {
        return Sequential.named(
                "mlp",
                List.of(
                        Input.of(28, 28),
                        new Rescaling(1 / 255.0),
                        new Flatten(),
                        new Dense(300).withActivation(RELU),
                        new Dense(100).withActivation(RELU),
                        new Dense(10).withActivation(SOFTMAX)));
    }

    private static Model mnistCnn() {
        return Sequential.named(
                "mnist_cnn",
                List.of(
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

    private static Model geronCnn() {
        return Sequential.named(
                "geron_cnn",
                List.of(
                        Input.of(28, 28, 1),
                        new Rescaling(1 / 255.0),
                        same(64, 7).withActivation(RELU),
                        new MaxPooling2D(2),
                        same(128, 3).withActivation(RELU),
                        same(128, 3).withActivation(RELU),
                        new MaxPooling2D(2),
                        same(256, 3).withActivation(RELU),
                        same(256, 3).withActivation(RELU),
                        new MaxPooling2D(2),
                        new Flatten(),
                        new Dense(128).withActivation(RELU),
                        new Dropout(0.5),
                        new Dense(64).withActivation(RELU),
                        new Dropout(0.5),
                        new Dense(10).withActivation(SOFTMAX)));
    }

    private static Model clockCnn() {
        return Sequential.named(
                "clock_cnn",
                List.of(
                        Input.of(CLOCK_SIZE, CLOCK_SIZE, 1),
                        new Rescaling(1 / 255.0),
                        new Conv2D(32, 5).withActivation(RELU),
                        new MaxPooling2D(2),
                        new Conv2D(64, 3).withActivation(RELU),
                        new MaxPooling2D(2),
                        new Conv2D(128, 3).withActivation(RELU),
                        new MaxPooling2D(2),
                        new Flatten(),
                        new Dense(256).withActivation(RELU),
                        new Dense(ClockDataset.MINUTES).withActivation(SOFTMAX)));
    }

    /// Where the hands are is learned beside the time, and helps to tell it.
    private static Model clockReader() {
        var image = Input.of(CLOCK_SIZE, CLOCK_SIZE, 1).named("image");
        var x = new Rescaling(1 / 127.5, -1).apply(image);
        x = normalized(same(24, 5).withStrides(2), x);
        x = normalized(same(32, 3), x);
        x = new MaxPooling2D(2).apply(x);
        x = normalized(same(64, 3), x);
        x = normalized(same(64, 3), x);
        x = new MaxPooling2D(2).apply(x);
        x = normalized(same(96, 3), x);
        x = normalized(same(96, 3), x);
        x = new Dense(256).withActivation(RELU).apply(new Flatten().apply(x));
        var points = new Dense(8).named(ClockDataset.POINTS).apply(x);
        var both = new Concatenate().apply(x, points);
        var hands = new Dense(128).withActivation(RELU).apply(both);
        var time = new Dense(4).named(ClockDataset.TIME).apply(hands);
        return Functional.named("clock_reader", List.of(image), List.of(points, time));
    }

    private static SymbolicTensor normalized(Conv2D convolution, SymbolicTensor x) {
        var y = new BatchNormalization().apply(convolution.withUseBias(false).apply(x));
        return new ActivationLayer(RELU).apply(y);
    }

    private static Conv2D same(int filters, int kernelSize) {
        return new Conv2D(filters, kernelSize).withPadding(Padding.SAME);
    }

    private static Compiled clockReaderSettings(int steps) {
        return new Compiled(
                new Adam(new CosineDecay(1e-3, steps)),
                Losses.perOutput()
                        .with(ClockDataset.POINTS, new MeanSquaredError())
                        .weight(10)
                        .with(ClockDataset.TIME, new MeanSquaredError())
                        .weight(1),
                Metrics.perOutput());
    }
}
