package dev.gnomon.initializer;

import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;
import org.jspecify.annotations.Nullable;

/// Truncated normal with standard deviation `sqrt(2 / fanIn)`: for layers with relu.
///
/// @param seed Keras's setting; kept for its files, not used: values come from the run's seed and the weight's path
public record HeNormal(@Nullable Long seed) implements Initializer {
    public HeNormal() {
        this(null);
    }

    @Override
    public float[] values(Shape shape, Key key) {
        return new VarianceScaling(
                        2,
                        VarianceScaling.Mode.FAN_IN,
                        VarianceScaling.Distribution.TRUNCATED_NORMAL)
                .values(shape, key);
    }
}
