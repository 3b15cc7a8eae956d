package dev.gnomon.kernel.reference;

import dev.gnomon.graph.Op.ReduceKind;
import dev.gnomon.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/// Sums, means, maxima and minima over axes.
final class ReductionReference {
    private ReductionReference() {}

    static double[] reduce(ReduceKind kind, List<Integer> axes, Shape x, double[] input) {
        Shape kept = x;
        for (int axis : axes) {
            kept = kept.withDim(axis, 1);
        }
        int[] target = Indexing.offsets(x, Indexing.broadcastStrides(kept, x));
        double[] output = new double[Indexing.size(kept)];
        Arrays.fill(output, start(kind));
        for (int i = 0; i < input.length; i++) {
            output[target[i]] = combine(kind, output[target[i]], input[i]);
        }
        if (kind == ReduceKind.MEAN) {
            for (int i = 0; i < output.length; i++) {
                output[i] /= (double) input.length / output.length;
            }
        }
        return output;
    }

    private static double start(ReduceKind kind) {
        return switch (kind) {
            case SUM, MEAN -> 0;
            case MAX -> Double.NEGATIVE_INFINITY;
            case MIN -> Double.POSITIVE_INFINITY;
        };
    }

    private static double combine(ReduceKind kind, double a, double b) {
        return switch (kind) {
            case SUM, MEAN -> a + b;
            case MAX -> Math.max(a, b);
            case MIN -> Math.min(a, b);
        };
    }
}
