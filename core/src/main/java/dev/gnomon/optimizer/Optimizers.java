package dev.gnomon.optimizer;

import dev.gnomon.check.Names;
import java.util.Map;
import java.util.function.Supplier;

/// The built-in optimizers by Keras's names.
public final class Optimizers {
    private static final Map<String, Supplier<Optimizer>> KNOWN =
            Map.of(
                    "sgd", SGD::new,
                    "rmsprop", RMSprop::new,
                    "adagrad", Adagrad::new,
                    "adam", Adam::new,
                    "adamw", AdamW::new);

    private Optimizers() {}

    /// The optimizer of a name such as `adam`, with its defaults.
    public static Optimizer byName(String name) {
        return Names.find(KNOWN, "optimizer", name.toLowerCase(java.util.Locale.ROOT)).get();
    }
}
