package dev.gnomon.model;

import dev.gnomon.train.CallbackState;
import dev.gnomon.train.History;
import dev.gnomon.train.Logs;
import dev.gnomon.train.RunState;
import dev.gnomon.train.TrainingState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How far a run of `fit` is, and what it has noted so far.
final class Progress {
    int epoch;
    int batch;
    int firstEpoch;
    long firstPass;
    List<Logs> epochs = new ArrayList<>();
    Map<String, CallbackState> callbacks = new LinkedHashMap<>();
    @Nullable String stopped;
    String settings = "";

    /// The sums of the epoch under way, where they come from a state.
    List<Double> restored = List.of();

    /// The sums of the epoch under way, while a run goes on.
    @Nullable PassMeans means;

    History history() {
        return new History(firstEpoch, epochs, stopped);
    }

    RunState state() {
        return new RunState(
                history(),
                firstPass,
                means == null ? restored : means.state(),
                copy(callbacks),
                stopped,
                settings,
                false);
    }

    static Progress of(TrainingState state) {
        var progress = new Progress();
        progress.epoch = state.epoch();
        progress.batch = state.batch();
        RunState run = state.run();
        if (run != null) {
            progress.firstEpoch = run.history().firstEpoch();
            progress.epochs = new ArrayList<>(run.history().epochs());
            progress.firstPass = run.firstPass();
            progress.callbacks = copy(run.callbacks());
            progress.stopped = run.stopped();
            progress.settings = run.settings();
            progress.restored = run.sums();
        } else {
            progress.firstEpoch = state.epoch();
        }
        return progress;
    }

    private static Map<String, CallbackState> copy(Map<String, CallbackState> states) {
        Map<String, CallbackState> copy = new LinkedHashMap<>();
        states.forEach((name, state) -> {
            if (!state.isEmpty()) {
                copy.put(name, state.copy());
            }
        });
        return copy;
    }
}
