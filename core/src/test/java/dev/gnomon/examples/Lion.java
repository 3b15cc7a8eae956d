package dev.gnomon.examples;

import dev.gnomon.graph.Value;
import dev.gnomon.optimizer.LearningRate;
import dev.gnomon.optimizer.Optimizer;
import dev.gnomon.optimizer.OptimizerOptions;
import java.util.List;

/// Steps of one size: `w -= rate · sign(beta1 · m + (1 - beta1) · g)`, then `m = beta2 · m + (1 - beta2) · g`.
///
/// Chen et al., 2023.
///
/// @param learningRate 1e-3 by default, as in Keras
/// @param beta1 how much of the running mean decides; 0.9 by default
/// @param beta2 how much of the running mean is kept; 0.99 by default
/// @param options options that every optimizer has
public record Lion(LearningRate learningRate, double beta1, double beta2, OptimizerOptions options)
        implements Optimizer {
    public Lion(double learningRate) {
        this(LearningRate.of(learningRate), 0.9, 0.99, OptimizerOptions.NONE);
    }

    @Override
    public List<List<Slot>> slotGroups() {
        return List.of(List.of(Slot.of("momentum")));
    }

    @Override
    public Update step(
            Value weight, Value gradient, List<Value> slots, Value rate, Value iteration) {
        Value m = slots.getFirst();
        Value way = m.mul(beta1).add(gradient.mul(1 - beta1)).sign();
        Value mean = m.mul(beta2).add(gradient.mul(1 - beta2));
        return new Update(weight.sub(way.mul(rate)), List.of(mean));
    }
}
