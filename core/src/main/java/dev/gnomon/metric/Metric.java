package dev.gnomon.metric;

import dev.gnomon.graph.Value;
import dev.gnomon.loss.LabelForm;
import java.util.function.BinaryOperator;

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

    /// An own metric from a formula; the name is also what it is saved under. The labels have the shape of the
    /// predictions: a last axis of 1 that they lack is added.
    static Metric of(String name, BinaryOperator<Value> formula) {
        return new NamedMetric(name, formula);
    }
}
