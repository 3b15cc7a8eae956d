package dev.gnomon.cli;

import dev.gnomon.train.Callback;
import dev.gnomon.train.Logs;
import dev.gnomon.train.Training;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Shows each epoch of a training, and counts what this process has trained.
final class EpochReport implements Callback, AutoCloseable {
    private final Output output;
    private @Nullable Progress progress;
    private long epochStart;
    private long batches;

    EpochReport(Output output) {
        this.output = output;
    }

    /// How many batches were trained on since this process began.
    long batches() {
        return batches;
    }

    @Override
    public void onTrainBegin(Training training) {
        epochStart = System.nanoTime();
        if (training.epoch() >= training.settings().epochs()
                || training.history().stopped() != null) {
            output.progressLine("The run has come to its end before; nothing is left to train.");
        } else if (training.epoch() > training.settings().initialEpoch() || training.batch() > 0) {
            output.progressLine(
                    "Going on in epoch %d after batch %d of %d"
                            .formatted(training.epoch() + 1, training.batch(), training.batches()));
        }
    }

    @Override
    public void onTrainBatchEnd(Training training, int batch) {
        batches++;
        if (progress == null) {
            progress =
                    output.bar(
                            "Epoch %d/%d"
                                    .formatted(training.epoch() + 1, training.settings().epochs()),
                            training.batches());
        }
        progress.done(batch + 1, String.format(Locale.ROOT, "loss %.4f", training.loss()));
    }

    @Override
    public void onEpochEnd(Training training, int epoch, Logs logs) {
        close();
        long now = System.nanoTime();
        output.progressLine(
                String.format(
                        Locale.ROOT,
                        "Epoch %d/%d: %s (%.1f s)",
                        epoch + 1,
                        training.settings().epochs(),
                        text(logs),
                        (now - epochStart) / 1e9));
        epochStart = now;
    }

    static String text(Logs logs) {
        return logs.values().entrySet().stream()
                .map(entry ->
                        String.format(Locale.ROOT, "%s %.4f", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.close();
            progress = null;
        }
    }
}
