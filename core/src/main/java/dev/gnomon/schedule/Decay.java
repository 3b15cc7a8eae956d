package dev.gnomon.schedule;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;
import org.jspecify.annotations.Nullable;

/// What the schedules have in common.
final class Decay {
    private Decay() {}

    static void checkSteps(String schedule, String setting, int steps) {
        Check.config(steps > 0, "%s: %s must be at least 1, but is %d.", schedule, setting, steps);
    }

    /// Checks numbers that may have any sign; names and values by turns.
    static void checkFinite(String schedule, @Nullable Object... settings) {
        for (int i = 0; i < settings.length; i += 2) {
            Check.finite(schedule, String.valueOf(settings[i]), (Double) settings[i + 1]);
        }
    }

    /// The step in units of `steps`; whole ones for a staircase.
    static Value progress(Value iteration, int steps, boolean staircase) {
        Value progress = iteration.div(steps);
        return staircase ? progress.floor() : progress;
    }

    /// `(1 - alpha) · factor · (1 + cos(pi · fraction)) / 2 + alpha`.
    static Value cosine(Value fraction, Value factor, double alpha) {
        Value wave = fraction.mul(Math.PI).cos().add(1).mul(factor.mul(0.5));
        return wave.mul(1 - alpha).add(alpha);
    }
}
