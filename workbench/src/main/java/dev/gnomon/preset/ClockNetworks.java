package dev.gnomon.preset;

import static dev.gnomon.activation.Activation.RELU;
import static dev.gnomon.activation.Activation.SOFTMAX;

import dev.gnomon.data.ClockDataset;
import dev.gnomon.layer.Concatenate;
import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.MaxPooling2D;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.layer.Softmax;
import dev.gnomon.layer.SymbolicTensor;
import dev.gnomon.loss.Losses;
import dev.gnomon.loss.MeanSquaredError;
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

/// Networks that tell the time of a clock.
final class ClockNetworks {
    private static final int SIZE = 75;
    private static final int LARGE_SIZE = 150;

    /// In the order of the values of [ClockDataset#POINTS].
    private static final List<String> PARTS = List.of("centre", "twelve", "hour_tip", "minute_tip");

    private ClockNetworks() {}

    static Model plain() {
        return Sequential.named(
                "clock_plain",
                List.of(
                        Input.of(LARGE_SIZE, LARGE_SIZE, 1),
                        new Rescaling(1 / 255.0),
                        new Conv2D(32, 3).withActivation(RELU),
                        new MaxPooling2D(4),
                        new Flatten(),
                        new Dense(64).withActivation(RELU),
                        new Dense(ClockDataset.MINUTES).withActivation(SOFTMAX)));
    }

    static Model cnn() {
        return Sequential.named(
                "clock_cnn",
                List.of(
                        Input.of(SIZE, SIZE, 1),
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
    static Model reader(long seed) {
        var image = Input.of(SIZE, SIZE, 1).named("image");
        var x = new Rescaling(1 / 127.5, -1).apply(image);
        x = Blocks.normalized(Blocks.withoutBias(24, 5).withStrides(2), x);
        x = Blocks.normalized(Blocks.withoutBias(32, 3), x);
        x = new MaxPooling2D(2).apply(x);
        x = Blocks.normalized(Blocks.withoutBias(64, 3), x);
        x = Blocks.normalized(Blocks.withoutBias(64, 3), x);
        x = new MaxPooling2D(2).apply(x);
        x = Blocks.normalized(Blocks.withoutBias(96, 3), x);
        x = Blocks.normalized(Blocks.withoutBias(96, 3), x);
        var places = new ArrayList<SymbolicTensor>();
        for (String part : PARTS) {
            var map = new Conv2D(1, 1).named(part + "_map").apply(x);
            var share = new Softmax().apply(new Flatten().apply(map));
            places.add(new Dense(2).withUseBias(false).named(part + "_place").apply(share));
        }
        var points =
                new Concatenate()
                        .named(ClockDataset.POINTS)
                        .apply(places.toArray(SymbolicTensor[]::new));
        var seen = Blocks.normalized(new Dense(256).withUseBias(false), new Flatten().apply(x));
        var hands = new Concatenate().apply(seen, points);
        hands = new Dense(128).withActivation(RELU).apply(hands);
        var time = new Dense(4).named(ClockDataset.TIME).apply(hands);
        var model = Functional.named("clock_reader", List.of(image), List.of(points, time));
        model.initialize(seed);
        Tensor cells = cellPlaces(x.shape().dim(1), x.shape().dim(2));
        for (String part : PARTS) {
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

    static Compiled readerSettings(int steps) {
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
