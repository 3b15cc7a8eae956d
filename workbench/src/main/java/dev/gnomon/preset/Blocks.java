package dev.gnomon.preset;

import static dev.gnomon.activation.Activation.RELU;

import dev.gnomon.layer.ActivationLayer;
import dev.gnomon.layer.BatchNormalization;
import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Layer;
import dev.gnomon.layer.Padding;
import dev.gnomon.layer.SymbolicTensor;

/// Parts that several networks are made of.
final class Blocks {
    private Blocks() {}

    static Conv2D same(int filters, int kernelSize) {
        return new Conv2D(filters, kernelSize).withPadding(Padding.SAME);
    }

    static Conv2D withoutBias(int filters, int kernelSize) {
        return same(filters, kernelSize).withUseBias(false);
    }

    /// A layer, batch normalization and a rectifier. The moving statistics follow quickly: a short training must end with
    /// ones that fit.
    static SymbolicTensor normalized(Layer layer, SymbolicTensor x) {
        var normalization = new BatchNormalization().withMomentum(0.9);
        return new ActivationLayer(RELU).apply(normalization.apply(layer.apply(x)));
    }
}
