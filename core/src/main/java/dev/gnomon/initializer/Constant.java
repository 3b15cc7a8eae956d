package dev.gnomon.initializer;

import dev.gnomon.check.Check;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;

/// All one value.
///
/// @param value the value; 0 by default, as in Keras
public record Constant(double value) implements Initializer {
    public Constant {
        Check.finite("Constant", "value", value);
    }

    public Constant() {
        this(0);
    }

    @Override
    public float[] values(Shape shape, Key key) {
        return Fill.each(shape, _ -> value);
    }
}
