package dev.gnomon.preset;

import static dev.gnomon.activation.Activation.RELU;

import dev.gnomon.layer.ActivationLayer;
import dev.gnomon.layer.Add;
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
        return new ActivationLayer(RELU).apply(statistics().apply(layer.apply(x)));
    }

    /// Two convolutions whose result is added to what they were given, of as many channels.
    static SymbolicTensor residual(SymbolicTensor x) {
        int filters = x.shape().last();
        var first = normalized(withoutBias(filters, 3), x);
        var second = statistics().apply(withoutBias(filters, 3).apply(first));
        return new ActivationLayer(RELU).apply(new Add().apply(x, second));
    }

    private static BatchNormalization statistics() {
        return new BatchNormalization().withMomentum(0.9);
    }
}
