package dev.gnomon.study;

import dev.gnomon.data.Dataset;
import dev.gnomon.model.Model;
import dev.gnomon.train.BackupAndRestore;
import dev.gnomon.train.Callback;
import dev.gnomon.train.Fit;
import dev.gnomon.train.History;
import dev.gnomon.train.Logs;
import dev.gnomon.train.Training;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Trains the model of a trial: kept after each epoch, gone on with where it was stopped, and timed.
public final class TrialTraining {
    private static final String SECONDS = "epoch_seconds";

    private final TrialRoom room;

    public TrialTraining(TrialRoom room) {
        this.room = room;
    }

    /// What a training gave.
    ///
    /// @param history by epoch
    /// @param seconds of all epochs, those before a stop included; of an epoch that was stopped within, those after it
    public record Done(History history, double seconds) {
        /// Adds what happened by epoch, but for the times.
        public void put(SequencedMap<String, List<Double>> series) {
            history.series()
                    .forEach((name, values) -> {
                        if (!name.equals(SECONDS) && !name.equals(Logs.LEARNING_RATE)) {
                            series.put(name, values);
                        }
                    });
        }
    }

    /// Trains.
    ///
    /// @param after told at the end of each epoch; its time is not counted
    /// @return null where the training was interrupted
    public @Nullable Done train(Model model, Dataset data, Fit settings, Callback... after) {
        model.withThreads(room.threads()).withKernels(room.kernels());
        var fit =
                settings.withCallbacks(new EpochClock(room.watcher()))
                        .withCallbacks(after)
                        .withCallbacks(
                                new BackupAndRestore(room.checkpoint()).withDeleteAtEnd(false));
        var history = model.fit(data, fit);
        boolean interrupted = Thread.currentThread().isInterrupted();
        if (interrupted
                && history.stopped() == null
                && history.epochs().size() < settings.epochs()) {
            return null;
        }
        var times = history.series().get(SECONDS);
        double seconds = times == null ? 0 : times.stream().mapToDouble(Double::doubleValue).sum();
        return new Done(history, seconds);
    }

    /// Logs how long an epoch took.
    private static final class EpochClock implements Callback {
        private final StudyWatcher watcher;
        private long start;
        private boolean told;
        private boolean whole;

        EpochClock(StudyWatcher watcher) {
            this.watcher = watcher;
        }

        @Override
        public void onTrainBegin(Training training) {
            start = System.nanoTime();
        }

        @Override
        public void onEpochBegin(Training training, int epoch) {
            start = System.nanoTime();
            whole = true;
        }

        /// A training that was stopped within an epoch goes on without beginning it.
        @Override
        public void onTrainBatchBegin(Training training, int batch) {
            if (!told) {
                watcher.trains(training.epoch(), training.settings().epochs());
                told = true;
            }
        }

        @Override
        public void onEpochEnd(Training training, int epoch, Logs logs) {
            training.log(SECONDS, (System.nanoTime() - start) / 1e9);
            if (whole) {
                watcher.epochs(epoch + 1, training.settings().epochs());
            }
        }
    }
}
