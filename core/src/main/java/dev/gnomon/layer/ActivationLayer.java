package dev.gnomon.layer;

import dev.gnomon.activation.Activation;
import dev.gnomon.graph.Value;

/// An activation as a layer of its own; Keras's layer `Activation`.
///
/// @param activation what is applied
public record ActivationLayer(Activation activation) implements Layer {
    @Override
    public String kerasName() {
        return "Activation";
    }

    @Override
    public Value build(Scope scope, Value x) {
        return activation.build(x);
    }
}
