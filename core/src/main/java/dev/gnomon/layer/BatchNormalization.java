package dev.gnomon.layer;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;
import dev.gnomon.initializer.Initializer;
import dev.gnomon.initializer.Ones;
import dev.gnomon.initializer.Zeros;
import dev.gnomon.tensor.Shape;

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
/// @param movingMean first values of the moving mean
/// @param movingVariance first values of the moving variance
public record BatchNormalization(
        int axis,
        double momentum,
        double epsilon,
        boolean center,
        boolean scale,
        WeightConfig gamma,
        WeightConfig beta,
        Initializer movingMean,
        Initializer movingVariance)
        implements Layer {
    public BatchNormalization {
        Check.config(
                momentum >= 0 && momentum <= 1,
                "BatchNormalization: momentum must be within 0 and 1, but is %s.",
                momentum);
        Check.finite("BatchNormalization", "epsilon", epsilon);
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
        return new BatchNormalization(
                axis, momentum, epsilon, center, scale, gamma, beta, movingMean, movingVariance);
    }

    public BatchNormalization withEpsilon(double epsilon) {
        return new BatchNormalization(
                axis, momentum, epsilon, center, scale, gamma, beta, movingMean, movingVariance);
    }

    public BatchNormalization withCenter(boolean center) {
        return new BatchNormalization(
                axis, momentum, epsilon, center, scale, gamma, beta, movingMean, movingVariance);
    }

    public BatchNormalization withScale(boolean scale) {
        return new BatchNormalization(
                axis, momentum, epsilon, center, scale, gamma, beta, movingMean, movingVariance);
    }

    public BatchNormalization withGamma(WeightConfig gamma) {
        return new BatchNormalization(
                axis, momentum, epsilon, center, scale, gamma, beta, movingMean, movingVariance);
    }

    public BatchNormalization withBeta(WeightConfig beta) {
        return new BatchNormalization(
                axis, momentum, epsilon, center, scale, gamma, beta, movingMean, movingVariance);
    }

    @Override
    public Value build(Scope scope, Value x) {
        Inputs.features(x);
        Inputs.last(axis, x);
        Shape channels = Shape.of(x.shape().last());
        Value factor = scale ? scope.weight("gamma", channels, gamma) : null;
        Value shift = center ? scope.weight("beta", channels, beta) : null;
        Value keptMean = scope.state("moving_mean", channels, movingMean);
        Value keptVariance = scope.state("moving_variance", channels, movingVariance);
        Value mean = keptMean;
        Value variance = keptVariance;
        if (scope.training() && scope.trainable()) {
            int[] axes = Inputs.allButLast(x);
            mean = x.mean(axes);
            variance = x.sub(mean).square().mean(axes);
            scope.update(keptMean, follow(keptMean, mean));
            scope.update(keptVariance, follow(keptVariance, variance));
        }
        Value width = variance.add(epsilon).sqrt().reciprocal();
        Value y = x.sub(mean).mul(factor == null ? width : factor.mul(width));
        return shift == null ? y : y.add(shift);
    }

    private Value follow(Value moving, Value batch) {
        return moving.mul(momentum).add(batch.mul(1 - momentum));
    }
}
