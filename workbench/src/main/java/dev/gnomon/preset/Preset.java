package dev.gnomon.preset;

import dev.gnomon.model.Compiled;
import dev.gnomon.model.Model;
import java.util.function.IntFunction;
import java.util.function.LongFunction;

/// A network with the settings it is trained with unless told otherwise.
///
/// @param name how commands call it
/// @param description what it is, in one line
/// @param source where it comes from
/// @param data the data set it is meant for
/// @param epochs how long it is trained
/// @param batchSize the samples in a batch
/// @param network makes the network, not compiled, with first values drawn from a seed
/// @param settings optimizer, losses and metrics for a training of so many steps
public record Preset(
        String name,
        String description,
        String source,
        String data,
        int epochs,
        int batchSize,
        LongFunction<Model> network,
        IntFunction<Compiled> settings) {
    /// The network with first values drawn from a seed.
    public Model model(long seed) {
        return network.apply(seed);
    }

    /// The network, compiled for a training of so many steps.
    public Model compiled(long seed, int steps) {
        var made = settings.apply(Math.max(1, steps));
        return model(seed).compile(made.optimizer(), made.losses(), made.metrics());
    }
}
