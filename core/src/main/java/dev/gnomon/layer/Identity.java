package dev.gnomon.layer;

import dev.gnomon.graph.Value;

/// The input, unchanged.
public record Identity() implements Layer {
    @Override
    public Value build(Scope scope, Value x) {
        return x;
    }
}
