package dev.gnomon.initializer;

import dev.gnomon.check.Check;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;
import org.jspecify.annotations.Nullable;

/// Normally distributed values.
///
/// @param mean the mean; 0 by default, as in Keras
/// @param stddev the standard deviation; 0.05 by default, as in Keras
/// @param seed Keras's setting; kept for its files, not used: values come from the run's seed and the weight's path
public record RandomNormal(double mean, double stddev, @Nullable Long seed) implements Initializer {
    public RandomNormal {
        Check.finite("RandomNormal", "mean", mean);
        Check.finite("RandomNormal", "stddev", stddev);
        Check.config(stddev >= 0, "RandomNormal: stddev must be at least 0, but is %s.", stddev);
    }

    public RandomNormal() {
        this(0, 0.05);
    }

    public RandomNormal(double mean, double stddev) {
        this(mean, stddev, null);
    }

    @Override
    public float[] values(Shape shape, Key key) {
        return Fill.normal(shape, key, mean, stddev);
    }
}
