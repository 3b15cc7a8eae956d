package dev.gnomon.train;

import dev.gnomon.check.Check;
import dev.gnomon.data.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/// Writes the figures of each epoch as a line of a CSV file: `epoch`, counted from 0, then the figures by name.
///
/// The file is written anew after each epoch, whole or not at all. Figures that an epoch does not have (those of
/// validation, where not every epoch is validated) are `NA`; figures that come only after the first epoch are left out.
///
/// @param file the file
/// @param separator what is between two values; a comma by default
/// @param append whether lines are added to a file that is there; false by default: it is replaced
public record CSVLogger(Path file, String separator, boolean append) implements Callback {
    private static final String BEFORE = "before";
    private static final String ROWS = "rows";
    private static final String NAMES = "names";

    public CSVLogger {
        Check.config(
                !separator.isEmpty() && !separator.contains("\n"),
                "CSVLogger: the separator must be at least one character other than an end of line.");
    }

    public CSVLogger(Path file) {
        this(file, ",", false);
    }

    public CSVLogger withSeparator(String text) {
        return new CSVLogger(file, text, append);
    }

    public CSVLogger withAppend(boolean on) {
        return new CSVLogger(file, separator, on);
    }

    @Override
    public void onTrainBegin(Training training) {
        var state = training.state();
        if (state.text(BEFORE) == null) {
            state.put(BEFORE, append ? content() : "");
        }
        String rows = state.text(ROWS);
        AtomicFile.write(file, state.text(BEFORE) + (rows == null ? "" : rows));
    }

    private String content() {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "CSVLogger: " + file + " cannot be read: " + AtomicFile.reason(e) + ".", e);
        }
    }

    @Override
    public void onEpochEnd(Training training, int epoch, Logs logs) {
        var state = training.state();
        String before = String.valueOf(state.text(BEFORE));
        String rows = state.text(ROWS);
        String header = state.text(NAMES);
        if (header == null) {
            var all = new TreeSet<>(logs.values().keySet());
            training.figures().forEach(all::add);
            header = String.join("\n", all);
            state.put(NAMES, header);
        }
        List<String> names = header.lines().toList();
        if (rows == null) {
            rows = before.isEmpty() ? row("epoch", names) : "";
        }
        rows +=
                row(
                        Integer.toString(epoch),
                        names.stream()
                                .map(name -> logs.values().get(name))
                                .map(value -> value == null ? "NA" : value.toString())
                                .toList());
        state.put(ROWS, rows);
        AtomicFile.write(file, before + rows);
    }

    private String row(String first, Iterable<String> rest) {
        var row = new StringBuilder(first);
        rest.forEach(cell -> row.append(separator).append(quoted(cell)));
        return row.append('\n').toString();
    }

    /// As Python's `csv` writes it.
    private String quoted(String cell) {
        return cell.contains(separator) || cell.contains("\"")
                ? '"' + cell.replace("\"", "\"\"") + '"'
                : cell;
    }
}
