package dev.gnomon.optimizer;

import dev.gnomon.check.Check;
import org.jspecify.annotations.Nullable;

/// Options that every optimizer has; null where one is off. Gradients are clipped first, by the one way that is set; then
/// the weight decays (`w -= rate * weightDecay * w`), then the update is made.
///
/// @param weightDecay decay of every trained weight, decoupled from the gradient
/// @param clipNorm the largest norm of each weight's gradient
/// @param clipValue the largest size of each element of a gradient
/// @param globalClipNorm the largest norm of all gradients together
public record OptimizerOptions(
        @Nullable Double weightDecay,
        @Nullable Double clipNorm,
        @Nullable Double clipValue,
        @Nullable Double globalClipNorm) {
    /// All off.
    public static final OptimizerOptions NONE = new OptimizerOptions(null, null, null, null);

    public OptimizerOptions {
        Check.finite("Optimizer", "weightDecay", weightDecay);
        Check.config(
                weightDecay == null || weightDecay >= 0,
                "weightDecay must be at least 0, but is %s.",
                weightDecay);
        int clips =
                clip("clipNorm", clipNorm)
                        + clip("clipValue", clipValue)
                        + clip("globalClipNorm", globalClipNorm);
        Check.config(
                clips <= 1,
                "Only one of clipNorm, clipValue and globalClipNorm can be set, but %d are.",
                clips);
    }

    public OptimizerOptions withWeightDecay(@Nullable Double weightDecay) {
        return new OptimizerOptions(weightDecay, clipNorm, clipValue, globalClipNorm);
    }

    public OptimizerOptions withClipNorm(@Nullable Double clipNorm) {
        return new OptimizerOptions(weightDecay, clipNorm, clipValue, globalClipNorm);
    }

    public OptimizerOptions withClipValue(@Nullable Double clipValue) {
        return new OptimizerOptions(weightDecay, clipNorm, clipValue, globalClipNorm);
    }

    public OptimizerOptions withGlobalClipNorm(@Nullable Double globalClipNorm) {
        return new OptimizerOptions(weightDecay, clipNorm, clipValue, globalClipNorm);
    }

    private static int clip(String name, @Nullable Double value) {
        Check.finite("Optimizer", name, value);
        Check.config(value == null || value > 0, "%s must be above 0, but is %s.", name, value);
        return value == null ? 0 : 1;
    }
}
