package dev.gnomon.schedule;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;

/// Half cosine waves one after the other, each `tMul` times as long and `mMul` times as high as the one before.
///
/// Loshchilov and Hutter, SGDR, 2016.
///
/// @param initialLearningRate the first learning rate
/// @param firstDecaySteps how many steps the first wave takes, at least 1
/// @param tMul how much longer each wave is, at least 1; 2 by default, as in Keras
/// @param mMul how much higher each wave begins; 1 by default
/// @param alpha the part of the learning rate that stays; 0 by default
public record CosineDecayRestarts(
        double initialLearningRate, int firstDecaySteps, double tMul, double mMul, double alpha)
        implements Schedule {
    public CosineDecayRestarts {
        Decay.checkFinite(
                "CosineDecayRestarts",
                "initialLearningRate",
                initialLearningRate,
                "tMul",
                tMul,
                "mMul",
                mMul,
                "alpha",
                alpha);
        Decay.checkSteps("CosineDecayRestarts", "firstDecaySteps", firstDecaySteps);
        Check.config(tMul >= 1, "CosineDecayRestarts: tMul must be at least 1, but is %s.", tMul);
    }

    public CosineDecayRestarts(double initialLearningRate, int firstDecaySteps) {
        this(initialLearningRate, firstDecaySteps, 2, 1, 0);
    }

    public CosineDecayRestarts withTMul(double tMul) {
        return new CosineDecayRestarts(initialLearningRate, firstDecaySteps, tMul, mMul, alpha);
    }

    public CosineDecayRestarts withMMul(double mMul) {
        return new CosineDecayRestarts(initialLearningRate, firstDecaySteps, tMul, mMul, alpha);
    }

    public CosineDecayRestarts withAlpha(double alpha) {
        return new CosineDecayRestarts(initialLearningRate, firstDecaySteps, tMul, mMul, alpha);
    }

    @Override
    public Value build(Value iteration) {
        Value progress = iteration.div(firstDecaySteps);
        Value restart;
        Value fraction;
        if (tMul == 1) {
            restart = progress.floor();
            fraction = progress.sub(restart);
        } else {
            Value longer = iteration.graph().constant(tMul);
            restart = progress.mul(tMul - 1).add(1).log().div(longer.log()).floor();
            Value length = longer.pow(restart);
            Value before = length.sub(1).div(tMul - 1);
            fraction = progress.sub(before).div(length);
        }
        Value height = iteration.graph().constant(mMul).pow(restart);
        return Decay.cosine(fraction, height, alpha).mul(initialLearningRate);
    }
}
