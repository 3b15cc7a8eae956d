package dev.gnomon.train;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a run of `fit` needs to go on besides the model's state.
///
/// @param history the epochs that are done
/// @param firstPass the number of the first pass over the data, which the order of the samples is drawn for
/// @param sums the samples of the epoch under way, the sums of its figures and those of their weights; empty at the
///     start of an epoch
/// @param callbacks what the callbacks remember, by their names
/// @param stopped why the run was stopped before its last epoch, or null
/// @param settings what must be the same when the run goes on, as a text
/// @param backup whether this was written to go on from, and not beside a model that was saved
public record RunState(
        History history,
        long firstPass,
        List<Double> sums,
        Map<String, CallbackState> callbacks,
        @Nullable String stopped,
        String settings,
        boolean backup) {
    public RunState {
        sums = List.copyOf(sums);
        callbacks = Collections.unmodifiableMap(new TreeMap<>(callbacks));
    }

    public RunState asBackup() {
        return new RunState(history, firstPass, sums, callbacks, stopped, settings, true);
    }

    /// Whether a callback remembers tensors.
    public boolean hasTensors() {
        return callbacks.values().stream().anyMatch(callback -> !callback.tensors().isEmpty());
    }
}
