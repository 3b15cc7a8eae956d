package dev.gnomon.metric;

import dev.gnomon.graph.Value;
import dev.gnomon.loss.MeanSquaredError;

/// The root of the mean of `(label - prediction)²`.
///
/// @param name the name in logs; `root_mean_squared_error` by default
public record RootMeanSquaredError(String name) implements Metric {
    public RootMeanSquaredError() {
        this("root_mean_squared_error");
    }

    @Override
    public Value build(Value truth, Value prediction) {
        return new MeanSquaredError().build(truth, prediction);
    }

    @Override
    public double result(double sum, double weight) {
        return Math.sqrt(Metric.super.result(sum, weight));
    }
}
