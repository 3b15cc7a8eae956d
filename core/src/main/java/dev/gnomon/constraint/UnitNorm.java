package dev.gnomon.constraint;

import dev.gnomon.graph.Value;
import java.util.List;

/// Scales weights to norm 1: `w / (1e-7 + norm)`.
///
/// @param axis the axes that the norm sums over; 0 by default: the inputs of a unit of Dense. For Conv2D use 0, 1, 2
public record UnitNorm(List<Integer> axis) implements Constraint {
    public UnitNorm {
        axis = List.copyOf(axis);
    }

    public UnitNorm() {
        this(0);
    }

    public UnitNorm(int... axis) {
        this(Norms.axes(axis));
    }

    @Override
    public Value build(Value weight) {
        return Norms.unit(weight, Norms.of(weight, axis));
    }
}
