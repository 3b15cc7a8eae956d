package dev.gnomon.train;

/// Which way a figure is better.
public enum Mode {
    /// Less is better for losses and errors, more for accuracies and scores, told by the name.
    AUTO,
    MIN,
    MAX
}
