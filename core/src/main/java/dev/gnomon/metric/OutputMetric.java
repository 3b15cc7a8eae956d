package dev.gnomon.metric;

import org.jspecify.annotations.Nullable;

/// A metric of one output of a model.
///
/// @param output the output's name, or null for every output
/// @param metric the metric
public record OutputMetric(@Nullable String output, Metric metric) {}
