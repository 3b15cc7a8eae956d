package dev.gnomon.layer;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;
import dev.gnomon.tensor.Shape;

/// Fully connected layer: `y = activation(x · kernel + bias)`.
///
/// | | shape | first value |
/// |---|---|---|
/// | input | `[batch, …, in]` | |
/// | kernel | `[in, units]` | Glorot uniform |
/// | bias | `[units]` | zeros |
/// | output | `[batch, …, units]` | |
///
/// @param units size of the last axis of the output, at least 1
/// @param settings activation, bias, and what is said of the weights
public record Dense(int units, KernelSettings settings) implements KernelLayer<Dense> {
    public Dense {
        Check.config(units >= 1, "Dense: units must be at least 1, but is %d.", units);
    }

    public Dense(int units) {
        this(units, KernelSettings.DEFAULT);
    }

    @Override
    public Dense withSettings(KernelSettings settings) {
        return new Dense(units, settings);
    }

    @Override
    public Value build(Scope scope, Value x) {
        Inputs.features(x);
        Shape shape = Shape.of(x.shape().last(), units);
        Value kernel = scope.weight("kernel", shape, settings.kernel());
        return settings.finish(scope, x.matmul(kernel));
    }
}
