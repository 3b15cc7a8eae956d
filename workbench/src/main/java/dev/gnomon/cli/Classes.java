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

    /// The probabilities that an output tells of: itself, or the softmax where it holds scores.
    static float[] probabilities(float[] told) {
        if (isProbability(told, 0, told.length)) {
            return told;
        }
        double most = Double.NEGATIVE_INFINITY;
        for (float score : told) {
            most = Math.max(most, score);
        }
        float[] probabilities = new float[told.length];
        double sum = 0;
        for (int i = 0; i < told.length; i++) {
            probabilities[i] = (float) Math.exp(told[i] - most);
            sum += probabilities[i];
        }
        for (int i = 0; i < told.length; i++) {
            probabilities[i] = (float) (probabilities[i] / sum);
        }
        return probabilities;
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
