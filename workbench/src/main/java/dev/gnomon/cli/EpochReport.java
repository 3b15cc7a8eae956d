package dev.gnomon.cli;

import dev.gnomon.train.Callback;
import dev.gnomon.train.Logs;
import dev.gnomon.train.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Shows each epoch of a training, and counts what this process has trained.
final class EpochReport implements Callback, AutoCloseable {
    private final Output output;
    private @Nullable Progress progress;
    private long epochStart;
    private long batches;
    private long testNanos;
    private final List<Double> epochSeconds = new ArrayList<>();

    EpochReport(Output output) {
        this.output = output;
    }

    /// How many batches were trained on since this process began.
    long batches() {
        return batches;
    }

    /// The seconds of each epoch that this process has ended, validation included.
    List<Double> epochSeconds() {
        return epochSeconds;
    }

    /// The seconds that tests between epochs took; they count in no epoch.
    double secondsOfTests() {
        return testNanos / 1e9;
    }

    /// A test of so many nanoseconds is done.
    void tested(long nanos) {
        testNanos += nanos;
        epochStart += nanos;
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
                            batch,
                            training.batches());
        }
        progress.done(batch + 1, String.format(Locale.ROOT, "loss %.4f", training.loss()));
    }

    @Override
    public void onEpochEnd(Training training, int epoch, Logs logs) {
        close();
        long now = System.nanoTime();
        double seconds = (now - epochStart) / 1e9;
        epochSeconds.add(seconds);
        output.progressLine(
                String.format(
                        Locale.ROOT,
                        "Epoch %d/%d: %s (%.1f s)",
                        epoch + 1,
                        training.settings().epochs(),
                        text(logs),
                        seconds));
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
