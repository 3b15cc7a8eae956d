package dev.gnomon.loss;

import dev.gnomon.graph.Op.ReduceKind;
import dev.gnomon.graph.Value;

/// `-sum(label · log(p))` for labels that are probabilities, such as one-hot rows.
///
/// | | shape |
/// |---|---|
/// | labels | `[batch, …, classes]` |
/// | predictions | `[batch, …, classes]` |
///
/// Behind a softmax it computes from the scores before it, without loss. Other probabilities are normalized to sum 1 and
/// then clipped to `[1e-7, 1 - 1e-7]`.
///
/// @param fromLogits whether predictions are scores, to which no softmax was applied; false by default, as in Keras
/// @param labelSmoothing the part of each label that is spread evenly over all classes, 0 to 1; 0 by default
public record CategoricalCrossentropy(boolean fromLogits, double labelSmoothing) implements Loss {
    public CategoricalCrossentropy {
        Logits.checkSmoothing("CategoricalCrossentropy", labelSmoothing);
    }

    public CategoricalCrossentropy() {
        this(false);
    }

    public CategoricalCrossentropy(boolean fromLogits) {
        this(fromLogits, 0);
    }

    public CategoricalCrossentropy withFromLogits(boolean fromLogits) {
        return new CategoricalCrossentropy(fromLogits, labelSmoothing);
    }

    public CategoricalCrossentropy withLabelSmoothing(double labelSmoothing) {
        return new CategoricalCrossentropy(fromLogits, labelSmoothing);
    }

    @Override
    public String name() {
        return "categorical_crossentropy";
    }

    @Override
    public Value build(Value truth, Value prediction) {
        Labels.Pair pair = Labels.alike(name(), truth, prediction);
        Value labels = pair.truth();
        if (labelSmoothing > 0) {
            int classes = labels.shape().last();
            labels = labels.mul(1 - labelSmoothing).add(labelSmoothing / classes);
        }
        return labels.mul(logarithm(pair.prediction())).sum(-1).neg();
    }

    private Value logarithm(Value prediction) {
        Value logits = Logits.ofSoftmax(prediction, fromLogits);
        if (logits != null) {
            return logits.logSoftmax();
        }
        return Logits.clip(prediction.div(prediction.reduce(ReduceKind.SUM, true, -1))).log();
    }
}
