package dev.gnomon.examples;

import static dev.gnomon.activation.Activation.RELU;
import static dev.gnomon.activation.Activation.SOFTMAX;

import dev.gnomon.data.Mnist;
import dev.gnomon.data.TrainTest;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import dev.gnomon.optimizer.SGD;
import java.util.ArrayList;
import java.util.List;

/// A training loop of one's own.
final class OwnLoop {
    static Model build() {
        return Sequential.of(
                Input.of(28, 28),
                new Rescaling(1 / 255.0),
                new Flatten(),
                new Dense(64).withActivation(RELU),
                new Dense(10).withActivation(SOFTMAX));
    }

    static List<Float> run(Model model, TrainTest mnist, int epochs) {
        var optimizer = new SGD(0.05).withMomentum(0.9);
        var losses = new ArrayList<Float>();
        // The step is compiled once: forward, gradients and update are one plan.
        try (var step = model.trainingStep(new SparseCategoricalCrossentropy(), optimizer)) {
            for (int epoch = 0; epoch < epochs; epoch++) {
                for (var batch : mnist.train().batches(64)) {
                    losses.add(step.run(batch));
                }
            }
        }
        return losses;
    }

    public static void main(String[] args) {
        System.out.println(run(build(), Mnist.load(), 1).getLast());
    }
}
