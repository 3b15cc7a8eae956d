package dev.gnomon.metric;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;
import dev.gnomon.loss.Labels;

/// How often predictions are on the label's side of a threshold, for labels 0 and 1.
///
/// @param name the name in logs; `binary_accuracy` by default
/// @param threshold predictions above it count as 1; 0.5 by default, as in Keras
public record BinaryAccuracy(String name, double threshold) implements Metric {
    public BinaryAccuracy {
        Check.finite("BinaryAccuracy", "threshold", threshold);
    }

    public BinaryAccuracy() {
        this(0.5);
    }

    public BinaryAccuracy(double threshold) {
        this("binary_accuracy", threshold);
    }

    @Override
    public Value build(Value truth, Value prediction) {
        Labels.Pair pair = Labels.alike(name, truth, prediction);
        return Labels.lastMean(pair.truth().equal(pair.prediction().greater(threshold)));
    }
}
