package dev.gnomon.schedule;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;
import org.jspecify.annotations.Nullable;

/// Half a cosine wave from the learning rate down to `alpha` of it, after an optional straight rise: with a target, the
/// rate goes from `initialLearningRate` to the target in `warmupSteps` steps and falls from there in `decaySteps` more.
///
/// Loshchilov and Hutter, SGDR, 2016.
///
/// @param initialLearningRate the first learning rate
/// @param decaySteps how many steps the fall takes, at least 1
/// @param alpha the part of the learning rate that stays; 0 by default, as in Keras
/// @param warmupTarget the learning rate after the rise, or null for no rise (the default)
/// @param warmupSteps how many steps the rise takes; 0 by default
public record CosineDecay(
        double initialLearningRate,
        int decaySteps,
        double alpha,
        @Nullable Double warmupTarget,
        int warmupSteps)
        implements Schedule {
    public CosineDecay {
        Decay.checkFinite(
                "CosineDecay",
                "initialLearningRate",
                initialLearningRate,
                "alpha",
                alpha,
                "warmupTarget",
                warmupTarget);
        Decay.checkSteps("CosineDecay", "decaySteps", decaySteps);
        Check.config(
                warmupSteps >= 0,
                "CosineDecay: warmupSteps must be at least 0, but is %d.",
                warmupSteps);
    }

    public CosineDecay(double initialLearningRate, int decaySteps) {
        this(initialLearningRate, decaySteps, 0, null, 0);
    }

    public CosineDecay withAlpha(double alpha) {
        return new CosineDecay(initialLearningRate, decaySteps, alpha, warmupTarget, warmupSteps);
    }

    public CosineDecay withWarmup(double target, int steps) {
        return new CosineDecay(initialLearningRate, decaySteps, alpha, target, steps);
    }

    @Override
    public Value build(Value iteration) {
        if (warmupTarget == null) {
            return fall(iteration, initialLearningRate);
        }
        Value fall = fall(iteration.sub(warmupSteps), warmupTarget);
        if (warmupSteps == 0) {
            return fall;
        }
        double climb = (float) (double) warmupTarget - (float) initialLearningRate;
        Value rise = iteration.div(warmupSteps).mul(climb).add(initialLearningRate);
        return iteration.less(warmupSteps).select(rise, fall);
    }

    private Value fall(Value step, double from) {
        Value fraction = step.min(decaySteps).div(decaySteps);
        return Decay.cosine(fraction, step.graph().constant(1), alpha).mul(from);
    }
}
