package dev.gnomon.train;

import dev.gnomon.check.Check;

/// Sets the learning rate at the start of each epoch by a rule, and logs it as `learning_rate`.
///
/// For rates that change with every step, give the optimizer a schedule (`dev.gnomon.schedule`) instead.
///
/// @param rule the rule
public record LearningRateScheduler(Rule rule) implements Callback {
    /// A rule for the learning rate.
    @FunctionalInterface
    public interface Rule {
        /// The learning rate of an epoch.
        ///
        /// @param epoch the epoch, from 0
        /// @param rate the learning rate so far
        double rate(int epoch, double rate);
    }

    @Override
    public void onTrainBegin(Training training) {
        training.learningRate(training.learningRate());
    }

    @Override
    public void onEpochBegin(Training training, int epoch) {
        double rate = rule.rate(epoch, training.learningRate());
        Check.config(
                Double.isFinite(rate) && rate >= 0,
                "LearningRateScheduler: the rule gave %s for epoch %d; a learning rate is finite and at least 0.",
                rate,
                epoch);
        training.learningRate(rate);
    }

    @Override
    public void onEpochEnd(Training training, int epoch, Logs logs) {
        training.log(Logs.LEARNING_RATE, training.learningRate());
    }
}
