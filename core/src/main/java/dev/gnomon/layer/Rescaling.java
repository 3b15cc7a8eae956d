package dev.gnomon.layer;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;

/// `x · scale + offset`: brings pixels of 0 to 255 into another range, such as 0 to 1 by a scale of 1 / 255.
///
/// @param scale the factor
/// @param offset what is added; 0 by default
public record Rescaling(double scale, double offset) implements Layer {
    public Rescaling {
        Check.finite("Rescaling", "scale", scale);
        Check.finite("Rescaling", "offset", offset);
    }

    public Rescaling(double scale) {
        this(scale, 0);
    }

    @Override
    public Value build(Scope scope, Value x) {
        Value scaled = x.mul(scale);
        return offset == 0 ? scaled : scaled.add(offset);
    }
}
