package dev.gnomon.preset;

import static dev.gnomon.activation.Activation.RELU;
import static dev.gnomon.activation.Activation.SOFTMAX;

import dev.gnomon.data.ClockDataset;
import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.MaxPooling2D;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import java.util.List;

/// Networks that tell the time of a clock by one class for each minute of the dial.
final class ClockNetworks {
    private static final int SIZE = 75;
    private static final int LARGE_SIZE = 150;

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
}
