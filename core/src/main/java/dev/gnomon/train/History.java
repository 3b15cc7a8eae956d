package dev.gnomon.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The figures of every epoch, by Keras's log keys.
///
/// @param firstEpoch the number of the first epoch, from 0
/// @param epochs one entry for each epoch
/// @param stopped why the training was ended before its last epoch, or null
public record History(int firstEpoch, List<Logs> epochs, @Nullable String stopped) {
    public History {
        epochs = List.copyOf(epochs);
    }

    /// Each figure's values, epoch after epoch; epochs that lack the figure are left out.
    public SortedMap<String, List<Double>> series() {
        var series = new TreeMap<String, List<Double>>();
        for (Logs logs : epochs) {
            logs.values()
                    .forEach((name, value) ->
                            series.computeIfAbsent(name, _ -> new ArrayList<>()).add(value));
        }
        return Collections.unmodifiableSortedMap(series);
    }

    /// The figures of the last epoch.
    public Logs last() {
        return epochs.getLast();
    }
}
