package dev.gnomon.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The figures of every epoch, by Keras's log keys.
///
/// @param epochs one entry for each epoch
public record History(List<Logs> epochs) {
    public History {
        epochs = List.copyOf(epochs);
    }

    /// Each figure's values, epoch after epoch.
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
