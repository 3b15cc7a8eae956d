package dev.gnomon.regularizer;

import dev.gnomon.check.Names;
import java.util.Map;
import java.util.function.Supplier;

/// The built-in regularizers by Keras's names.
public final class Regularizers {
    private static final Map<String, Supplier<Regularizer>> KNOWN =
            Map.of("l1", L1::new, "l2", L2::new, "l1_l2", L1L2::new, "l1l2", L1L2::new);

    private Regularizers() {}

    /// The regularizer of a name, `l1`, `l2` or `l1_l2`, with its defaults.
    public static Regularizer byName(String name) {
        return Names.find(KNOWN, "regularizer", name).get();
    }
}
