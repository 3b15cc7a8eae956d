package dev.gnomon.examples;

import static dev.gnomon.activation.Activation.RELU;
import static dev.gnomon.activation.Activation.SOFTMAX;

import dev.gnomon.data.Mnist;
import dev.gnomon.data.TrainTest;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Dropout;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Metrics;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import dev.gnomon.optimizer.RMSprop;
import dev.gnomon.train.Fit;
import dev.gnomon.train.History;

/// A multilayer perceptron reads handwritten digits.
final class MnistMlp {
    static Model build() {
        var model =
                Sequential.of(
                        Input.of(28, 28),
                        new Rescaling(1 / 255.0),
                        new Flatten(),
                        new Dense(512).withActivation(RELU),
                        new Dropout(0.2),
                        new Dense(512).withActivation(RELU),
                        new Dropout(0.2),
                        new Dense(10).withActivation(SOFTMAX));
        model.compile(new RMSprop(), new SparseCategoricalCrossentropy(), Metrics.accuracy());
        return model;
    }

    static History run(Model model, TrainTest mnist, Fit fit) {
        var history = model.fit(mnist.train(), fit.withValidation(mnist.test()));
        System.out.println(model.evaluate(mnist.test()));
        return history;
    }

    public static void main(String[] args) {
        run(build(), Mnist.load(), Fit.epochs(20).withBatchSize(128));
    }
}
