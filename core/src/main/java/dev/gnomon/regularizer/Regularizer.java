package dev.gnomon.regularizer;

import dev.gnomon.graph.Value;

/// A penalty: one number that is added to the loss.
public interface Regularizer {
    Value build(Value weight);
}
