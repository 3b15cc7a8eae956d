package dev.gnomon.layer;

import dev.gnomon.activation.Activation;
import dev.gnomon.graph.Value;
import dev.gnomon.initializer.GlorotUniform;
import dev.gnomon.initializer.Zeros;
import dev.gnomon.regularizer.Regularizer;
import dev.gnomon.tensor.Shape;
import org.jspecify.annotations.Nullable;

/// What all layers with a kernel can be told. In Keras's files these are settings of the layer itself.
///
/// @param activation applied at the end
/// @param useBias whether there is a bias
/// @param kernel what is said of the kernel
/// @param bias what is said of the bias
/// @param activityRegularizer a penalty on the output, divided by the size of the batch, or null
public record KernelSettings(
        Activation activation,
        boolean useBias,
        WeightConfig kernel,
        WeightConfig bias,
        @Nullable Regularizer activityRegularizer) {
    /// Keras's: no activation, a bias, Glorot uniform and zeros, no penalties and constraints.
    public static final KernelSettings DEFAULT =
            new KernelSettings(
                    Activation.LINEAR,
                    true,
                    WeightConfig.of(new GlorotUniform()),
                    WeightConfig.of(new Zeros()),
                    null);

    public KernelSettings withActivation(Activation activation) {
        return new KernelSettings(activation, useBias, kernel, bias, activityRegularizer);
    }

    public KernelSettings withUseBias(boolean useBias) {
        return new KernelSettings(activation, useBias, kernel, bias, activityRegularizer);
    }

    public KernelSettings withKernel(WeightConfig kernel) {
        return new KernelSettings(activation, useBias, kernel, bias, activityRegularizer);
    }

    public KernelSettings withBias(WeightConfig bias) {
        return new KernelSettings(activation, useBias, kernel, bias, activityRegularizer);
    }

    public KernelSettings withActivityRegularizer(@Nullable Regularizer activityRegularizer) {
        return new KernelSettings(activation, useBias, kernel, bias, activityRegularizer);
    }

    /// Adds the bias, if there is one, and the activation; the penalty goes to the loss.
    Value finish(Scope scope, Value product) {
        Value y = product;
        if (useBias) {
            y = y.add(scope.weight("bias", Shape.of(y.shape().last()), bias));
        }
        y = activation.build(y);
        if (activityRegularizer != null) {
            scope.addLoss(activityRegularizer.build(y).div(scope.graph().batchSize()));
        }
        return y;
    }
}
