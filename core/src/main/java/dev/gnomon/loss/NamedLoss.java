package dev.gnomon.loss;

import dev.gnomon.graph.Value;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/// A loss given as a formula; axes after the batch are averaged, as Keras does with what a loss function returns.
record NamedLoss(String name, BinaryOperator<Value> formula) implements Loss {
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
