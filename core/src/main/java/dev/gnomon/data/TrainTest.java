package dev.gnomon.data;

/// A data set as it is handed out: one part to train on, one to test with.
///
/// @param train the samples to train on, and to take validation samples from
/// @param test the samples to test with
public record TrainTest(Dataset train, Dataset test) {}
