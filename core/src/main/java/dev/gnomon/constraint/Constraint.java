package dev.gnomon.constraint;

import dev.gnomon.graph.Value;

/// What a weight is projected to after each update.
public interface Constraint {
    Value build(Value weight);
}
