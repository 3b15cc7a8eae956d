package dev.gnomon.optimizer;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;
import dev.gnomon.schedule.Schedule;
import java.util.List;

/// Gradient descent: `w -= rate · g`. With momentum `m = momentum · m - rate · g` and `w += m`; with Nesterov's
/// `w += momentum · m - rate · g`, the new `m`.
///
/// @param learningRate 0.01 by default, as in Keras
/// @param momentum how much of the last step is kept, 0 to 1; 0 by default
/// @param nesterov whether the gradient is taken as if the next step were done; false by default
/// @param options options that every optimizer has
public record SGD(
        LearningRate learningRate, double momentum, boolean nesterov, OptimizerOptions options)
        implements BuiltIn<SGD> {
    public SGD {
        Check.config(
                momentum >= 0 && momentum <= 1,
                "SGD: momentum must be within 0 and 1, but is %s.",
                momentum);
    }

    public SGD() {
        this(0.01);
    }

    public SGD(double learningRate) {
        this(LearningRate.of(learningRate), 0, false, OptimizerOptions.NONE);
    }

    public SGD(Schedule schedule) {
        this(LearningRate.of(schedule), 0, false, OptimizerOptions.NONE);
    }

    public SGD withMomentum(double momentum) {
        return new SGD(learningRate, momentum, nesterov, options);
    }

    public SGD withNesterov(boolean nesterov) {
        return new SGD(learningRate, momentum, nesterov, options);
    }

    @Override
    public SGD withLearningRate(LearningRate learningRate) {
        return new SGD(learningRate, momentum, nesterov, options);
    }

    @Override
    public SGD withOptions(OptimizerOptions options) {
        return new SGD(learningRate, momentum, nesterov, options);
    }

    @Override
    public List<List<Slot>> slotGroups() {
        return momentum == 0 ? List.of() : List.of(List.of(Slot.of("momentum")));
    }

    @Override
    public Update step(
            Value weight, Value gradient, List<Value> slots, Value rate, Value iteration) {
        Value pull = gradient.mul(rate);
        if (momentum == 0) {
            return new Update(weight.sub(pull), List.of());
        }
        Value m = slots.getFirst().mul(momentum).sub(pull);
        Value change = nesterov ? m.mul(momentum).sub(pull) : m;
        return new Update(weight.add(change), List.of(m));
    }
}
