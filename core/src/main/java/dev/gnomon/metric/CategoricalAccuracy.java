package dev.gnomon.metric;

import dev.gnomon.graph.Value;
import dev.gnomon.loss.Labels;

/// How often the largest prediction is at the largest label, for one-hot labels.
///
/// @param name the name in logs; `categorical_accuracy` by default
public record CategoricalAccuracy(String name) implements Metric {
    public CategoricalAccuracy() {
        this("categorical_accuracy");
    }

    @Override
    public Value build(Value truth, Value prediction) {
        Labels.Pair pair = Labels.alike(name, truth, prediction);
        return pair.truth().argMax().equal(pair.prediction().argMax());
    }
}
