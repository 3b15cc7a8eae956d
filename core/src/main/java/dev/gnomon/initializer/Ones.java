package dev.gnomon.initializer;

import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;

/// All 1.
public record Ones() implements Initializer {
    @Override
    public float[] values(Shape shape, Key key) {
        return Fill.each(shape, _ -> 1);
    }
}
