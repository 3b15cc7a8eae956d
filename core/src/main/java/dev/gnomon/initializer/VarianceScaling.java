package dev.gnomon.initializer;

import dev.gnomon.check.Check;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;
import org.jspecify.annotations.Nullable;

/// Values whose variance is `scale / n`, where `n` is the number of inputs of a unit, of its outputs, or their mean.
///
/// For a matrix `[in, out]` these are its sizes, for a kernel `[height, width, in, out]` those times the window's.
///
/// @param scale the factor, above 0; 1 by default, as in Keras
/// @param mode what is counted; inputs by default
/// @param distribution the distribution; truncated normal by default
/// @param seed Keras's setting; kept for its files, not used: values come from the run's seed and the weight's path
public record VarianceScaling(
        double scale, Mode mode, Distribution distribution, @Nullable Long seed)
        implements Initializer {
    /// The standard deviation of a standard normal distribution cut at ±2.
    private static final double TRUNCATED_STDDEV = 0.8796256610342398;

    /// What is counted.
    public enum Mode {
        FAN_IN,
        FAN_OUT,
        FAN_AVG
    }

    /// How values are distributed.
    public enum Distribution {
        TRUNCATED_NORMAL,
        UNTRUNCATED_NORMAL,
        UNIFORM
    }

    public VarianceScaling {
        Check.finite("VarianceScaling", "scale", scale);
        Check.config(scale > 0, "VarianceScaling: scale must be above 0, but is %s.", scale);
    }

    public VarianceScaling() {
        this(1, Mode.FAN_IN, Distribution.TRUNCATED_NORMAL);
    }

    public VarianceScaling(double scale, Mode mode, Distribution distribution) {
        this(scale, mode, distribution, null);
    }

    @Override
    public float[] values(Shape shape, Key key) {
        double variance = scale / Math.max(1, fan(shape));
        return switch (distribution) {
            case TRUNCATED_NORMAL ->
                    Fill.truncatedNormal(shape, key, 0, Math.sqrt(variance) / TRUNCATED_STDDEV);
            case UNTRUNCATED_NORMAL -> Fill.normal(shape, key, 0, Math.sqrt(variance));
            case UNIFORM -> {
                double limit = Math.sqrt(3 * variance);
                yield Fill.uniform(shape, key, -limit, limit);
            }
        };
    }

    private double fan(Shape shape) {
        double in = 1;
        double out = 1;
        if (shape.rank() == 1) {
            in = shape.dim(0);
            out = in;
        } else if (shape.rank() >= 2) {
            double window = 1;
            for (int axis = 0; axis < shape.rank() - 2; axis++) {
                window *= shape.dim(axis);
            }
            in = window * shape.dim(-2);
            out = window * shape.last();
        }
        return switch (mode) {
            case FAN_IN -> in;
            case FAN_OUT -> out;
            case FAN_AVG -> (in + out) / 2;
        };
    }
}
