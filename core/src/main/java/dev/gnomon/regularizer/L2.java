package dev.gnomon.regularizer;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;

/// `l2 · sum(w²)`; other frameworks have half of it.
///
/// @param l2 the factor, at least 0; 0.01 by default, as in Keras
public record L2(double l2) implements Regularizer {
    public L2 {
        Check.config(l2 >= 0 && Double.isFinite(l2), "L2: l2 must be at least 0, but is %s.", l2);
    }

    public L2() {
        this(0.01);
    }

    @Override
    public Value build(Value weight) {
        return weight.square().sumAll().mul(l2);
    }
}
