package dev.gnomon.schedule;

import dev.gnomon.graph.Value;

/// `(initialLearningRate - endLearningRate) · (1 - step / decaySteps)^power + endLearningRate`, and the end rate after
/// that; or, with `cycle`, over the next multiple of `decaySteps` that is not below the step.
///
/// @param initialLearningRate the first learning rate
/// @param decaySteps after how many steps the end is reached, at least 1
/// @param endLearningRate the last learning rate; 1e-4 by default, as in Keras
/// @param power the exponent; 1 by default, a straight line
/// @param cycle whether it rises again after the end; false by default
public record PolynomialDecay(
        double initialLearningRate,
        int decaySteps,
        double endLearningRate,
        double power,
        boolean cycle)
        implements Schedule {
    public PolynomialDecay {
        Decay.checkFinite(
                "PolynomialDecay",
                "initialLearningRate",
                initialLearningRate,
                "endLearningRate",
                endLearningRate,
                "power",
                power);
        Decay.checkSteps("PolynomialDecay", "decaySteps", decaySteps);
    }

    public PolynomialDecay(double initialLearningRate, int decaySteps) {
        this(initialLearningRate, decaySteps, 1e-4, 1, false);
    }

    public PolynomialDecay withEndLearningRate(double endLearningRate) {
        return new PolynomialDecay(initialLearningRate, decaySteps, endLearningRate, power, cycle);
    }

    public PolynomialDecay withPower(double power) {
        return new PolynomialDecay(initialLearningRate, decaySteps, endLearningRate, power, cycle);
    }

    public PolynomialDecay withCycle(boolean cycle) {
        return new PolynomialDecay(initialLearningRate, decaySteps, endLearningRate, power, cycle);
    }

    @Override
    public Value build(Value iteration) {
        Value one = iteration.graph().constant(1);
        Value fraction;
        if (cycle) {
            Value ceiling = iteration.div(decaySteps).neg().floor().neg();
            fraction = iteration.div(ceiling.max(1).mul(decaySteps));
        } else {
            fraction = iteration.min(decaySteps).div(decaySteps);
        }
        double span = (float) initialLearningRate - (float) endLearningRate;
        return one.sub(fraction).pow(power).mul(span).add(endLearningRate);
    }
}
