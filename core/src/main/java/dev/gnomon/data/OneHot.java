package dev.gnomon.data;

import static dev.gnomon.check.Check.config;

import dev.gnomon.check.DataException;

/// Class numbers as rows with a 1 at the class and 0 elsewhere.
final class OneHot {
    private OneHot() {}

    static Column of(Column labels, int classes) {
        config(classes >= 1, "Dataset.oneHot: classes must be at least 1, but is %d.", classes);
        config(
                labels.sampleElements() == 1,
                "Dataset.oneHot: each sample must have one class number, but the labels are %s.",
                labels.shape());
        float[] rows = new float[Math.multiplyExact(labels.rows(), classes)];
        for (int row = 0; row < labels.rows(); row++) {
            double label = labels.valueAt(row, 0);
            if (!(label >= 0 && label < classes && label == Math.rint(label))) {
                throw new DataException(
                        "Dataset.oneHot: the label of row "
                                + row
                                + " is "
                                + label
                                + ", but classes are whole numbers from 0 to "
                                + (classes - 1)
                                + ". Count classes from 0, or say how many there are.");
            }
            rows[row * classes + (int) label] = 1;
        }
        return Column.of(rows, labels.rows(), classes);
    }
}
