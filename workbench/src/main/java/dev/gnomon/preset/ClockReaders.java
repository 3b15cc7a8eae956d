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
import dev.gnomon.optimizer.Adam;
import dev.gnomon.schedule.CosineDecay;
import dev.gnomon.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Networks that find the dial and both hands of a clock and tell its time from them.
final class ClockReaders {
    /// In the order of the values of [ClockDataset#POINTS].
    private static final List<String> PARTS =
            List.of("centre", "twelve", "three", "six", "nine", "hour_tip", "minute_tip");

    /// How often a wave goes round while the hour hand does: up to six times for the hour, multiples of twelve for the
    /// minute.
    private static final int[] WAVES = {1, 2, 3, 4, 5, 6, 12, 24, 36, 48, 60};

    /// How far a wave of 1 lifts the score of a time: the network's own values can stay small.
    private static final double LIFT = 4;

    /// A cell of the last convolution is split so many times both ways for the maps of places.
    private static final int FINER = 2;

    private static final int LARGEST = 100;
    private static final String CLASSES = "time_class";

    /// How wide the network is.
    ///
    /// @param last filters of the last convolutions
    /// @param thin filters of what the time is read from beside the points
    /// @param seen values that are made of those
    /// @param hands values from which the time is read
    record Width(int last, int thin, int seen, int hands) {
        static final Width USUAL = new Width(128, 64, 256, 256);

        /// Its file has less than 3 MB.
        static final Width NARROW = new Width(96, 16, 96, 192);
    }

    private ClockReaders() {}

    /// Each of seven maps learns to be high at one place: the dial's centre, its 12, 3, 6 and 9, the tips of its hands. The
    /// softmax of a map, times the cells' places, is that place (a spatial soft-argmax: a Dense layer whose kernel holds the
    /// cells' places and is frozen). The time is read from the places and from what else the convolutions see: as the angles
    /// of both hands, and as one of 720 classes.
    ///
    /// The score of a class is a sum of waves over the dial, slow ones for the hour hand and fast ones for the minute hand,
    /// again a frozen layer. So a time is likely where both hands agree, and an hour hand that is hard to see leaves several
    /// hours open.
    ///
    /// @param size width and height of its pictures; larger ones than 100×100 first go through convolutions that halve them
    static Model reader(String name, int size, Width width, long seed) {
        var image = Input.of(size, size, 1).named("image");
        var x = trunk(new Rescaling(1 / 127.5, -1).apply(image), size, width.last);
        var points = points(x);
        var thin = new Flatten().apply(Blocks.normalized(Blocks.withoutBias(width.thin, 1), x));
        var seen = Blocks.normalized(new Dense(width.seen).withUseBias(false), thin);
        var hands = new Concatenate().apply(seen, points);
        hands = new Dense(width.hands).withActivation(RELU).apply(hands);
        var angles = new Dense(4).named(ClockDataset.TIME).apply(hands);
        var waves = new Dense(2 * WAVES.length).named("waves").apply(hands);
        var classes =
                new Dense(ClockDataset.MINUTES)
                        .withUseBias(false)
                        .withActivation(SOFTMAX)
                        .named(CLASSES)
                        .apply(waves);
        var model = Functional.named(name, List.of(image), List.of(points, classes, angles));
        model.initialize(seed);
        for (String part : PARTS) {
            freeze(model, part + "_place", places(x.shape().dim(1), x.shape().dim(2)));
        }
        freeze(model, CLASSES, scores());
        return model;
    }

    private static SymbolicTensor trunk(SymbolicTensor image, int size, int filters) {
        var x = image;
        for (int side = size; side > LARGEST; side = (side + 1) / 2) {
            x = Blocks.normalized(Blocks.withoutBias(16, 3).withStrides(2), x);
        }
        x = Blocks.normalized(Blocks.withoutBias(32, 5).withStrides(2), x);
        x = halved(Blocks.normalized(Blocks.withoutBias(32, 3), x));
        x = Blocks.residual(Blocks.normalized(Blocks.withoutBias(64, 3), x));
        x = Blocks.normalized(Blocks.withoutBias(filters, 3), halved(x));
        return Blocks.residual(Blocks.residual(x));
    }

    private static SymbolicTensor halved(SymbolicTensor x) {
        return new MaxPooling2D(2).withPadding(Padding.SAME).apply(x);
    }

    private static SymbolicTensor points(SymbolicTensor x) {
        var places = new ArrayList<SymbolicTensor>();
        for (String part : PARTS) {
            var map = new Conv2D(FINER * FINER, 1).named(part + "_map").apply(x);
            var share = new Softmax().apply(new Flatten().apply(map));
            places.add(new Dense(2).withUseBias(false).named(part + "_place").apply(share));
        }
        return new Concatenate()
                .named(ClockDataset.POINTS)
                .apply(places.toArray(SymbolicTensor[]::new));
    }

    private static void freeze(Model model, String layer, Tensor kernel) {
        model.setWeight(layer + "/kernel", kernel);
        model.layer(layer).freeze();
    }

    /// Where the parts of a map's cells are in the picture, `[cells · parts, 2]`: x and y from 0 to 1, cells row by row, the
    /// parts of a cell row by row.
    private static Tensor places(int height, int width) {
        int parts = FINER * FINER;
        float[] places = new float[2 * height * width * parts];
        for (int i = 0; i < height * width * parts; i++) {
            int cell = i / parts;
            int part = i % parts;
            places[2 * i] = (cell % width + (part % FINER + 0.5f) / FINER) / width;
            int row = cell / width;
            int rowOfPart = part / FINER;
            places[2 * i + 1] = (row + (rowOfPart + 0.5f) / FINER) / height;
        }
        return Tensor.of(places, height * width * parts, 2);
    }

    /// What each wave, sine and cosine, adds to the score of each time: `[2 · waves, 720]`.
    static Tensor scores() {
        int times = ClockDataset.MINUTES;
        float[] scores = new float[2 * WAVES.length * times];
        for (int wave = 0; wave < WAVES.length; wave++) {
            for (int time = 0; time < times; time++) {
                double angle = 2 * Math.PI * WAVES[wave] * time / times;
                scores[2 * wave * times + time] = (float) (LIFT * StrictMath.sin(angle));
                scores[(2 * wave + 1) * times + time] = (float) (LIFT * StrictMath.cos(angle));
            }
        }
        return Tensor.of(scores, 2 * WAVES.length, times);
    }

    /// Adam whose rate falls to 0 along a cosine. The squared errors of places are small numbers and count 100 times.
    static Compiled settings(int steps) {
        return new Compiled(
                new Adam(new CosineDecay(1e-3, steps)),
                Losses.perOutput()
                        .with(ClockDataset.POINTS, new MeanSquaredError())
                        .weight(100)
                        .with(CLASSES, new SparseCategoricalCrossentropy())
                        .weight(0.1)
                        .with(ClockDataset.TIME, new MeanSquaredError())
                        .weight(1),
                Metrics.perOutput());
    }
}
