package dev.gnomon.examples;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;
import dev.gnomon.initializer.Constant;
import dev.gnomon.layer.Layer;
import dev.gnomon.layer.Scope;
import dev.gnomon.layer.WeightConfig;
import dev.gnomon.tensor.Shape;

/// Multiplies each channel by a number that is learnt: `y = x · scale`.
///
/// | | shape | first value |
/// |---|---|---|
/// | input | `[batch, …, channels]` | |
/// | scale | `[channels]` | `first` |
/// | output | `[batch, …, channels]` | |
///
/// @param first the first value of every number
public record Scale(float first) implements Layer {
    public Scale {
        Check.config(Float.isFinite(first), "Scale: first must be finite, but is %s.", first);
    }

    public Scale() {
        this(1);
    }

    @Override
    public Value build(Scope scope, Value x) {
        var config = WeightConfig.of(new Constant(first));
        return x.mul(scope.weight("scale", Shape.of(x.shape().last()), config));
    }
}
