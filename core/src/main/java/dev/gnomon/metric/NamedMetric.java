package dev.gnomon.metric;

import dev.gnomon.graph.Value;
import dev.gnomon.loss.Labels;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/// A metric given as a formula; axes after the batch are averaged.
record NamedMetric(String name, BinaryOperator<Value> formula) implements Metric {
    @Override
    public Value build(Value truth, Value prediction) {
        Labels.Pair pair = Labels.alike(name, truth, prediction);
        Value values = formula.apply(pair.truth(), pair.prediction());
        return values.mean(IntStream.range(1, values.shape().rank()).toArray());
    }

    @Override
    public String toString() {
        return name;
    }
}
