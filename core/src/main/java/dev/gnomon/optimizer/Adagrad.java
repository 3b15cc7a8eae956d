package dev.gnomon.optimizer;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;
import dev.gnomon.schedule.Schedule;
import java.util.List;

/// Gradients divided by their size so far: `a += g²`, `w -= rate · g / sqrt(a + epsilon)`.
///
/// Epsilon is inside the root, unlike in most other frameworks.
///
/// @param learningRate 1e-3 by default, as in Keras
/// @param initialAccumulatorValue the first `a`, at least 0; 0.1 by default
/// @param epsilon 1e-7 by default
/// @param options options that every optimizer has
public record Adagrad(
        LearningRate learningRate,
        double initialAccumulatorValue,
        double epsilon,
        OptimizerOptions options)
        implements BuiltIn<Adagrad> {
    public Adagrad {
        Settings.epsilon("Adagrad", epsilon);
        Check.finite("Adagrad", "initialAccumulatorValue", initialAccumulatorValue);
        Check.config(
                initialAccumulatorValue >= 0,
                "Adagrad: initialAccumulatorValue must be at least 0, but is %s.",
                initialAccumulatorValue);
    }

    public Adagrad() {
        this(1e-3);
    }

    public Adagrad(double learningRate) {
        this(LearningRate.of(learningRate));
    }

    public Adagrad(Schedule schedule) {
        this(LearningRate.of(schedule));
    }

    private Adagrad(LearningRate learningRate) {
        this(learningRate, 0.1, 1e-7, OptimizerOptions.NONE);
    }

    public Adagrad withInitialAccumulatorValue(double initialAccumulatorValue) {
        return new Adagrad(learningRate, initialAccumulatorValue, epsilon, options);
    }

    public Adagrad withEpsilon(double epsilon) {
        return new Adagrad(learningRate, initialAccumulatorValue, epsilon, options);
    }

    @Override
    public Adagrad withLearningRate(LearningRate learningRate) {
        return new Adagrad(learningRate, initialAccumulatorValue, epsilon, options);
    }

    @Override
    public Adagrad withOptions(OptimizerOptions options) {
        return new Adagrad(learningRate, initialAccumulatorValue, epsilon, options);
    }

    @Override
    public List<List<Slot>> slotGroups() {
        return List.of(List.of(new Slot("accumulator", (float) initialAccumulatorValue)));
    }

    @Override
    public Update step(
            Value weight, Value gradient, List<Value> slots, Value rate, Value iteration) {
        Value accumulator = slots.getFirst().add(gradient.square());
        Value change = gradient.mul(rate).div(accumulator.add(epsilon).sqrt());
        return new Update(weight.sub(change), List.of(accumulator));
    }
}
