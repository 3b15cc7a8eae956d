package dev.gnomon.optimizer;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;
import dev.gnomon.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;

/// Gradients divided by their running size: `v = rho · v + (1 - rho) · g²`, `w -= rate · g / sqrt(v + epsilon)`.
///
/// Epsilon is inside the root, unlike in most other frameworks. Centered, the running mean's square is taken off `v` in
/// the root. With momentum the whole change is `m = momentum · m + rate · g / sqrt(…)`.
///
/// @param learningRate 1e-3 by default, as in Keras
/// @param rho how much of the running mean is kept; 0.9 by default
/// @param momentum how much of the last change is kept, 0 to 1; 0 by default
/// @param epsilon 1e-7 by default
/// @param centered whether the variance is used instead of the mean square; false by default
/// @param options options that every optimizer has
public record RMSprop(
        LearningRate learningRate,
        double rho,
        double momentum,
        double epsilon,
        boolean centered,
        OptimizerOptions options)
        implements BuiltIn<RMSprop> {
    public RMSprop {
        Settings.share("RMSprop", "rho", rho);
        Settings.epsilon("RMSprop", epsilon);
        Check.config(
                momentum >= 0 && momentum <= 1,
                "RMSprop: momentum must be within 0 and 1, but is %s.",
                momentum);
    }

    public RMSprop() {
        this(1e-3);
    }

    public RMSprop(double learningRate) {
        this(LearningRate.of(learningRate));
    }

    public RMSprop(Schedule schedule) {
        this(LearningRate.of(schedule));
    }

    private RMSprop(LearningRate learningRate) {
        this(learningRate, 0.9, 0, 1e-7, false, OptimizerOptions.NONE);
    }

    public RMSprop withRho(double rho) {
        return new RMSprop(learningRate, rho, momentum, epsilon, centered, options);
    }

    public RMSprop withMomentum(double momentum) {
        return new RMSprop(learningRate, rho, momentum, epsilon, centered, options);
    }

    public RMSprop withEpsilon(double epsilon) {
        return new RMSprop(learningRate, rho, momentum, epsilon, centered, options);
    }

    public RMSprop withCentered(boolean centered) {
        return new RMSprop(learningRate, rho, momentum, epsilon, centered, options);
    }

    @Override
    public RMSprop withLearningRate(LearningRate learningRate) {
        return new RMSprop(learningRate, rho, momentum, epsilon, centered, options);
    }

    @Override
    public RMSprop withOptions(OptimizerOptions options) {
        return new RMSprop(learningRate, rho, momentum, epsilon, centered, options);
    }

    @Override
    public List<List<Slot>> slotGroups() {
        List<List<Slot>> groups = new ArrayList<>();
        groups.add(List.of(Slot.of("velocity")));
        if (momentum > 0) {
            groups.add(List.of(Slot.of("momentum")));
        }
        if (centered) {
            groups.add(List.of(Slot.of("average_gradient")));
        }
        return List.copyOf(groups);
    }

    @Override
    public Update step(
            Value weight, Value gradient, List<Value> slots, Value rate, Value iteration) {
        Value velocity = slots.getFirst().mul(rho).add(gradient.square().mul(1 - rho));
        List<Value> next = new ArrayList<>(slots);
        next.set(0, velocity);
        Value size = velocity;
        if (centered) {
            Value average = slots.getLast().mul(rho).add(gradient.mul(1 - rho));
            next.set(next.size() - 1, average);
            size = velocity.sub(average.square());
        }
        Value change = gradient.mul(rate).div(size.add(epsilon).sqrt());
        if (momentum > 0) {
            change = slots.get(1).mul(momentum).add(change);
            next.set(1, change);
        }
        return new Update(weight.sub(change), next);
    }
}
