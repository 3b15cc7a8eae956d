package dev.gnomon.loss;

import dev.gnomon.graph.Value;

/// `-log(p[class])` for labels that are class numbers.
///
/// | | shape |
/// |---|---|
/// | labels | `[batch, …]` or `[batch, …, 1]`, numbers from 0 |
/// | predictions | `[batch, …, classes]` |
///
/// Behind a softmax it computes from the scores before it, without loss. Other probabilities are clipped to
/// `[1e-7, 1 - 1e-7]` and then normalized.
///
/// @param fromLogits whether predictions are scores, to which no softmax was applied; false by default, as in Keras
public record SparseCategoricalCrossentropy(boolean fromLogits) implements Loss {
    public SparseCategoricalCrossentropy() {
        this(false);
    }

    public SparseCategoricalCrossentropy withFromLogits(boolean fromLogits) {
        return new SparseCategoricalCrossentropy(fromLogits);
    }

    @Override
    public String name() {
        return "sparse_categorical_crossentropy";
    }

    @Override
    public LabelForm labels() {
        return LabelForm.CLASS_NUMBER;
    }

    @Override
    public Value build(Value truth, Value prediction) {
        Value classes = Labels.classes(name(), truth, prediction);
        Value logits = Logits.ofSoftmax(prediction, fromLogits);
        if (logits == null) {
            logits = Logits.clip(prediction).log();
        }
        return logits.logSoftmax().gatherClass(classes).neg();
    }
}
