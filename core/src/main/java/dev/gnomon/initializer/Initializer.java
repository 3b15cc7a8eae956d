package dev.gnomon.initializer;

import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;

/// The first values of a weight: a pure function of its shape and a random key.
public interface Initializer {
    /// The values in row order; the same key gives the same values on every machine.
    float[] values(Shape shape, Key key);
}
