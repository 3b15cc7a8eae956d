package dev.gnomon.examples;

import static dev.gnomon.activation.Activation.RELU;
import static dev.gnomon.activation.Activation.SOFTMAX;

import dev.gnomon.data.Mnist;
import dev.gnomon.data.TrainTest;
import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Dropout;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.MaxPooling2D;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Metrics;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.train.Fit;
import dev.gnomon.train.History;

/// A convolutional network reads handwritten digits.
final class MnistCnn {
    static Model build() {
        var model =
                Sequential.of(
                        Input.of(28, 28, 1),
                        new Rescaling(1 / 255.0),
                        new Conv2D(32, 3).withActivation(RELU),
                        new Conv2D(64, 3).withActivation(RELU),
                        new MaxPooling2D(2),
                        new Dropout(0.25),
                        new Flatten(),
                        new Dense(128).withActivation(RELU),
                        new Dropout(0.5),
                        new Dense(10).withActivation(SOFTMAX));
        model.compile(new Adam(), new SparseCategoricalCrossentropy(), Metrics.accuracy());
        return model;
    }

    static History run(Model model, TrainTest mnist, Fit fit) {
        var history = model.fit(mnist.train(), fit.withValidationSplit(0.1));
        System.out.println(model.evaluate(mnist.test()));
        return history;
    }

    public static void main(String[] args) {
        var model = build();
        System.out.println(model.summary());
        run(model, Mnist.load(), Fit.epochs(12).withBatchSize(128));
    }
}
