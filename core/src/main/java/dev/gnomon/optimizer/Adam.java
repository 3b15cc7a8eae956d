package dev.gnomon.optimizer;

import dev.gnomon.graph.Value;
import dev.gnomon.schedule.Schedule;
import java.util.List;

/// Running means of gradients and of their squares: `m += (g - m)(1 - beta1)`, `v += (g² - v)(1 - beta2)`,
/// `w -= alpha · m / (sqrt(v) + epsilon)` with `alpha = rate · sqrt(1 - beta2^t) / (1 - beta1^t)`, `t` from 1.
///
/// Epsilon is added after the correction of `v` went into `alpha`, so it acts more strongly in the first steps than in
/// the paper. Kingma and Ba, 2014; amsgrad: Reddi et al., 2018.
///
/// @param learningRate 1e-3 by default, as in Keras
/// @param beta1 how much of the running mean is kept, below 1; 0.9 by default
/// @param beta2 how much of the running mean square is kept, below 1; 0.999 by default
/// @param epsilon 1e-7 by default
/// @param amsgrad whether the largest `v` so far divides; false by default
/// @param options options that every optimizer has
public record Adam(
        LearningRate learningRate,
        double beta1,
        double beta2,
        double epsilon,
        boolean amsgrad,
        OptimizerOptions options)
        implements BuiltIn<Adam> {
    public Adam {
        new Moments(beta1, beta2, epsilon, amsgrad).check("Adam");
    }

    public Adam() {
        this(1e-3);
    }

    public Adam(double learningRate) {
        this(LearningRate.of(learningRate));
    }

    public Adam(Schedule schedule) {
        this(LearningRate.of(schedule));
    }

    private Adam(LearningRate learningRate) {
        this(learningRate, 0.9, 0.999, 1e-7, false, OptimizerOptions.NONE);
    }

    public Adam withBeta1(double beta1) {
        return new Adam(learningRate, beta1, beta2, epsilon, amsgrad, options);
    }

    public Adam withBeta2(double beta2) {
        return new Adam(learningRate, beta1, beta2, epsilon, amsgrad, options);
    }

    public Adam withEpsilon(double epsilon) {
        return new Adam(learningRate, beta1, beta2, epsilon, amsgrad, options);
    }

    public Adam withAmsgrad(boolean amsgrad) {
        return new Adam(learningRate, beta1, beta2, epsilon, amsgrad, options);
    }

    @Override
    public Adam withLearningRate(LearningRate learningRate) {
        return new Adam(learningRate, beta1, beta2, epsilon, amsgrad, options);
    }

    @Override
    public Adam withOptions(OptimizerOptions options) {
        return new Adam(learningRate, beta1, beta2, epsilon, amsgrad, options);
    }

    @Override
    public List<List<Slot>> slotGroups() {
        return new Moments(beta1, beta2, epsilon, amsgrad).slotGroups();
    }

    @Override
    public Update step(
            Value weight, Value gradient, List<Value> slots, Value rate, Value iteration) {
        return new Moments(beta1, beta2, epsilon, amsgrad)
                .step(weight, gradient, slots, rate, iteration);
    }
}
