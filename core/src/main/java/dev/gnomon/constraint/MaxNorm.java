package dev.gnomon.constraint;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;
import java.util.List;

/// Scales down weights whose norm is too large: `w · min(norm, maxValue) / (1e-7 + norm)`.
///
/// @param maxValue the largest norm, at least 0; 2 by default, as in Keras
/// @param axis the axes that the norm sums over; 0 by default: the inputs of a unit of Dense. For Conv2D use 0, 1, 2
public record MaxNorm(double maxValue, List<Integer> axis) implements Constraint {
    public MaxNorm {
        Check.finite("MaxNorm", "maxValue", maxValue);
        Check.config(maxValue >= 0, "MaxNorm: maxValue must be at least 0, but is %s.", maxValue);
        axis = List.copyOf(axis);
    }

    public MaxNorm() {
        this(2);
    }

    public MaxNorm(double maxValue) {
        this(maxValue, 0);
    }

    public MaxNorm(double maxValue, int... axis) {
        this(maxValue, Norms.axes(axis));
    }

    @Override
    public Value build(Value weight) {
        Value norms = Norms.of(weight, axis);
        return Norms.scale(weight, norms, norms.clip(0, maxValue));
    }
}
