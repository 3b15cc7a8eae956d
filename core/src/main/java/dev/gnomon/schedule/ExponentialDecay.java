package dev.gnomon.schedule;

import dev.gnomon.graph.Value;

/// `initialLearningRate · decayRate^(step / decaySteps)`.
///
/// @param initialLearningRate the first learning rate
/// @param decaySteps in how many steps it is multiplied by the rate once, at least 1
/// @param decayRate the factor
/// @param staircase whether it falls at once after each `decaySteps` steps; false by default, as in Keras
public record ExponentialDecay(
        double initialLearningRate, int decaySteps, double decayRate, boolean staircase)
        implements Schedule {
    public ExponentialDecay {
        Decay.checkFinite(
                "ExponentialDecay",
                "initialLearningRate",
                initialLearningRate,
                "decayRate",
                decayRate);
        Decay.checkSteps("ExponentialDecay", "decaySteps", decaySteps);
    }

    public ExponentialDecay(double initialLearningRate, int decaySteps, double decayRate) {
        this(initialLearningRate, decaySteps, decayRate, false);
    }

    public ExponentialDecay withStaircase(boolean staircase) {
        return new ExponentialDecay(initialLearningRate, decaySteps, decayRate, staircase);
    }

    @Override
    public Value build(Value iteration) {
        Value progress = Decay.progress(iteration, decaySteps, staircase);
        return iteration.graph().constant(decayRate).pow(progress).mul(initialLearningRate);
    }
}
