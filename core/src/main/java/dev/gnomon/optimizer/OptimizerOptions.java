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
        @Nullable Float weightDecay,
        @Nullable Float clipNorm,
        @Nullable Float clipValue,
        @Nullable Float globalClipNorm) {
    /// All off.
    public static final OptimizerOptions NONE = new OptimizerOptions(null, null, null, null);

    public OptimizerOptions {
        int clips = (clipNorm == null ? 0 : 1) + (clipValue == null ? 0 : 1) + (globalClipNorm == null ? 0 : 1);
        Check.config(clips <= 1, "Only one of clipNorm, clipValue and globalClipNorm can be set, but %d are.", clips);
    }
}
