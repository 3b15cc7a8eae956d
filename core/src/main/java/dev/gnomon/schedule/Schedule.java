package dev.gnomon.schedule;

import dev.gnomon.graph.Value;

/// A learning rate as a function of the number of optimizer steps done before (0 for the first). It is computed in
/// float32, inside the step.
public interface Schedule {
    /// The learning rate as a scalar.
    Value build(Value iteration);
}
