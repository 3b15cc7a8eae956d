package dev.gnomon.layer;

import dev.gnomon.graph.Value;
import dev.gnomon.tensor.Shape;

/// All values of a sample in one axis: `[batch, a, b, …]` becomes `[batch, a · b · …]`.
public record Flatten() implements Layer {
    @Override
    public Value build(Scope scope, Value x) {
        return x.reshape(Shape.batched(Math.toIntExact(x.shape().elements())));
    }
}
