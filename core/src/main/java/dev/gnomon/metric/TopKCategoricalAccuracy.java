package dev.gnomon.metric;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;
import dev.gnomon.loss.Labels;

/// How often fewer than `k` predictions are larger than that of the label's class, for one-hot labels.
///
/// @param name the name in logs; `top_k_categorical_accuracy` by default
/// @param k how many places count, at least 1; 5 by default, as in Keras
public record TopKCategoricalAccuracy(String name, int k) implements Metric {
    public TopKCategoricalAccuracy {
        Check.config(k >= 1, "TopKCategoricalAccuracy: k must be at least 1, but is %d.", k);
    }

    public TopKCategoricalAccuracy() {
        this(5);
    }

    public TopKCategoricalAccuracy(int k) {
        this("top_k_categorical_accuracy", k);
    }

    @Override
    public Value build(Value truth, Value prediction) {
        Labels.Pair pair = Labels.alike(name, truth, prediction);
        return pair.prediction().rankOfClass(pair.truth().argMax()).less(k);
    }
}
