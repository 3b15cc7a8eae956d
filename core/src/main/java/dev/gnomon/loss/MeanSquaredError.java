package dev.gnomon.loss;

import dev.gnomon.graph.Value;

/// `(label - prediction)²`, the mean over the last axis.
public record MeanSquaredError() implements Loss {
    @Override
    public String name() {
        return "mean_squared_error";
    }

    @Override
    public Value build(Value truth, Value prediction) {
        Labels.Pair pair = Labels.alike(name(), truth, prediction);
        return Labels.lastMean(pair.truth().sub(pair.prediction()).square());
    }
}
