package dev.gnomon.layer;

import dev.gnomon.activation.Activation;
import dev.gnomon.constraint.Constraint;
import dev.gnomon.initializer.Initializer;
import dev.gnomon.regularizer.Regularizer;
import org.jspecify.annotations.Nullable;

/// A layer with a kernel, a bias and an activation: the short ways to change what is said of them.
///
/// @param <L> the layer itself
public interface KernelLayer<L extends Layer> extends Layer {
    KernelSettings settings();

    L withSettings(KernelSettings settings);

    /// What is applied at the end; linear by default.
    default L withActivation(Activation activation) {
        return withSettings(settings().withActivation(activation));
    }

    /// Whether there is a bias; true by default.
    default L withUseBias(boolean useBias) {
        return withSettings(settings().withUseBias(useBias));
    }

    /// The kernel's first values; Glorot uniform by default.
    default L withKernelInitializer(Initializer initializer) {
        return withSettings(
                settings().withKernel(settings().kernel().withInitializer(initializer)));
    }

    /// A penalty on the kernel.
    default L withKernelRegularizer(@Nullable Regularizer regularizer) {
        return withSettings(
                settings().withKernel(settings().kernel().withRegularizer(regularizer)));
    }

    /// What the kernel is projected to after each update.
    default L withKernelConstraint(@Nullable Constraint constraint) {
        return withSettings(settings().withKernel(settings().kernel().withConstraint(constraint)));
    }

    /// The bias's first values; zeros by default.
    default L withBiasInitializer(Initializer initializer) {
        return withSettings(settings().withBias(settings().bias().withInitializer(initializer)));
    }

    /// A penalty on the bias.
    default L withBiasRegularizer(@Nullable Regularizer regularizer) {
        return withSettings(settings().withBias(settings().bias().withRegularizer(regularizer)));
    }

    /// What the bias is projected to after each update.
    default L withBiasConstraint(@Nullable Constraint constraint) {
        return withSettings(settings().withBias(settings().bias().withConstraint(constraint)));
    }

    /// A penalty on the output, divided by the size of the batch.
    default L withActivityRegularizer(@Nullable Regularizer regularizer) {
        return withSettings(settings().withActivityRegularizer(regularizer));
    }
}
