package dev.gnomon.kernel;

/// Where a buffer lies.
public enum Region {
    /// The model's parameters and state.
    PARAMETERS,
    /// Constants and packed weights of a plan.
    CONSTANTS,
    /// The workspace of one run, seen by all workers.
    SHARED,
    /// Scratch of one worker.
    LOCAL
}
