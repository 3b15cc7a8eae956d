package dev.gnomon.metric;

import dev.gnomon.graph.Value;
import dev.gnomon.loss.LabelForm;
import dev.gnomon.loss.Loss;

/// The mean of a loss. Keras has a metric of the same class name for most losses.
///
/// @param name the name in logs; that of the loss by default
/// @param loss the loss
public record LossMetric(String name, Loss loss) implements Metric {
    public LossMetric(Loss loss) {
        this(loss.name(), loss);
    }

    @Override
    public LabelForm labels() {
        return loss.labels();
    }

    @Override
    public Value build(Value truth, Value prediction) {
        return loss.build(truth, prediction);
    }
}
