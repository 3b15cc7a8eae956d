package dev.gnomon.lint;

import dev.gnomon.activation.Activation;
import dev.gnomon.data.Dataset;
import dev.gnomon.layer.ActivationLayer;
import dev.gnomon.layer.KernelLayer;
import dev.gnomon.layer.Layer;
import dev.gnomon.layer.ReLU;
import dev.gnomon.model.Model;
import dev.gnomon.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Looks for rectifiers that give 0 for every sample: no gradient passes through them, and they stay so.
final class DeadUnits {
    private static final int SAMPLES = 64;

    private DeadUnits() {}

    /// The first layer whose rectifier is dead, in words, or null. Runs the model on some samples.
    static @Nullable String find(Model model, @Nullable Dataset data) {
        if (data == null || data.size() == 0 || model.inputs().size() != 1) {
            return null;
        }
        var samples = data.take(Math.min(SAMPLES, data.size())).images();
        for (Model.NamedEntry entry : model.layers()) {
            if (isRectifier(entry.layer())) {
                try (Model cut = model.upTo(entry.name())) {
                    if (isZero(cut.predict(samples))) {
                        return "the rectifier of \"" + entry.name() + "\" gives 0 for every sample";
                    }
                }
            }
        }
        return null;
    }

    static String sentence(String what) {
        return Character.toUpperCase(what.charAt(0))
                + what.substring(1)
                + ", so that no gradient passes it and it stays so. Lower the learning rate, scale the input, or use"
                + " HeNormal first weights or LEAKY_RELU.";
    }

    private static boolean isRectifier(Layer layer) {
        return switch (layer) {
            case KernelLayer<?> kernel -> isRelu(kernel.settings().activation());
            case ActivationLayer(var activation) -> isRelu(activation);
            case ReLU _ -> true;
            default -> false;
        };
    }

    private static boolean isRelu(Activation activation) {
        return activation.equals(Activation.RELU);
    }

    private static boolean isZero(Tensor values) {
        for (float value : values.values()) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }
}
