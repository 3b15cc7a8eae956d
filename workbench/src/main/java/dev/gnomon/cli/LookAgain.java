package dev.gnomon.cli;

import dev.gnomon.check.Check;
import dev.gnomon.model.Model;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// Whether clocks are looked at several times.
final class LookAgain {
    @Option(
            names = "--look-again",
            negatable = true,
            description =
                    "Clocks: look at each picture fourteen times, from nearer and farther and turned upright, and tell the time by all"
                            + " that is seen (default: for models that learned clocks of any style).")
    private @Nullable Boolean wanted;

    /// What was chosen, else whether it pays.
    ///
    /// @param known the provenance of the model
    boolean isWanted(Model model, JsonNode known) {
        if (wanted == null) {
            return ClockLooks.pay(model, known);
        }
        Check.config(
                !wanted || ClockLooks.arePossible(model),
                "--look-again is for models of one square grey picture that tell the time as one of 720 classes, and the"
                        + " points of the dial, but %s takes %s and tells %s.",
                model.name(),
                model.inputShapes(),
                model.outputNames());
        return wanted;
    }
}
