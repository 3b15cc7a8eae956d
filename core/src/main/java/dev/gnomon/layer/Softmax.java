package dev.gnomon.layer;

import dev.gnomon.graph.Value;

/// `exp(x) / sum(exp(x))` over the last axis.
///
/// @param axis the last, -1
public record Softmax(int axis) implements Layer {
    public Softmax() {
        this(-1);
    }

    @Override
    public Value build(Scope scope, Value x) {
        Inputs.last(axis, x);
        return x.softmax();
    }
}
