package dev.gnomon.loss;

import dev.gnomon.graph.Op.ReduceKind;
import dev.gnomon.graph.Value;

/// The negative cosine of the angle between label and prediction along the last axis: -1 where they point the same way.
/// A vector of norm 0 gives 0.
public record CosineSimilarity() implements Loss {
    /// Keras's epsilon, squared: the smallest sum of squares that divides.
    private static final double SMALLEST = 1e-14;

    @Override
    public String name() {
        return "cosine_similarity";
    }

    @Override
    public Value build(Value truth, Value prediction) {
        Labels.Pair pair = Labels.alike(name(), truth, prediction);
        return unit(pair.truth()).mul(unit(pair.prediction())).sum(-1).neg();
    }

    private static Value unit(Value x) {
        return x.div(x.square().reduce(ReduceKind.SUM, true, -1).max(SMALLEST).sqrt());
    }
}
