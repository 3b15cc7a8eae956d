package dev.gnomon.optimizer;

import dev.gnomon.check.Check;

/// Checks of settings that several optimizers have.
final class Settings {
    private Settings() {}

    /// A share of what was: at least 0 and below 1.
    static void share(String optimizer, String setting, double value) {
        Check.config(
                value >= 0 && value < 1,
                "%s: %s must be at least 0 and below 1, but is %s.",
                optimizer,
                setting,
                value);
    }

    static void epsilon(String optimizer, double value) {
        Check.finite(optimizer, "epsilon", value);
        Check.config(value >= 0, "%s: epsilon must be at least 0, but is %s.", optimizer, value);
    }
}
