package dev.gnomon.train;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// Figures by their Keras names, sorted: `loss`, `accuracy`, `val_loss` ….
///
/// @param values the figures
public record Logs(SortedMap<String, Double> values) {
    /// What the names of validation's figures begin with.
    public static final String VALIDATION = "val_";

    /// The name of the learning rate where callbacks log it.
    public static final String LEARNING_RATE = "learning_rate";

    public Logs {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    public static Logs of(Map<String, Double> values) {
        return new Logs(new TreeMap<>(values));
    }

    /// A figure by its name.
    public double get(String name) {
        return Objects.requireNonNull(
                values.get(name),
                () -> "There is no figure \"" + name + "\"; there are " + values.keySet() + ".");
    }

    public double loss() {
        return get("loss");
    }

    /// The figures of both, the others' names with a prefix.
    public Logs with(String prefix, Logs others) {
        var all = new TreeMap<>(values);
        others.values.forEach((name, value) -> all.put(prefix + name, value));
        return new Logs(all);
    }

    /// These figures and one more.
    public Logs with(String name, double value) {
        var all = new TreeMap<>(values);
        all.put(name, value);
        return new Logs(all);
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
