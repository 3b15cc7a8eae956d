package dev.gnomon.activation;

import dev.gnomon.graph.Value;
import java.util.function.UnaryOperator;

/// An activation given as a formula.
record NamedActivation(String name, UnaryOperator<Value> formula) implements Activation {
    @Override
    public Value build(Value x) {
        return formula.apply(x);
    }

    @Override
    public String toString() {
        return name;
    }
}
