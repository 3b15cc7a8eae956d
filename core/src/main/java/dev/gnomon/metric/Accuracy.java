package dev.gnomon.metric;

import dev.gnomon.graph.Value;
import dev.gnomon.loss.Labels;

/// How often predictions are exactly the labels. For probabilities use [Metrics#accuracy].
///
/// @param name the name in logs; `accuracy` by default
public record Accuracy(String name) implements Metric {
    public Accuracy() {
        this("accuracy");
    }

    @Override
    public Value build(Value truth, Value prediction) {
        Labels.Pair pair = Labels.alike(name, truth, prediction);
        return Labels.lastMean(pair.truth().equal(pair.prediction()));
    }
}
