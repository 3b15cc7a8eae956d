package dev.gnomon.loss;

import dev.gnomon.graph.Value;

/// `-label · log(p) - (1 - label) · log(1 - p)`, the mean over the last axis.
///
/// | | shape |
/// |---|---|
/// | labels | `[batch, …, outputs]`, or `[batch]` for one output |
/// | predictions | `[batch, …, outputs]` |
///
/// Behind a sigmoid it computes from the scores before it, without loss. Other probabilities are clipped to
/// `[1e-7, 1 - 1e-7]`.
///
/// @param fromLogits whether predictions are scores, to which no sigmoid was applied; false by default, as in Keras
/// @param labelSmoothing how far labels move from 0 and 1 towards one half, 0 to 1; 0 by default
public record BinaryCrossentropy(boolean fromLogits, double labelSmoothing) implements Loss {
    public BinaryCrossentropy {
        Logits.checkSmoothing("BinaryCrossentropy", labelSmoothing);
    }

    public BinaryCrossentropy() {
        this(false);
    }

    public BinaryCrossentropy(boolean fromLogits) {
        this(fromLogits, 0);
    }

    public BinaryCrossentropy withFromLogits(boolean fromLogits) {
        return new BinaryCrossentropy(fromLogits, labelSmoothing);
    }

    public BinaryCrossentropy withLabelSmoothing(double labelSmoothing) {
        return new BinaryCrossentropy(fromLogits, labelSmoothing);
    }

    @Override
    public String name() {
        return "binary_crossentropy";
    }

    @Override
    public Value build(Value truth, Value prediction) {
        Labels.Pair pair = Labels.alike(name(), truth, prediction);
        Value labels = pair.truth();
        if (labelSmoothing > 0) {
            labels = labels.mul(1 - labelSmoothing).add(0.5 * labelSmoothing);
        }
        Value p = pair.prediction();
        Value logits = Logits.ofSigmoid(p, fromLogits);
        return Labels.lastMean(
                logits == null ? ofProbabilities(labels, p) : ofLogits(labels, logits));
    }

    /// `relu(x) - x · label + log(1 + exp(-|x|))`, with `-|x|` as `x - 2 relu(x)`, whose gradient at 0 is the right one.
    private static Value ofLogits(Value labels, Value x) {
        Value positive = x.relu();
        Value rest = x.sub(positive.mul(2)).exp().log1p();
        return positive.sub(x.mul(labels)).add(rest);
    }

    private static Value ofProbabilities(Value labels, Value probabilities) {
        Value p = Logits.clip(probabilities);
        Value one = p.graph().constant(1);
        Value hit = labels.mul(p.log());
        return hit.add(one.sub(labels).mul(one.sub(p).log())).neg();
    }
}
