package dev.gnomon.optimizer;

import dev.gnomon.schedule.Schedule;

/// The short ways to change what all built-in optimizers have.
///
/// @param <O> the optimizer itself
public sealed interface BuiltIn<O extends Optimizer> extends Optimizer
        permits SGD, RMSprop, Adagrad, Adam, AdamW {
    O withLearningRate(LearningRate learningRate);

    O withOptions(OptimizerOptions options);

    default O withLearningRate(double learningRate) {
        return withLearningRate(LearningRate.of(learningRate));
    }

    default O withLearningRate(Schedule schedule) {
        return withLearningRate(LearningRate.of(schedule));
    }

    /// Decay of every trained weight, decoupled from the gradient.
    default O withWeightDecay(double weightDecay) {
        return withOptions(options().withWeightDecay(weightDecay));
    }

    /// The largest norm of each weight's gradient.
    default O withClipNorm(double clipNorm) {
        return withOptions(options().withClipNorm(clipNorm));
    }

    /// The largest size of each element of a gradient.
    default O withClipValue(double clipValue) {
        return withOptions(options().withClipValue(clipValue));
    }

    /// The largest norm of all gradients together.
    default O withGlobalClipNorm(double globalClipNorm) {
        return withOptions(options().withGlobalClipNorm(globalClipNorm));
    }
}
