package dev.gnomon.loss;

import dev.gnomon.check.Check;
import org.jspecify.annotations.Nullable;

/// The loss of one output of a model.
///
/// @param output the output's name, or null for every output
/// @param loss its loss
/// @param weight its factor in the model's loss, or null where none was said (then it is 1)
public record OutputLoss(@Nullable String output, Loss loss, @Nullable Double weight) {
    public OutputLoss {
        Check.config(
                weight == null || Double.isFinite(weight),
                "The weight of the loss of \"%s\" must be a finite number, but is %s.",
                output,
                weight);
    }

    /// The factor in the model's loss.
    public double factor() {
        return weight == null ? 1 : weight;
    }
}
