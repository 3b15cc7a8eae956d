package dev.gnomon.layer;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;
import dev.gnomon.tensor.Shape;

/// All values of a sample in one axis: `[batch, a, b, …]` becomes `[batch, a · b · …]`.
public record Flatten() implements Layer {
    @Override
    public Value build(Scope scope, Value x) {
        long elements = x.shape().elements();
        Check.shape(
                elements <= Integer.MAX_VALUE,
                "Flatten: a sample of shape %s has %d values, but an axis holds at most %d. Make the pictures smaller before.",
                x.shape().sample(),
                elements,
                Integer.MAX_VALUE);
        return x.reshape(Shape.batched((int) elements));
    }
}
