package dev.gnomon.schedule;

import dev.gnomon.graph.Value;

/// `initialLearningRate / (1 + decayRate · step / decaySteps)`.
///
/// @param initialLearningRate the first learning rate
/// @param decaySteps the unit of steps, at least 1
/// @param decayRate how much the divisor grows in `decaySteps` steps
/// @param staircase whether it falls at once after each `decaySteps` steps; false by default, as in Keras
public record InverseTimeDecay(
        double initialLearningRate, int decaySteps, double decayRate, boolean staircase)
        implements Schedule {
    public InverseTimeDecay {
        Decay.checkFinite(
                "InverseTimeDecay",
                "initialLearningRate",
                initialLearningRate,
                "decayRate",
                decayRate);
        Decay.checkSteps("InverseTimeDecay", "decaySteps", decaySteps);
    }

    public InverseTimeDecay(double initialLearningRate, int decaySteps, double decayRate) {
        this(initialLearningRate, decaySteps, decayRate, false);
    }

    public InverseTimeDecay withStaircase(boolean staircase) {
        return new InverseTimeDecay(initialLearningRate, decaySteps, decayRate, staircase);
    }

    @Override
    public Value build(Value iteration) {
        Value divisor = Decay.progress(iteration, decaySteps, staircase).mul(decayRate).add(1);
        return iteration.graph().constant(initialLearningRate).div(divisor);
    }
}
