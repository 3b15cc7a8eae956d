package dev.gnomon.layer;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;

/// Sets each value to zero with probability `rate` while training, and multiplies the rest by `1 / (1 - rate)`, so that
/// the expected sum stays. Does nothing else.
///
/// Srivastava et al., 2014.
///
/// @param rate the share that is dropped, 0 to 1
public record Dropout(double rate) implements Layer {
    public Dropout {
        Check.config(
                rate >= 0 && rate <= 1, "Dropout: rate must be within 0 and 1, but is %s.", rate);
    }

    @Override
    public Value build(Scope scope, Value x) {
        if (!scope.training() || rate == 0) {
            return x;
        }
        return rate == 1 ? x.mul(0) : x.dropout(rate, scope.stream("dropout"));
    }
}
