package dev.gnomon.metric;

import dev.gnomon.graph.Value;
import dev.gnomon.loss.LabelForm;

/// A running figure: a weighted mean of one value per sample, and a last step on that mean.
public interface Metric {
    /// The name under which it is logged, such as `accuracy`.
    String name();

    /// One value per sample (and place) from labels and predictions.
    Value build(Value truth, Value prediction);

    /// The figure from the weighted sum of all values seen and the sum of their weights.
    default double result(double sum, double weight) {
        return weight == 0 ? 0 : sum / weight;
    }

    default LabelForm labels() {
        return LabelForm.SAME_AS_PREDICTION;
    }
}
