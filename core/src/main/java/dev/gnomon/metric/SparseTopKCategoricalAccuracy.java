package dev.gnomon.metric;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;
import dev.gnomon.loss.LabelForm;
import dev.gnomon.loss.Labels;

/// How often fewer than `k` predictions are larger than that of the label's class, for labels that are class numbers.
///
/// @param name the name in logs; `sparse_top_k_categorical_accuracy` by default
/// @param k how many places count, at least 1; 5 by default, as in Keras
public record SparseTopKCategoricalAccuracy(String name, int k) implements Metric {
    public SparseTopKCategoricalAccuracy {
        Check.config(k >= 1, "SparseTopKCategoricalAccuracy: k must be at least 1, but is %d.", k);
    }

    public SparseTopKCategoricalAccuracy() {
        this(5);
    }

    public SparseTopKCategoricalAccuracy(int k) {
        this("sparse_top_k_categorical_accuracy", k);
    }

    @Override
    public LabelForm labels() {
        return LabelForm.CLASS_NUMBER;
    }

    @Override
    public Value build(Value truth, Value prediction) {
        return prediction.rankOfClass(Labels.classes(name, truth, prediction)).less(k);
    }
}
