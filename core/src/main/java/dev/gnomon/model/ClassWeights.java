package dev.gnomon.model;

import dev.gnomon.check.Check;
import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import java.util.Map;

/// Makes weights of samples from weights of their classes.
final class ClassWeights {
    private ClassWeights() {}

    /// The data with a weight for each sample, that of its class; 1 for classes without one.
    static Dataset apply(Dataset data, Map<Integer, Double> weights) {
        if (weights.isEmpty()) {
            return data;
        }
        Check.config(
                data.sampleWeight() == null && data.sampleWeights().isEmpty(),
                "Fit: there are sample weights in the data and a classWeight too; give one of them.");
        Check.config(
                data.targets().size() == 1,
                "Fit: classWeight is for data with one target, but there are %d: %s. Give the data sample weights"
                        + " instead.",
                data.targets().size(),
                data.targets().keySet());
        Column labels = data.labels();
        float[] values = new float[data.size()];
        for (int row = 0; row < values.length; row++) {
            values[row] = (float) (double) weights.getOrDefault(classOf(labels, row), 1.0);
        }
        return data.withSampleWeight(Column.of(values, values.length));
    }

    /// The class of a sample: its label as a number, or the place of the largest where there are several.
    private static int classOf(Column labels, int row) {
        if (labels.sampleElements() == 1) {
            return (int) Math.rint(labels.valueAt(row, 0));
        }
        int largest = 0;
        for (int i = 1; i < labels.sampleElements(); i++) {
            if (labels.valueAt(row, i) > labels.valueAt(row, largest)) {
                largest = i;
            }
        }
        return largest;
    }
}
