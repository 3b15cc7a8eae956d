package dev.gnomon.kernel.reference;

import dev.gnomon.graph.Op.PoolKind;
import dev.gnomon.graph.Op.Window;
import dev.gnomon.tensor.Shape;
import java.util.Arrays;

/// Pooling and its gradients; the padding never counts.
final class PoolingReference {
    private PoolingReference() {}

    static double[] pool(PoolKind kind, Window window, Shape x, Shape y, double[] input) {
        return switch (kind) {
            case MAX -> max(window, x, y, input);
            case AVERAGE -> average(window, x, y, input);
        };
    }

    static double[] gradient(
            PoolKind kind, Window window, Shape x, Shape y, double[] input, double[] gradient) {
        return switch (kind) {
            case MAX -> maxGradient(window, x, y, input, gradient);
            case AVERAGE -> averageGradient(window, x, y, gradient);
        };
    }

    private static double[] max(Window window, Shape x, Shape y, double[] input) {
        int[] first = firstOfLargest(window, x, y, input);
        double[] output = new double[first.length];
        for (int i = 0; i < first.length; i++) {
            output[i] = first[i] < 0 ? Double.NEGATIVE_INFINITY : input[first[i]];
        }
        return output;
    }

    private static double[] maxGradient(
            Window window, Shape x, Shape y, double[] input, double[] gradient) {
        int[] first = firstOfLargest(window, x, y, input);
        double[] result = new double[input.length];
        for (int i = 0; i < first.length; i++) {
            if (first[i] >= 0) {
                result[first[i]] += gradient[i];
            }
        }
        return result;
    }

    /// For each window the position of its largest element, the first of equals in row order; -1 on padding alone.
    private static int[] firstOfLargest(Window window, Shape x, Shape y, double[] input) {
        int[] first = new int[Indexing.size(y)];
        Arrays.fill(first, -1);
        visit(
                window,
                x,
                y,
                (inX, inY) -> {
                    if (first[inY] < 0 || input[inX] > input[first[inY]]) {
                        first[inY] = inX;
                    }
                });
        return first;
    }

    private static double[] average(Window window, Shape x, Shape y, double[] input) {
        int[] counts = counts(window, x, y);
        double[] output = new double[counts.length];
        visit(window, x, y, (inX, inY) -> output[inY] += input[inX]);
        for (int i = 0; i < counts.length; i++) {
            output[i] /= Math.max(1, counts[i]);
        }
        return output;
    }

    private static double[] averageGradient(Window window, Shape x, Shape y, double[] gradient) {
        int[] counts = counts(window, x, y);
        double[] result = new double[Indexing.size(x)];
        visit(window, x, y, (inX, inY) -> result[inX] += gradient[inY] / counts[inY]);
        return result;
    }

    private static int[] counts(Window window, Shape x, Shape y) {
        int[] counts = new int[Indexing.size(y)];
        visit(window, x, y, (_, inY) -> counts[inY]++);
        return counts;
    }

    /// An element of the input that lies in the window of an element of the output.
    @FunctionalInterface
    private interface Pair {
        void at(int x, int y);
    }

    private static void visit(Window window, Shape x, Shape y, Pair pair) {
        int channels = x.dim(3);
        Places.visit(
                window,
                x,
                y,
                (sample, row, column, _, _, outRow, outColumn) -> {
                    int inX = ((sample * x.dim(1) + row) * x.dim(2) + column) * channels;
                    int inY = ((sample * y.dim(1) + outRow) * y.dim(2) + outColumn) * channels;
                    for (int c = 0; c < channels; c++) {
                        pair.at(inX + c, inY + c);
                    }
                });
    }
}
