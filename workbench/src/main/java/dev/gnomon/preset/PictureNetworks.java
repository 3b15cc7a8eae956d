package dev.gnomon.preset;

import static dev.gnomon.activation.Activation.RELU;
import static dev.gnomon.activation.Activation.SOFTMAX;
import static dev.gnomon.activation.Activation.TANH;

import dev.gnomon.initializer.RandomNormal;
import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Dropout;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.MaxPooling2D;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.loss.Losses;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Metrics;
import dev.gnomon.model.Compiled;
import dev.gnomon.model.Functional;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import dev.gnomon.optimizer.AdamW;
import dev.gnomon.optimizer.Optimizer;
import dev.gnomon.schedule.CosineDecay;
import java.util.List;

/// Networks that tell classes of pictures apart.
final class PictureNetworks {
    private PictureNetworks() {}

    static Compiled classes(Optimizer optimizer) {
        return new Compiled(
                optimizer,
                Losses.of(new SparseCategoricalCrossentropy()),
                Metrics.of(Metrics.accuracy()));
    }

    static Model mlp() {
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

    static Model mnistCnn() {
        return twoConvolutions("mnist_cnn", 64);
    }

    static Model cs365Cnn() {
        return twoConvolutions("cs365_cnn", 32);
    }

    /// @param filters of the second convolution
    private static Model twoConvolutions(String name, int filters) {
        return Sequential.named(
                name,
                List.of(
                        Input.of(28, 28, 1),
                        new Rescaling(1 / 255.0),
                        new Conv2D(32, 3).withActivation(RELU),
                        new Conv2D(filters, 3).withActivation(RELU),
                        new MaxPooling2D(2),
                        new Dropout(0.25),
                        new Flatten(),
                        new Dense(128).withActivation(RELU),
                        new Dropout(0.5),
                        new Dense(10).withActivation(SOFTMAX)));
    }

    static Model geronCnn() {
        return Sequential.named(
                "geron_cnn",
                List.of(
                        Input.of(28, 28, 1),
                        new Rescaling(1 / 255.0),
                        Blocks.same(64, 7).withActivation(RELU),
                        new MaxPooling2D(2),
                        Blocks.same(128, 3).withActivation(RELU),
                        Blocks.same(128, 3).withActivation(RELU),
                        new MaxPooling2D(2),
                        Blocks.same(256, 3).withActivation(RELU),
                        Blocks.same(256, 3).withActivation(RELU),
                        new MaxPooling2D(2),
                        new Flatten(),
                        new Dense(128).withActivation(RELU),
                        new Dropout(0.5),
                        new Dense(64).withActivation(RELU),
                        new Dropout(0.5),
                        new Dense(10).withActivation(SOFTMAX)));
    }

    static Model mnistMlp() {
        return Sequential.named(
                "mnist_mlp",
                List.of(
                        Input.of(28, 28),
                        new Rescaling(1 / 255.0),
                        new Flatten(),
                        new Dense(512).withActivation(RELU),
                        new Dropout(0.2),
                        new Dense(512).withActivation(RELU),
                        new Dropout(0.2),
                        new Dense(10).withActivation(SOFTMAX)));
    }

    static Model tunedMlp() {
        var normal = new RandomNormal();
        return Sequential.named(
                "tuned_mlp",
                List.of(
                        Input.of(28, 28),
                        new Rescaling(1 / 255.0),
                        new Flatten(),
                        new Dense(99).withActivation(RELU).withKernelInitializer(normal),
                        new Dense(10).withActivation(SOFTMAX).withKernelInitializer(normal)));
    }

    static Model tunedCnn() {
        var normal = new RandomNormal();
        return Sequential.named(
                "tuned_cnn",
                List.of(
                        Input.of(28, 28, 1),
                        new Rescaling(1 / 255.0),
                        Blocks.same(32, 3).withActivation(TANH).withKernelInitializer(normal),
                        Blocks.same(32, 3).withActivation(TANH).withKernelInitializer(normal),
                        new MaxPooling2D(2),
                        new Flatten(),
                        new Dense(90).withActivation(TANH).withKernelInitializer(normal),
                        new Dropout(0.5),
                        new Dense(10).withActivation(SOFTMAX).withKernelInitializer(normal)));
    }

    /// Three pairs of convolutions, each pair with twice the filters of the one before.
    static Model cifarCnn() {
        var image = Input.of(32, 32, 3).named("image");
        var x = new Rescaling(1 / 127.5, -1).apply(image);
        for (int pair = 0; pair < 3; pair++) {
            x = Blocks.normalized(Blocks.withoutBias(32 << pair, 3), x);
            x = Blocks.normalized(Blocks.withoutBias(32 << pair, 3), x);
            x = new MaxPooling2D(2).apply(x);
            x = new Dropout(0.1 * (pair + 2)).apply(x);
        }
        x = Blocks.normalized(new Dense(128).withUseBias(false), new Flatten().apply(x));
        x = new Dropout(0.4).apply(x);
        var classes = new Dense(10).withActivation(SOFTMAX).named("class").apply(x);
        return Functional.named("cifar_cnn", List.of(image), List.of(classes));
    }

    static Compiled cifarSettings(int steps) {
        return classes(new AdamW(new CosineDecay(2e-3, steps)));
    }
}
