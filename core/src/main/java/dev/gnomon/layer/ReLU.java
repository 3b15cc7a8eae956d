package dev.gnomon.layer;

import dev.gnomon.activation.Activation;
import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;
import org.jspecify.annotations.Nullable;

/// `x` from the threshold on, at most `maxValue`; below the threshold `negativeSlope · (x - threshold)`.
///
/// @param maxValue the largest output, at least 0, or null for none (the default)
/// @param negativeSlope the slope below the threshold, at least 0; 0 by default
/// @param threshold where the slope changes, at least 0; 0 by default
public record ReLU(@Nullable Double maxValue, double negativeSlope, double threshold)
        implements Layer {
    public ReLU {
        Check.finite("ReLU", "maxValue", maxValue);
        Check.finite("ReLU", "negativeSlope", negativeSlope);
        Check.finite("ReLU", "threshold", threshold);
        Check.config(
                maxValue == null || maxValue >= 0,
                "ReLU: maxValue must be at least 0, but is %s.",
                maxValue);
        Check.config(
                negativeSlope >= 0,
                "ReLU: negativeSlope must be at least 0, but is %s.",
                negativeSlope);
        Check.config(threshold >= 0, "ReLU: threshold must be at least 0, but is %s.", threshold);
    }

    public ReLU() {
        this(null, 0, 0);
    }

    public ReLU withMaxValue(@Nullable Double maxValue) {
        return new ReLU(maxValue, negativeSlope, threshold);
    }

    public ReLU withNegativeSlope(double negativeSlope) {
        return new ReLU(maxValue, negativeSlope, threshold);
    }

    public ReLU withThreshold(double threshold) {
        return new ReLU(maxValue, negativeSlope, threshold);
    }

    @Override
    public Value build(Scope scope, Value x) {
        if (threshold == 0 && maxValue == null && negativeSlope > 0) {
            return x.greater(0).select(x, x.mul(negativeSlope));
        }
        Value y = limited(x);
        if (negativeSlope == 0) {
            return y;
        }
        Value below = threshold == 0 ? x.neg() : x.neg().add(threshold);
        return y.sub(below.relu().mul(negativeSlope));
    }

    private Value limited(Value x) {
        if (threshold == 0 && maxValue != null && maxValue == 6) {
            return Activation.RELU6.build(x);
        }
        Value y = threshold == 0 ? x.relu() : x.mul(x.greater(threshold));
        return maxValue == null ? y : y.clip(0, maxValue);
    }
}
