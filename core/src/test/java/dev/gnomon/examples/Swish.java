package dev.gnomon.examples;

import dev.gnomon.graph.Value;
import dev.gnomon.layer.Layer;
import dev.gnomon.layer.Scope;

/// An own layer: a record with a `build`. The gradient comes from the ops it uses.
public record Swish(float beta) implements Layer {
    @Override
    public Value build(Scope scope, Value x) {
        return x.mul(x.mul(beta).sigmoid());
    }
}
