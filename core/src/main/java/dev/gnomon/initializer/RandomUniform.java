package dev.gnomon.initializer;

import dev.gnomon.check.Check;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;
import org.jspecify.annotations.Nullable;

/// Uniformly distributed values in `[minval, maxval)`.
///
/// @param minval the smallest value; -0.05 by default, as in Keras
/// @param maxval the bound above; 0.05 by default, as in Keras
/// @param seed Keras's setting; kept for its files, not used: values come from the run's seed and the weight's path
public record RandomUniform(double minval, double maxval, @Nullable Long seed)
        implements Initializer {
    public RandomUniform {
        Check.finite("RandomUniform", "minval", minval);
        Check.finite("RandomUniform", "maxval", maxval);
        Check.config(
                minval <= maxval,
                "RandomUniform: minval must not be above maxval, but they are %s and %s.",
                minval,
                maxval);
    }

    public RandomUniform() {
        this(-0.05, 0.05);
    }

    public RandomUniform(double minval, double maxval) {
        this(minval, maxval, null);
    }

    @Override
    public float[] values(Shape shape, Key key) {
        return Fill.uniform(shape, key, minval, maxval);
    }
}
