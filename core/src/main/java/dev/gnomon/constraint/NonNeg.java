package dev.gnomon.constraint;

import dev.gnomon.graph.Value;

/// Sets negative weights to 0.
public record NonNeg() implements Constraint {
    @Override
    public Value build(Value weight) {
        return weight.relu();
    }
}
