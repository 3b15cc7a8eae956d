package dev.gnomon.regularizer;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;

/// `l1 · sum(|w|)`.
///
/// @param l1 the factor, at least 0; 0.01 by default, as in Keras
public record L1(double l1) implements Regularizer {
    public L1 {
        Check.config(l1 >= 0 && Double.isFinite(l1), "L1: l1 must be at least 0, but is %s.", l1);
    }

    public L1() {
        this(0.01);
    }

    @Override
    public Value build(Value weight) {
        return weight.abs().sumAll().mul(l1);
    }
}
