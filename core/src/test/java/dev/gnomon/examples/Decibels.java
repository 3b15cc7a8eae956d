package dev.gnomon.examples;

import dev.gnomon.graph.Value;
import dev.gnomon.loss.Labels;
import dev.gnomon.metric.Metric;

/// The mean squared error in decibels.
///
/// @param name the name in logs
public record Decibels(String name) implements Metric {
    public Decibels() {
        this("decibels");
    }

    @Override
    public Value build(Value truth, Value prediction) {
        var pair = Labels.alike(name, truth, prediction);
        return Labels.lastMean(pair.prediction().sub(pair.truth()).square());
    }

    @Override
    public double result(double sum, double weight) {
        return 10 * Math.log10(sum / weight);
    }
}
