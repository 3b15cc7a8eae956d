package dev.gnomon.metric;

import dev.gnomon.graph.Value;
import dev.gnomon.loss.LabelForm;
import dev.gnomon.tensor.Shape;

/// Keras's word "accuracy": binary for one output, sparse where labels are class numbers, else categorical. It is saved
/// as the word.
///
/// @param name the word it was given by, `accuracy` or `acc`; also the name in logs
public record AutoAccuracy(String name) implements Metric {
    @Override
    public LabelForm labels() {
        return LabelForm.EITHER;
    }

    @Override
    public Value build(Value truth, Value prediction) {
        return resolve(truth.shape(), prediction.shape()).build(truth, prediction);
    }

    /// The metric that the word means for labels and predictions of these shapes.
    public Metric resolve(Shape labels, Shape prediction) {
        int last = prediction.last();
        if (last == 1) {
            return new BinaryAccuracy(name, 0.5);
        }
        if (labels.rank() < prediction.rank() || labels.last() == 1) {
            return new SparseCategoricalAccuracy(name);
        }
        return new CategoricalAccuracy(name);
    }
}
