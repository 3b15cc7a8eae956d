package dev.gnomon.initializer;

import dev.gnomon.check.Check;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;
import org.jspecify.annotations.Nullable;

/// Normally distributed values; those further than two standard deviations from the mean are drawn again.
///
/// @param mean the mean; 0 by default, as in Keras
/// @param stddev the standard deviation before the cut; 0.05 by default, as in Keras
/// @param seed Keras's setting; kept for its files, not used: values come from the run's seed and the weight's path
public record TruncatedNormal(double mean, double stddev, @Nullable Long seed)
        implements Initializer {
    public TruncatedNormal {
        Check.finite("TruncatedNormal", "mean", mean);
        Check.finite("TruncatedNormal", "stddev", stddev);
        Check.config(stddev >= 0, "TruncatedNormal: stddev must be at least 0, but is %s.", stddev);
    }

    public TruncatedNormal() {
        this(0, 0.05);
    }

    public TruncatedNormal(double mean, double stddev) {
        this(mean, stddev, null);
    }

    @Override
    public float[] values(Shape shape, Key key) {
        return Fill.truncatedNormal(shape, key, mean, stddev);
    }
}
