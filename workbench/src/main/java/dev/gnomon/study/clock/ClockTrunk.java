package dev.gnomon.study.clock;

import static dev.gnomon.activation.Activation.RELU;

import dev.gnomon.clock.TimeCodec;
import dev.gnomon.layer.ActivationLayer;
import dev.gnomon.layer.BatchNormalization;
import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.Layer;
import dev.gnomon.layer.MaxPooling2D;
import dev.gnomon.layer.Padding;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.layer.SymbolicTensor;
import dev.gnomon.model.Functional;
import dev.gnomon.model.Model;
import java.util.List;

/// The network of the study: the same for all forms but for its head.
final class ClockTrunk {
    private ClockTrunk() {}

    /// The network for pictures of a size that tells the time in a form.
    static Model network(int size, TimeCodec codec) {
        var image = Input.of(size, size, 1).named("image");
        var x = new Rescaling(1 / 127.5, -1).apply(image);
        x = normalized(convolution(16, 5).withStrides(2), x);
        x = new MaxPooling2D(2).apply(x);
        if (size > ClockPictures.SMALL) {
            x = normalized(convolution(32, 3), x);
            x = new MaxPooling2D(2).apply(x);
        }
        x = normalized(convolution(32, 3), x);
        x = new MaxPooling2D(2).apply(x);
        x = normalized(convolution(64, 3), x);
        x = normalized(convolution(64, 3), x);
        x = normalized(new Dense(128).withUseBias(false), new Flatten().apply(x));
        return Functional.of(List.of(image), codec.head(x));
    }

    private static Conv2D convolution(int filters, int kernelSize) {
        return new Conv2D(filters, kernelSize).withPadding(Padding.SAME).withUseBias(false);
    }

    private static SymbolicTensor normalized(Layer layer, SymbolicTensor x) {
        var normalization = new BatchNormalization().withMomentum(0.9);
        return new ActivationLayer(RELU).apply(normalization.apply(layer.apply(x)));
    }
}
