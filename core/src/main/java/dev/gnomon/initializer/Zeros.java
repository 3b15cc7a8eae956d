package dev.gnomon.initializer;

import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;

/// All 0.
public record Zeros() implements Initializer {
    @Override
    public float[] values(Shape shape, Key key) {
        return Fill.array(shape);
    }
}
