package dev.gnomon.loss;

import dev.gnomon.check.Check;
import dev.gnomon.check.Names;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Which loss each output of a model has.
///
/// ```java
/// Losses.perOutput()
///     .with("hour", new SparseCategoricalCrossentropy()).weight(1)
///     .with("minute", new MeanSquaredError()).weight(2)
/// ```
///
/// @param list one entry for each output that has a loss, or a single one for every output
public record Losses(List<OutputLoss> list) {
    private static final Map<String, Supplier<Loss>> KNOWN =
            Map.ofEntries(
                    Map.entry(
                            "sparse_categorical_crossentropy", SparseCategoricalCrossentropy::new),
                    Map.entry("categorical_crossentropy", CategoricalCrossentropy::new),
                    Map.entry("binary_crossentropy", BinaryCrossentropy::new),
                    Map.entry("bce", BinaryCrossentropy::new),
                    Map.entry("mean_squared_error", MeanSquaredError::new),
                    Map.entry("mse", MeanSquaredError::new),
                    Map.entry("mean_absolute_error", MeanAbsoluteError::new),
                    Map.entry("mae", MeanAbsoluteError::new),
                    Map.entry("huber", Huber::new),
                    Map.entry("cosine_similarity", CosineSimilarity::new));

    public Losses {
        list = List.copyOf(list);
        long names = list.stream().map(OutputLoss::output).distinct().count();
        Check.config(names == list.size(), "Losses: an output is named twice in %s.", list);
    }

    /// The loss of a name such as `mse` or `sparse_categorical_crossentropy`, with its defaults.
    public static Loss byName(String name) {
        return Names.find(KNOWN, "loss", name).get();
    }

    /// One loss for every output.
    public static Losses of(Loss loss) {
        return new Losses(List.of(new OutputLoss(null, loss, null)));
    }

    /// No output yet; continue with [#with].
    public static Losses perOutput() {
        return new Losses(List.of());
    }

    /// One entry for each of the outputs that has a loss, all with names; a single loss without a name is that of every
    /// output.
    public List<OutputLoss> forOutputs(List<String> outputs) {
        List<OutputLoss> all = new ArrayList<>();
        for (OutputLoss entry : list) {
            if (entry.output() == null) {
                outputs.forEach(
                        output -> all.add(new OutputLoss(output, entry.loss(), entry.weight())));
            } else {
                all.add(entry);
            }
        }
        return all;
    }

    /// Adds the loss of an output.
    public Losses with(String output, Loss loss) {
        List<OutputLoss> longer = new ArrayList<>(list);
        longer.add(new OutputLoss(output, loss, null));
        return new Losses(longer);
    }

    /// Sets the weight of the loss added last.
    public Losses weight(double weight) {
        Check.config(!list.isEmpty(), "Losses: weight(%s) needs a loss before it.", weight);
        List<OutputLoss> changed = new ArrayList<>(list);
        OutputLoss last = changed.removeLast();
        changed.add(new OutputLoss(last.output(), last.loss(), weight));
        return new Losses(changed);
    }
}
