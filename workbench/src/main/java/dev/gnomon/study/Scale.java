package dev.gnomon.study;

/// How much a study does.
public enum Scale {
    /// All forms, little data, short trainings: a few minutes.
    QUICK,

    /// What shows the differences: within the hour.
    DEFAULT,

    /// As much as the question asks for.
    FULL
}
