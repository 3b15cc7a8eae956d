package dev.gnomon.metric;

import dev.gnomon.graph.Value;
import dev.gnomon.loss.LabelForm;
import dev.gnomon.loss.Labels;

/// How often the largest prediction is that of the label's class, for labels that are class numbers.
///
/// @param name the name in logs; `sparse_categorical_accuracy` by default
public record SparseCategoricalAccuracy(String name) implements Metric {
    public SparseCategoricalAccuracy() {
        this("sparse_categorical_accuracy");
    }

    @Override
    public LabelForm labels() {
        return LabelForm.CLASS_NUMBER;
    }

    @Override
    public Value build(Value truth, Value prediction) {
        return Labels.classes(name, truth, prediction).equal(prediction.argMax());
    }
}
