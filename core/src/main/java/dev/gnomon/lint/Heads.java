package dev.gnomon.lint;

import dev.gnomon.activation.Activation;
import dev.gnomon.layer.ActivationLayer;
import dev.gnomon.layer.Dropout;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.KernelLayer;
import dev.gnomon.layer.Layer;
import dev.gnomon.layer.ReLU;
import dev.gnomon.layer.Reshape;
import dev.gnomon.layer.Softmax;
import dev.gnomon.layer.SymbolicTensor;
import dev.gnomon.model.Model;
import org.jspecify.annotations.Nullable;

/// What is at the end of a model.
final class Heads {
    private Heads() {}

    /// The activation that an output has gone through last, or null where that cannot be told.
    static @Nullable Activation activation(SymbolicTensor output) {
        if (output.source() == null) {
            return null;
        }
        return switch (output.source().layer()) {
            case KernelLayer<?> layer -> layer.settings().activation();
            case ActivationLayer(var activation) -> activation;
            case Softmax _ -> Activation.SOFTMAX;
            case ReLU _ -> Activation.RELU;
            case Dropout _, Flatten _, Reshape _ -> activation(output.inputs().getFirst());
            case Model inner -> activation(inner.outputs().getFirst());
            default -> null;
        };
    }

    /// Whether a dropout comes behind the last layer with weights.
    static boolean endsInDropout(SymbolicTensor output) {
        if (output.source() == null) {
            return false;
        }
        Layer layer = output.source().layer();
        if (layer instanceof Flatten
                || layer instanceof Reshape
                || layer instanceof ActivationLayer) {
            return endsInDropout(output.inputs().getFirst());
        }
        return layer instanceof Dropout(double rate) && rate > 0;
    }
}
