package dev.gnomon.initializer;

import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;
import java.util.function.LongToDoubleFunction;

/// Arrays filled by position.
final class Fill {
    private Fill() {}

    static float[] array(Shape shape) {
        return new float[Math.toIntExact(shape.elements())];
    }

    static float[] each(Shape shape, LongToDoubleFunction value) {
        float[] values = array(shape);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) value.applyAsDouble(i);
        }
        return values;
    }

    static float[] uniform(Shape shape, Key key, double low, double high) {
        return each(shape, i -> low + (high - low) * key.uniformAt(i));
    }

    static float[] normal(Shape shape, Key key, double mean, double stddev) {
        return each(shape, i -> mean + stddev * key.normalAt(i));
    }

    static float[] truncatedNormal(Shape shape, Key key, double mean, double stddev) {
        return each(shape, i -> mean + stddev * truncated(key, i));
    }

    /// A standard normal number within ±2: drawn again, from a child key, until it is.
    private static double truncated(Key key, long position) {
        double value = key.normalAt(position);
        for (int attempt = 1; Math.abs(value) > 2; attempt++) {
            value = key.child(attempt).normalAt(position);
        }
        return value;
    }
}
