package dev.gnomon.layer;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;
import dev.gnomon.initializer.Initializer;
import dev.gnomon.initializer.Ones;
import dev.gnomon.initializer.Zeros;
import dev.gnomon.tensor.Shape;

import java.util.stream.IntStream;

/// Normalizes each channel: `y = (x - mean) · gamma / sqrt(variance + epsilon) + beta`.
///
/// While training, mean and variance are those of the batch over all axes but the last, and the moving ones follow them:
/// `moving = moving · momentum + batch · (1 - momentum)`, with the variance divided by `n`, not `n - 1`. Else, and in a
/// frozen layer, the moving ones are used. (PyTorch's momentum is one minus this one.) Ioffe and Szegedy, 2015.
///
/// | | shape | first value |
/// |---|---|---|
/// | input, output | `[batch, …, channels]` | |
/// | gamma, beta | `[channels]` | ones, zeros |
/// | moving_mean, moving_variance | `[channels]`, not trained | zeros, ones |
///
/// @param axis the axis of channels: the last, -1
/// @param momentum how much of the moving statistics is kept in a step, 0 to 1; 0.99 by default
/// @param epsilon added to the variance; 1e-3 by default
/// @param center whether there is a beta
/// @param scale whether there is a gamma
/// @param gamma what is said of gamma
/// @param beta what is said of beta
/// @param movingMeanInitializer first values of the moving mean
/// @param movingVarianceInitializer first values of the moving variance
public record BatchNormalization(
        int axis,
        double momentum,
        double epsilon,
        boolean center,
        boolean scale,
        WeightConfig gamma,
        WeightConfig beta,
        Initializer movingMeanInitializer,
        Initializer movingVarianceInitializer)
        implements Layer {
    public BatchNormalization {
        Check.config(
                momentum >= 0 && momentum <= 1,
                "BatchNormalization: momentum must be within 0 and 1, but is %s.",
                momentum);
        Check.config(
                epsilon > 0, "BatchNormalization: epsilon must be above 0, but is %s.", epsilon);
    }

    public BatchNormalization() {
        this(
                -1,
                0.99,
                1e-3,
                true,
                true,
                WeightConfig.of(new Ones()),
                WeightConfig.of(new Zeros()),
                new Zeros(),
                new Ones());
    }

    public BatchNormalization withMomentum(double momentum) {
        return copy(momentum, epsilon, center, scale, gamma, beta);
    }

    public BatchNormalization withEpsilon(double epsilon) {
        return copy(momentum, epsilon, center, scale, gamma, beta);
    }

    public BatchNormalization withCenter(boolean center) {
        return copy(momentum, epsilon, center, scale, gamma, beta);
    }

    public BatchNormalization withScale(boolean scale) {
        return copy(momentum, epsilon, center, scale, gamma, beta);
    }

    public BatchNormalization withGamma(WeightConfig gamma) {
        return copy(momentum, epsilon, center, scale, gamma, beta);
    }

    public BatchNormalization withBeta(WeightConfig beta) {
        return copy(momentum, epsilon, center, scale, gamma, beta);
    }

    private BatchNormalization copy(
            double newMomentum,
            double newEpsilon,
            boolean newCenter,
            boolean newScale,
            WeightConfig newGamma,
            WeightConfig newBeta) {
        return new BatchNormalization(
                axis,
                newMomentum,
                newEpsilon,
                newCenter,
                newScale,
                newGamma,
                newBeta,
                movingMeanInitializer,
                movingVarianceInitializer);
    }

    @Override
    public Value build(Scope scope, Value x) {
        Inputs.features(x);
        Inputs.last(axis, x);
        Shape channels = Shape.of(x.shape().last());
        Value factor = scale ? scope.weight("gamma", channels, gamma) : null;
        Value shift = center ? scope.weight("beta", channels, beta) : null;
        Value movingMean = scope.state("moving_mean", channels, movingMeanInitializer);
        Value movingVariance = scope.state("moving_variance", channels, movingVarianceInitializer);
        Value mean = movingMean;
        Value variance = movingVariance;
        if (scope.training()) {
            int[] axes = IntStream.range(0, x.shape().rank() - 1).toArray();
            mean = x.mean(axes);
            variance = x.sub(mean).square().mean(axes);
            scope.update(movingMean, follow(movingMean, mean));
            scope.update(movingVariance, follow(movingVariance, variance));
        }
        Value width = variance.add(epsilon).sqrt().reciprocal();
        Value y = x.sub(mean).mul(factor == null ? width : factor.mul(width));
        return shift == null ? y : y.add(shift);
    }

    private Value follow(Value moving, Value batch) {
        return moving.mul(momentum).add(batch.mul(1 - momentum));
    }
}
