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
import dev.gnomon.layer.Layer;
import dev.gnomon.layer.MaxPooling2D;
import dev.gnomon.layer.Padding;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.layer.Softmax;
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
import dev.gnomon.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The presets by name.
public final class Presets {
    private static final String MNIST = "mnist";
    private static final String FASHION_MNIST = "fashion-mnist";
    private static final String CLOCKS = "clocks";
    private static final int CLOCK_SIZE = 75;

    /// In the order of the values of [ClockDataset#POINTS].
    private static final List<String> CLOCK_PARTS =
            List.of("centre", "twelve", "hour_tip", "minute_tip");

    private static final List<Preset> ALL =
            List.of(
                    new Preset(
                            "mlp",
                            "Dense 300, 100, 10",
                            MNIST,
                            30,
                            32,
                            seed -> mlp().initialize(seed),
                            _ -> classes(1e-3)),
                    new Preset(
                            "mnist_cnn",
                            "two convolutions, Dense 128, 10",
                            MNIST,
                            12,
                            128,
                            seed -> mnistCnn().initialize(seed),
                            _ -> classes(1e-3)),
                    new Preset(
                            "geron_cnn",
                            "five convolutions of up to 256 filters, Dense 128, 64, 10",
                            FASHION_MNIST,
                            10,
                            32,
                            seed -> geronCnn().initialize(seed),
                            _ -> classes(1e-3)),
                    new Preset(
                            "clock_cnn",
                            "three convolutions, Dense 256, one class for each minute of the dial",
                            CLOCKS,
                            10,
                            32,
                            seed -> clockCnn().initialize(seed),
                            _ -> classes(1e-3)),
                    new Preset(
                            "clock_reader",
                            "tells the time of a clock by its hands' angles and finds where they are",
                            CLOCKS,
                            3,
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

    /// Each of four maps learns to be high at one place of the dial: its centre, its 12, the tips of its hands. The softmax
    /// of a map, times the cells' places, is that place (a spatial soft-argmax: a Dense layer whose kernel holds the cells'
    /// places and is frozen). The time is read from the four places and from what else the convolutions see.
    private static Model clockReader(long seed) {
        var image = Input.of(CLOCK_SIZE, CLOCK_SIZE, 1).named("image");
        var x = new Rescaling(1 / 127.5, -1).apply(image);
        x = normalized(withoutBias(24, 5).withStrides(2), x);
        x = normalized(withoutBias(32, 3), x);
        x = new MaxPooling2D(2).apply(x);
        x = normalized(withoutBias(64, 3), x);
        x = normalized(withoutBias(64, 3), x);
        x = new MaxPooling2D(2).apply(x);
        x = normalized(withoutBias(96, 3), x);
        x = normalized(withoutBias(96, 3), x);
        var places = new ArrayList<SymbolicTensor>();
        for (String part : CLOCK_PARTS) {
            var map = new Conv2D(1, 1).named(part + "_map").apply(x);
            var share = new Softmax().apply(new Flatten().apply(map));
            places.add(new Dense(2).withUseBias(false).named(part + "_place").apply(share));
        }
        var points =
                new Concatenate()
                        .named(ClockDataset.POINTS)
                        .apply(places.toArray(SymbolicTensor[]::new));
        var seen = normalized(new Dense(256).withUseBias(false), new Flatten().apply(x));
        var hands = new Concatenate().apply(seen, points);
        hands = new Dense(128).withActivation(RELU).apply(hands);
        var time = new Dense(4).named(ClockDataset.TIME).apply(hands);
        var model = Functional.named("clock_reader", List.of(image), List.of(points, time));
        model.initialize(seed);
        Tensor cells = cellPlaces(x.shape().dim(1), x.shape().dim(2));
        for (String part : CLOCK_PARTS) {
            model.setWeight(part + "_place/kernel", cells);
            model.layer(part + "_place").freeze();
        }
        return model;
    }

    /// Where the cells of a map are in the picture, `[cells, 2]`: x and y from 0 to 1, row by row.
    private static Tensor cellPlaces(int height, int width) {
        float[] places = new float[2 * height * width];
        for (int cell = 0; cell < height * width; cell++) {
            int row = cell / width;
            int column = cell % width;
            places[2 * cell] = (column + 0.5f) / width;
            places[2 * cell + 1] = (row + 0.5f) / height;
        }
        return Tensor.of(places, height * width, 2);
    }

    /// The moving statistics follow quickly: a short training must end with ones that fit.
    private static SymbolicTensor normalized(Layer layer, SymbolicTensor x) {
        var normalization = new BatchNormalization().withMomentum(0.9);
        return new ActivationLayer(RELU).apply(normalization.apply(layer.apply(x)));
    }

    private static Conv2D withoutBias(int filters, int kernelSize) {
        return same(filters, kernelSize).withUseBias(false);
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
