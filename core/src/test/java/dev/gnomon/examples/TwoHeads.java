package dev.gnomon.examples;

import static dev.gnomon.activation.Activation.RELU;
import static dev.gnomon.activation.Activation.SIGMOID;
import static dev.gnomon.activation.Activation.SOFTMAX;

import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.data.Mnist;
import dev.gnomon.data.TrainTest;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.loss.BinaryCrossentropy;
import dev.gnomon.loss.Losses;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Metrics;
import dev.gnomon.model.Functional;
import dev.gnomon.model.Model;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.train.Fit;
import dev.gnomon.train.History;
import java.util.Arrays;
import java.util.List;

/// One trunk, two heads: which digit it is, and whether it is odd.
final class TwoHeads {
    static Model build() {
        var image = Input.of(28, 28).named("image");
        var x = new Rescaling(1 / 255.0).apply(image);
        x = new Flatten().apply(x);
        x = new Dense(64).withActivation(RELU).apply(x);
        var digit = new Dense(10).withActivation(SOFTMAX).named("digit").apply(x);
        var odd = new Dense(1).withActivation(SIGMOID).named("odd").apply(x);
        var model = Functional.of(List.of(image), List.of(digit, odd));
        model.compile(
                new Adam(0.001),
                Losses.perOutput()
                        .with("digit", new SparseCategoricalCrossentropy())
                        .weight(1)
                        .with("odd", new BinaryCrossentropy())
                        .weight(0.5),
                Metrics.perOutput()
                        .with("digit", Metrics.accuracy())
                        .with("odd", Metrics.accuracy()));
        return model;
    }

    static History run(Model model, TrainTest mnist, Fit fit) {
        var digits = mnist.train().labels();
        int[] odd = Arrays.stream(digits.ints()).map(digit -> digit % 2).toArray();
        var data =
                Dataset.of(mnist.train().images())
                        .withTarget("digit", digits)
                        .withTarget("odd", Column.labels(odd));
        return model.fit(data, fit);
    }

    public static void main(String[] args) {
        System.out.println(run(build(), Mnist.load(), Fit.epochs(5)).series());
    }
}
