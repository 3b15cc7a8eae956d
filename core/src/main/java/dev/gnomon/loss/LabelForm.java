package dev.gnomon.loss;

/// What labels look like.
public enum LabelForm {
    /// One value for each predicted value: one-hot rows, or numbers.
    SAME_AS_PREDICTION,
    /// A class number for each row of predicted probabilities: `[batch]` or `[batch, 1]` for `[batch, classes]`.
    CLASS_NUMBER
}
