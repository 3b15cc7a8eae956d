package dev.gnomon.optimizer;

import dev.gnomon.graph.Value;
import dev.gnomon.schedule.Schedule;
import java.util.List;

/// [Adam] with weight decay that is decoupled from the gradient: `w -= rate · weightDecay · w` before each update.
///
/// The decay is 0.004 by default, as in Keras; `withWeightDecay` changes it. Loshchilov and Hutter, 2019.
///
/// @param learningRate 1e-3 by default, as in Keras
/// @param beta1 how much of the running mean is kept, below 1; 0.9 by default
/// @param beta2 how much of the running mean square is kept, below 1; 0.999 by default
/// @param epsilon 1e-7 by default
/// @param amsgrad whether the largest `v` so far divides; false by default
/// @param options options that every optimizer has
public record AdamW(
        LearningRate learningRate,
        double beta1,
        double beta2,
        double epsilon,
        boolean amsgrad,
        OptimizerOptions options)
        implements BuiltIn<AdamW> {
    public AdamW {
        new Moments(beta1, beta2, epsilon, amsgrad).check("AdamW");
    }

    public AdamW() {
        this(1e-3);
    }

    public AdamW(double learningRate) {
        this(LearningRate.of(learningRate));
    }

    public AdamW(Schedule schedule) {
        this(LearningRate.of(schedule));
    }

    private AdamW(LearningRate learningRate) {
        this(learningRate, 0.9, 0.999, 1e-7, false, OptimizerOptions.NONE.withWeightDecay(0.004));
    }

    public AdamW withBeta1(double beta1) {
        return new AdamW(learningRate, beta1, beta2, epsilon, amsgrad, options);
    }

    public AdamW withBeta2(double beta2) {
        return new AdamW(learningRate, beta1, beta2, epsilon, amsgrad, options);
    }

    public AdamW withEpsilon(double epsilon) {
        return new AdamW(learningRate, beta1, beta2, epsilon, amsgrad, options);
    }

    public AdamW withAmsgrad(boolean amsgrad) {
        return new AdamW(learningRate, beta1, beta2, epsilon, amsgrad, options);
    }

    @Override
    public AdamW withLearningRate(LearningRate learningRate) {
        return new AdamW(learningRate, beta1, beta2, epsilon, amsgrad, options);
    }

    @Override
    public AdamW withOptions(OptimizerOptions options) {
        return new AdamW(learningRate, beta1, beta2, epsilon, amsgrad, options);
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
