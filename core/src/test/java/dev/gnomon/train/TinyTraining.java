package dev.gnomon.train;

import static dev.gnomon.activation.Activation.RELU;
import static dev.gnomon.activation.Activation.SOFTMAX;

import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Dropout;
import dev.gnomon.layer.Input;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Metrics;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.optimizer.Optimizer;
import dev.gnomon.random.Key;

/// A model and data small enough to train often.
final class TinyTraining {
    private TinyTraining() {}

    static Model model(Optimizer optimizer) {
        return Sequential.of(
                        Input.of(6),
                        new Dense(8).withActivation(RELU),
                        new Dropout(0.2),
                        new Dense(3).withActivation(SOFTMAX))
                .compile(optimizer, new SparseCategoricalCrossentropy(), Metrics.accuracy());
    }

    static Model model() {
        return model(new Adam(0.01));
    }

    /// Samples whose class can be learnt.
    static Dataset data(int samples) {
        var key = Key.of(3).child("tiny");
        float[] x = new float[6 * samples];
        int[] y = new int[samples];
        for (int i = 0; i < samples; i++) {
            y[i] = key.intAt(i, 3);
            for (int j = 0; j < 6; j++) {
                x[6 * i + j] =
                        (float) key.child("x").normalAt(6L * i + j) + (j % 3 == y[i] ? 2 : 0);
            }
        }
        return Dataset.of(Column.of(x, samples, 6), Column.labels(y));
    }
}
