package dev.gnomon.cli;

import dev.gnomon.check.DataException;
import dev.gnomon.data.Column;
import dev.gnomon.tensor.Tensor;

/// Classes in predictions and in labels.
final class Classes {
    private Classes() {}

    /// The class of a label, which is its number or a one-hot row.
    static int label(Column labels, int row, int classes) {
        int found = 0;
        if (labels.sampleElements() == 1) {
            found = labels.intAt(row);
        } else {
            for (int i = 1; i < labels.sampleElements(); i++) {
                found = labels.valueAt(row, i) > labels.valueAt(row, found) ? i : found;
            }
        }
        if (found < 0 || found >= classes) {
            throw new DataException(
                    "Row "
                            + row
                            + " of the labels holds class "
                            + found
                            + ", but the model has "
                            + classes
                            + " classes.");
        }
        return found;
    }

    /// The class with the largest value in a row.
    static int likeliest(Tensor predictions, int row) {
        int count = predictions.shape().last();
        int best = 0;
        for (int i = 1; i < count; i++) {
            if (predictions.values()[row * count + i] > predictions.values()[row * count + best]) {
                best = i;
            }
        }
        return best;
    }

    /// Puts the softmax in the place of each row that holds scores.
    static void scoresToProbabilities(Tensor rows) {
        float[] values = rows.values();
        int count = rows.shape().last();
        for (int from = 0; from < values.length; from += count) {
            if (!isProbability(values, from, count)) {
                softmax(values, from, count);
            }
        }
    }

    private static void softmax(float[] values, int from, int count) {
        double most = Double.NEGATIVE_INFINITY;
        for (int i = from; i < from + count; i++) {
            most = Math.max(most, values[i]);
        }
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += Math.exp(values[i] - most);
        }
        for (int i = from; i < from + count; i++) {
            values[i] = (float) (Math.exp(values[i] - most) / sum);
        }
    }

    /// Whether values from a place on are probabilities of several classes.
    static boolean isProbability(float[] values, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            if (values[i] < 0) {
                return false;
            }
            sum += values[i];
        }
        return count > 1 && Math.abs(sum - 1) < 1e-3;
    }
}
