package dev.gnomon.kernel.reference;

import dev.gnomon.check.DataException;

/// Ops over the last axis, whose elements stand for classes.
final class ClassReference {
    private ClassReference() {}

    /// A class number that is no whole number from 0 to `depth - 1` gives zeros.
    static double[] oneHot(int depth, double[] labels) {
        double[] output = new double[labels.length * depth];
        for (int row = 0; row < labels.length; row++) {
            for (int i = 0; i < depth; i++) {
                output[row * depth + i] = labels[row] == i ? 1 : 0;
            }
        }
        return output;
    }

    static double[] gather(int classes, double[] scores, double[] labels) {
        double[] output = new double[labels.length];
        for (int row = 0; row < labels.length; row++) {
            output[row] = scores[row * classes + index(labels[row], classes)];
        }
        return output;
    }

    static double[] rank(int classes, double[] scores, double[] labels) {
        double[] output = new double[labels.length];
        for (int row = 0; row < labels.length; row++) {
            double chosen = scores[row * classes + index(labels[row], classes)];
            for (int i = 0; i < classes; i++) {
                output[row] += scores[row * classes + i] > chosen ? 1 : 0;
            }
        }
        return output;
    }

    static double[] argMax(int classes, double[] scores) {
        double[] output = new double[scores.length / classes];
        for (int row = 0; row < output.length; row++) {
            int best = 0;
            for (int i = 1; i < classes; i++) {
                best = scores[row * classes + i] > scores[row * classes + best] ? i : best;
            }
            output[row] = best;
        }
        return output;
    }

    static double[] softmax(int classes, double[] scores) {
        double[] output = logSoftmax(classes, scores);
        for (int i = 0; i < output.length; i++) {
            output[i] = Math.exp(output[i]);
        }
        return output;
    }

    static double[] logSoftmax(int classes, double[] scores) {
        double[] output = new double[scores.length];
        for (int begin = 0; begin < scores.length; begin += classes) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int i = begin; i < begin + classes; i++) {
                largest = Math.max(largest, scores[i]);
            }
            double sum = 0;
            for (int i = begin; i < begin + classes; i++) {
                sum += Math.exp(scores[i] - largest);
            }
            for (int i = begin; i < begin + classes; i++) {
                output[i] = scores[i] - largest - Math.log(sum);
            }
        }
        return output;
    }

    private static int index(double label, int classes) {
        int index = (int) label;
        if (index != label || index < 0 || index >= classes) {
            throw new DataException(
                    "A class number must be a whole number from 0 to "
                            + (classes - 1)
                            + ", but is "
                            + label
                            + ".");
        }
        return index;
    }
}
