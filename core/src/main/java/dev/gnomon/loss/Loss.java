package dev.gnomon.loss;

import dev.gnomon.graph.Value;
import java.util.function.BinaryOperator;

/// How far a prediction is from the truth: one value per sample (and per place, where the prediction has more axes than
/// one per sample). Weighting, the mean over the batch and loss weights are the framework's.
public interface Loss {
    /// The name in Keras's form, such as `mean_squared_error`.
    String name();

    /// The losses from labels and predictions: `[batch]`, or `[batch, places...]`.
    Value build(Value truth, Value prediction);

    /// Which labels fit predictions of a shape; checked before the first batch.
    default LabelForm labels() {
        return LabelForm.SAME_AS_PREDICTION;
    }

    /// An own loss from a formula; the name is what it is saved under. The labels have the shape of the predictions: a
    /// last axis of 1 that they lack is added.
    static Loss of(String name, BinaryOperator<Value> formula) {
        return new NamedLoss(name, formula);
    }
}
