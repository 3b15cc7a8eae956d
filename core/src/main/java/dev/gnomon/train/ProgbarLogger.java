package dev.gnomon.train;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Prints the progress of a training: a bar for each epoch, or a line. `Fit.withVerbose` adds it.
///
/// @param out where to print
/// @param bar whether there is a bar, drawn anew with each batch, which only terminals show well
public record ProgbarLogger(PrintStream out, boolean bar) implements Callback {
    private static final int WIDTH = 20;
    private static final int STEPS_SHOWN = 100;
    private static final String CLEAR = "\r\u001b[K";

    /// A bar on standard output.
    public ProgbarLogger() {
        this(System.out, true);
    }

    @Override
    public void onTrainBatchEnd(Training training, int batch) {
        if (bar && isTime(training, batch)) {
            out.print(CLEAR + line(training, batch + 1) + " - " + text(training.logs()));
            out.flush();
        }
    }

    /// Not with every batch: a terminal is slower than a small network.
    private static boolean isTime(Training training, int batch) {
        int apart = Math.max(1, training.batches() / STEPS_SHOWN);
        return (batch + 1) % apart == 0;
    }

    @Override
    public void onEpochEnd(Training training, int epoch, Logs logs) {
        out.println((bar ? CLEAR : "") + line(training, training.batch()) + " - " + text(logs));
    }

    private String line(Training training, int done) {
        var epoch = "Epoch %d/%d".formatted(training.epoch() + 1, training.settings().epochs());
        if (!bar) {
            return epoch;
        }
        int all = Math.max(1, training.batches());
        int full = (int) ((long) WIDTH * done / all);
        return "%s %d/%d %s%s"
                .formatted(epoch, done, all, "━".repeat(full), "─".repeat(WIDTH - full));
    }

    private static String text(Logs logs) {
        return logs.values().entrySet().stream()
                .map(entry -> entry.getKey() + " " + number(entry))
                .collect(Collectors.joining(", "));
    }

    /// As Keras: four digits, and small numbers by their exponent.
    private static String number(Map.Entry<String, Double> entry) {
        double value = entry.getValue();
        boolean small = value != 0 && Math.abs(value) < 1e-3;
        return String.format(Locale.ROOT, small ? "%.4e" : "%.4f", value);
    }
}
