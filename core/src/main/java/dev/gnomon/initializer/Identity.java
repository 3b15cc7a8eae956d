package dev.gnomon.initializer;

import dev.gnomon.check.Check;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;

/// `gain` on the diagonal of a matrix, else 0.
///
/// @param gain the value on the diagonal; 1 by default, as in Keras
public record Identity(double gain) implements Initializer {
    public Identity {
        Check.finite("Identity", "gain", gain);
    }

    public Identity() {
        this(1);
    }

    @Override
    public float[] values(Shape shape, Key key) {
        Check.shape(
                shape.rank() == 2,
                "Identity: a weight of two axes is needed, but its shape is %s.",
                shape);
        int columns = shape.last();
        return Fill.each(shape, i -> i / columns == i % columns ? gain : 0);
    }
}
