package dev.gnomon.model;

import dev.gnomon.tensor.Shape;
import java.util.Map;
import java.util.Set;

/// What data bring to the losses and metrics of a model. Kept by its owner as the same object, since plans are found by it.
///
/// @param labels the shape of each output's labels, batched
/// @param weighted the outputs whose samples have weights
record Targets(Map<String, Shape> labels, Set<String> weighted) {
    static final Targets NONE = new Targets(Map.of(), Set.of());

    /// What the names of labels among a graph's inputs begin with.
    static final String LABELS = "target/";

    /// What the names of sample weights among a graph's inputs begin with.
    static final String WEIGHTS = "sample_weight/";

    Targets {
        labels = Map.copyOf(labels);
        weighted = Set.copyOf(weighted);
    }
}
