package dev.gnomon.model;

import dev.gnomon.loss.Losses;
import dev.gnomon.metric.Metrics;
import dev.gnomon.optimizer.Optimizer;

/// What a model was compiled with.
public record Compiled(Optimizer optimizer, Losses losses, Metrics metrics) {}
