package dev.gnomon.constraint;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;
import java.util.List;

/// Moves the norm of weights towards a range: `w · desired / (1e-7 + norm)` with
/// `desired = rate · clip(norm, minValue, maxValue) + (1 - rate) · norm`.
///
/// @param minValue the smallest norm, at least 0; 0 by default, as in Keras
/// @param maxValue the largest norm; 1 by default, as in Keras
/// @param rate how much of the way is gone in a step, above 0 to 1; 1 by default, as in Keras
/// @param axis the axes that the norm sums over; 0 by default: the inputs of a unit of Dense. For Conv2D use 0, 1, 2
public record MinMaxNorm(double minValue, double maxValue, double rate, List<Integer> axis)
        implements Constraint {
    public MinMaxNorm {
        Check.finite("MinMaxNorm", "minValue", minValue);
        Check.finite("MinMaxNorm", "maxValue", maxValue);
        Check.config(
                minValue >= 0 && minValue <= maxValue,
                "MinMaxNorm: 0 <= minValue <= maxValue is needed, but they are %s and %s.",
                minValue,
                maxValue);
        Check.config(
                rate > 0 && rate <= 1,
                "MinMaxNorm: rate must be above 0 and at most 1, but is %s.",
                rate);
        axis = List.copyOf(axis);
    }

    public MinMaxNorm() {
        this(0, 1);
    }

    public MinMaxNorm(double minValue, double maxValue) {
        this(minValue, maxValue, 1, 0);
    }

    public MinMaxNorm(double minValue, double maxValue, double rate, int... axis) {
        this(minValue, maxValue, rate, Norms.axes(axis));
    }

    @Override
    public Value build(Value weight) {
        Value norms = Norms.of(weight, axis);
        Value near = norms.clip(minValue, maxValue).mul(rate);
        return Norms.scale(weight, norms, near.add(norms.mul(1 - rate)));
    }
}
