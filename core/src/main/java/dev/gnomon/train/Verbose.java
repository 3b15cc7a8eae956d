package dev.gnomon.train;

/// What `fit` prints to standard output; Keras calls them 0, 1 and 2.
public enum Verbose {
    /// Nothing.
    SILENT,
    /// A bar for each epoch, drawn anew with each batch. For terminals.
    BAR,
    /// A line for each epoch.
    LINES
}
