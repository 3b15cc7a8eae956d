package dev.gnomon.regularizer;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;

/// `l1 · sum(|w|) + l2 · sum(w²)`.
///
/// @param l1 the factor of the first sum, at least 0; 0 by default, as in Keras
/// @param l2 the factor of the second sum, at least 0; 0 by default, as in Keras
public record L1L2(double l1, double l2) implements Regularizer {
    public L1L2 {
        Check.config(
                l1 >= 0 && Double.isFinite(l1) && l2 >= 0 && Double.isFinite(l2),
                "L1L2: l1 and l2 must be at least 0, but are %s and %s.",
                l1,
                l2);
    }

    public L1L2() {
        this(0, 0);
    }

    @Override
    public Value build(Value weight) {
        Value zero = weight.graph().constant(0);
        Value first = l1 == 0 ? zero : new L1(l1).build(weight);
        return l2 == 0 ? first : first.add(new L2(l2).build(weight));
    }
}
