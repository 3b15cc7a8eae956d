package dev.gnomon.initializer;

import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;
import org.jspecify.annotations.Nullable;

/// Truncated normal with standard deviation `sqrt(1 / fanIn)`: for layers with selu.
///
/// @param seed Keras's setting; kept for its files, not used: values come from the run's seed and the weight's path
public record LecunNormal(@Nullable Long seed) implements Initializer {
    public LecunNormal() {
        this(null);
    }

    @Override
    public float[] values(Shape shape, Key key) {
        return new VarianceScaling(
                        1,
                        VarianceScaling.Mode.FAN_IN,
                        VarianceScaling.Distribution.TRUNCATED_NORMAL)
                .values(shape, key);
    }
}
