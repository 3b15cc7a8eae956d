package dev.gnomon.loss;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Op;
import dev.gnomon.graph.Value;
import org.jspecify.annotations.Nullable;

/// Finds the scores from before a softmax or sigmoid, so that its logarithm is computed without loss, as Keras does on
/// TensorFlow and JAX.
final class Logits {
    /// Keras's epsilon: probabilities are clipped to this far from 0 and 1.
    private static final double EPSILON = 1e-7;

    private Logits() {}

    /// The scores behind a softmax; the value itself if it is said to be scores; else null.
    static @Nullable Value ofSoftmax(Value prediction, boolean fromLogits) {
        if (prediction.op() instanceof Op.Softmax) {
            return prediction.inputs().getFirst();
        }
        return fromLogits ? prediction : null;
    }

    /// The same for a sigmoid.
    static @Nullable Value ofSigmoid(Value prediction, boolean fromLogits) {
        if (prediction.op() instanceof Op.Unary(var function)
                && function == Op.UnaryFunction.SIGMOID) {
            return prediction.inputs().getFirst();
        }
        return fromLogits ? prediction : null;
    }

    static Value clip(Value probabilities) {
        return probabilities.clip(EPSILON, 1 - EPSILON);
    }

    static void checkSmoothing(String loss, double labelSmoothing) {
        Check.config(
                labelSmoothing >= 0 && labelSmoothing <= 1,
                "%s: labelSmoothing must be within 0 and 1, but is %s.",
                loss,
                labelSmoothing);
    }
}
