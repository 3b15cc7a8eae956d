package dev.gnomon.layer;

import dev.gnomon.constraint.Constraint;
import dev.gnomon.initializer.Initializer;
import dev.gnomon.regularizer.Regularizer;
import org.jspecify.annotations.Nullable;

/// Everything a layer says of one of its weights.
///
/// @param initializer its first values
/// @param regularizer a penalty that is added to the loss, or null
/// @param constraint what it is projected to after each update, or null
public record WeightConfig(
        Initializer initializer,
        @Nullable Regularizer regularizer,
        @Nullable Constraint constraint) {
    public static WeightConfig of(Initializer initializer) {
        return new WeightConfig(initializer, null, null);
    }

    public WeightConfig withInitializer(Initializer initializer) {
        return new WeightConfig(initializer, regularizer, constraint);
    }

    public WeightConfig withRegularizer(@Nullable Regularizer regularizer) {
        return new WeightConfig(initializer, regularizer, constraint);
    }

    public WeightConfig withConstraint(@Nullable Constraint constraint) {
        return new WeightConfig(initializer, regularizer, constraint);
    }
}
