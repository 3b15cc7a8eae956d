package dev.gnomon.layer;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;
import java.util.stream.IntStream;

/// Checks and steps that several layers share.
final class Inputs {
    private Inputs() {}

    static void image(Value x) {
        Check.shape(
                x.shape().rank() == 4,
                "The input must be images [batch, height, width, channels]; add a missing axis with"
                        + " Reshape.");
    }

    static void features(Value x) {
        Check.shape(
                x.shape().rank() >= 2,
                "The input must have a last axis of features, [batch, …, features]; add it with"
                        + " Reshape.");
    }

    /// Checks that an axis is the last one.
    static void last(int axis, Value x) {
        int rank = x.shape().rank();
        Check.shape(
                axis == -1 || axis == rank - 1,
                "Only the last axis (-1) is supported, but axis is %d.",
                axis);
    }

    /// All axes but the last, the batch included.
    static int[] allButLast(Value x) {
        return IntStream.range(0, x.shape().rank() - 1).toArray();
    }
}
