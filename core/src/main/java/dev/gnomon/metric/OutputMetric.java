package dev.gnomon.metric;

import org.jspecify.annotations.Nullable;

/// A metric of one output of a model.
///
/// @param output the output's name, or null for every output
/// @param metric the metric
/// @param weighted whether samples count by their weights; false by default, as for Keras's `metrics`
public record OutputMetric(@Nullable String output, Metric metric, boolean weighted) {
    public OutputMetric(@Nullable String output, Metric metric) {
        this(output, metric, false);
    }
}
