package dev.gnomon.initializer;

import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;
import org.jspecify.annotations.Nullable;

/// Uniform within `±sqrt(3 / fanIn)`.
///
/// @param seed Keras's setting; kept for its files, not used: values come from the run's seed and the weight's path
public record LecunUniform(@Nullable Long seed) implements Initializer {
    public LecunUniform() {
        this(null);
    }

    @Override
    public float[] values(Shape shape, Key key) {
        return new VarianceScaling(
                        1, VarianceScaling.Mode.FAN_IN, VarianceScaling.Distribution.UNIFORM)
                .values(shape, key);
    }
}
