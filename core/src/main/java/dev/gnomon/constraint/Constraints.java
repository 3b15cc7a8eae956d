package dev.gnomon.constraint;

import dev.gnomon.check.Names;
import java.util.Map;
import java.util.function.Supplier;

/// The built-in constraints by Keras's names.
public final class Constraints {
    private static final Map<String, Supplier<Constraint>> KNOWN =
            Map.of(
                    "max_norm", MaxNorm::new,
                    "min_max_norm", MinMaxNorm::new,
                    "non_neg", NonNeg::new,
                    "unit_norm", UnitNorm::new);

    private Constraints() {}

    /// The constraint of a name such as `max_norm`, with its defaults.
    public static Constraint byName(String name) {
        return Names.find(KNOWN, "constraint", name).get();
    }
}
