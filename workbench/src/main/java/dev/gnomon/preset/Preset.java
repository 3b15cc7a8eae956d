package dev.gnomon.preset;

import dev.gnomon.data.Dataset;
import dev.gnomon.data.transform.Augmentation;
import dev.gnomon.model.Compiled;
import dev.gnomon.model.Model;
import java.util.List;
import java.util.Map;
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
/// @param augmentations the random changes of its pictures in training
/// @param clocks what rendered clocks are to be like, as the provenance of files has it: style, views, fresh, clocks
public record Preset(
        String name,
        String description,
        String source,
        String data,
        int epochs,
        int batchSize,
        LongFunction<Model> network,
        IntFunction<Compiled> settings,
        List<Augmentation> augmentations,
        Map<String, String> clocks) {
    /// A preset that is trained with samples as they are.
    Preset(
            String name,
            String description,
            String source,
            String data,
            int epochs,
            int batchSize,
            LongFunction<Model> network,
            IntFunction<Compiled> settings) {
        this(
                name,
                description,
                source,
                data,
                epochs,
                batchSize,
                network,
                settings,
                List.of(),
                Map.of());
    }

    /// The same, trained with samples changed at random.
    Preset withAugmentations(List<Augmentation> changes) {
        return with(changes, clocks);
    }

    /// The same with clocks of a kind.
    Preset withClocks(Map<String, String> like) {
        return with(augmentations, like);
    }

    private Preset with(List<Augmentation> changes, Map<String, String> like) {
        return new Preset(
                name,
                description,
                source,
                data,
                epochs,
                batchSize,
                network,
                settings,
                changes,
                like);
    }

    /// The network with first values drawn from a seed.
    public Model model(long seed) {
        return network.apply(seed);
    }

    /// Samples to train on, changed at random as this preset wants it.
    public Dataset augmented(Dataset train) {
        return augmentations.isEmpty()
                ? train
                : train.augmented(augmentations.toArray(Augmentation[]::new));
    }

    /// The network, compiled for a training of so many steps.
    public Model compiled(long seed, int steps) {
        var made = settings.apply(Math.max(1, steps));
        return model(seed).compile(made.optimizer(), made.losses(), made.metrics());
    }
}
