package dev.gnomon.examples;

import static dev.gnomon.activation.Activation.RELU;
import static dev.gnomon.data.transform.RandomFlip.Mode.HORIZONTAL;
import static dev.gnomon.layer.Padding.SAME;

import dev.gnomon.data.Cifar10;
import dev.gnomon.data.Dataset;
import dev.gnomon.data.transform.RandomFlip;
import dev.gnomon.data.transform.RandomTranslation;
import dev.gnomon.layer.BatchNormalization;
import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.GlobalAveragePooling2D;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.MaxPooling2D;
import dev.gnomon.layer.ReLU;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Metrics;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import dev.gnomon.optimizer.SGD;
import dev.gnomon.schedule.CosineDecay;
import dev.gnomon.train.Fit;

/// A small network for photographs, with pictures that are changed at random and a falling learning rate.
final class Cifar {
    static Model build(int steps) {
        var model =
                Sequential.of(
                        Input.of(32, 32, 3),
                        new Rescaling(1 / 127.5, -1),
                        new Conv2D(32, 3).withPadding(SAME).withUseBias(false),
                        new BatchNormalization().withMomentum(0.9),
                        new ReLU(),
                        new MaxPooling2D(2),
                        new Conv2D(64, 3).withPadding(SAME).withActivation(RELU),
                        new GlobalAveragePooling2D(),
                        new Dense(10));
        model.compile(
                new SGD(new CosineDecay(0.05, steps)).withMomentum(0.9).withNesterov(true),
                new SparseCategoricalCrossentropy().withFromLogits(true),
                Metrics.accuracy());
        return model;
    }

    static Dataset augmented(Dataset data) {
        return data.augmented(new RandomFlip(HORIZONTAL), new RandomTranslation(0.1, 0.1));
    }

    public static void main(String[] args) {
        var cifar = Cifar10.load(); // labels are (n, 1)
        var model = build(10 * cifar.train().size() / 32);
        var fit = Fit.epochs(10).withValidation(cifar.test());
        model.fit(augmented(cifar.train()), fit);
        System.out.println(model.evaluate(cifar.test()));
    }
}
