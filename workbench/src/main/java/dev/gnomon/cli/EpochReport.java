package dev.gnomon.cli;

import dev.gnomon.data.AtomicFile;
import dev.gnomon.train.FitListener;
import dev.gnomon.train.Logs;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Shows each epoch of a training and writes the log file.
final class EpochReport implements FitListener, AutoCloseable {
    private final Output output;
    private final @Nullable Path log;
    private final int epochs;
    private final StringBuilder rows = new StringBuilder();
    private @Nullable Progress progress;

    EpochReport(Output output, int epochs, @Nullable Path log) {
        this.output = output;
        this.log = log;
        this.epochs = epochs;
    }

    @Override
    public void batchDone(int epoch, int batch, int batches, double loss) {
        if (progress == null) {
            progress = output.bar("Epoch %d/%d".formatted(epoch + 1, epochs), batches);
        }
        progress.done(batch, String.format(Locale.ROOT, "loss %.4f", loss));
    }

    @Override
    public void epochDone(int epoch, int all, Logs logs, double seconds) {
        close();
        output.progressLine(
                String.format(
                        Locale.ROOT,
                        "Epoch %d/%d: %s (%.1f s)",
                        epoch + 1,
                        epochs,
                        text(logs),
                        seconds));
        if (log != null) {
            write(log, epoch, logs);
        }
    }

    /// As Keras's CSVLogger; the file is complete after every epoch.
    private void write(Path file, int epoch, Logs logs) {
        if (rows.isEmpty()) {
            rows.append("epoch,").append(String.join(",", logs.values().keySet())).append('\n');
        }
        rows.append(epoch);
        logs.values().values().forEach(value -> rows.append(',').append(value));
        rows.append('\n');
        AtomicFile.write(file, rows.toString());
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
