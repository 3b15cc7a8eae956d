package dev.gnomon.constraint;

import dev.gnomon.graph.Op.ReduceKind;
import dev.gnomon.graph.Value;
import java.util.List;

/// Norms of a weight along axes.
final class Norms {
    /// Keras's epsilon, added to a norm before it divides.
    private static final double EPSILON = 1e-7;

    private Norms() {}

    static List<Integer> axes(int... axes) {
        return java.util.Arrays.stream(axes).boxed().toList();
    }

    /// The norm along the axes, which stay with size 1.
    static Value of(Value weight, List<Integer> axes) {
        int[] indices = axes.stream().mapToInt(Integer::intValue).toArray();
        return weight.square().reduce(ReduceKind.SUM, true, indices).sqrt();
    }

    /// The weight scaled to other norms.
    static Value scale(Value weight, Value norms, Value desired) {
        return weight.mul(desired.div(norms.add(EPSILON)));
    }

    static Value unit(Value weight, Value norms) {
        return weight.div(norms.add(EPSILON));
    }
}
