package dev.gnomon.examples;

import dev.gnomon.data.BatchGenerator;
import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.data.Mnist;
import dev.gnomon.data.TrainTest;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Metrics;
import dev.gnomon.model.Model;
import dev.gnomon.optimizer.SGD;
import dev.gnomon.train.Fit;
import dev.gnomon.train.History;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Weights of classes and of samples, short epochs, and batches that are made on demand.
final class Weighted {
    static Model build() {
        var model = OwnLoop.build();
        model.compile(new SGD(0.05), new SparseCategoricalCrossentropy(), Metrics.accuracy());
        return model;
    }

    /// Digits, black on white; those that come late count less.
    record Negatives(Dataset digits) implements BatchGenerator {
        @Override
        public int batches() {
            return digits.size() / 50;
        }

        @Override
        public Dataset batch(long pass, int index) {
            var weight = new float[50];
            Arrays.fill(weight, 1f / (1 + index));
            return digits.slice(50 * index, 50 * index + 50)
                    .scaled(-1, 255)
                    .withSampleWeight(Column.of(weight, 50));
        }
    }

    static List<History> run(Model model, TrainTest mnist, boolean shuffle) {
        var weights = Map.of(0, 2.0, 9, 0.5);
        var steps = Fit.epochs(6).withBatchSize(30).withStepsPerEpoch(5).withShuffle(shuffle);
        var history = model.fit(mnist.train(), steps.withClassWeight(weights));
        var made = Fit.epochs(2).withShuffle(shuffle);
        return List.of(history, model.fit(new Negatives(mnist.train()), made));
    }

    public static void main(String[] args) {
        run(build(), Mnist.load(), true).forEach(history -> System.out.println(history.series()));
    }
}
