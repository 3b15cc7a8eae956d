package dev.gnomon.data;

import static dev.gnomon.check.Check.data;

import dev.gnomon.check.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The numbers of a CSV file.
final class CsvTable {
    private final Path file;
    private final List<String> header;
    private final List<float[]> rows = new ArrayList<>();
    private final List<Long> lines = new ArrayList<>();

    CsvTable(Path file, List<String> header) {
        data(!header.isEmpty(), "%s: the file is empty; it needs a header and lines.", file);
        this.file = file;
        this.header = List.copyOf(header);
        boolean numbers = header.stream().allMatch(CsvTable::isNumber);
        data(
                !numbers,
                "%s: line 1 must be a header with the names of the columns, but holds numbers. Add such a line.",
                file);
        String only = header.size() == 1 ? header.getFirst() : "";
        data(
                only.indexOf(';') < 0 && only.indexOf('\t') < 0,
                "%s: commas must separate the columns, but the header is \"%s\". Write the file with commas.",
                file,
                only);
    }

    private static boolean isNumber(String cell) {
        try {
            Double.parseDouble(cell);
            return true;
        } catch (NumberFormatException _) {
            return false;
        }
    }

    List<String> header() {
        return header;
    }

    void add(long line, List<String> cells) {
        if (cells.size() != header.size()) {
            throw new DataException(
                    file
                            + ": line "
                            + line
                            + " has "
                            + cells.size()
                            + " cells, but the header names "
                            + header.size()
                            + " columns. Mend the line, or leave it out.");
        }
        float[] row = new float[cells.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = number(line, i, cells.get(i));
        }
        rows.add(row);
        lines.add(line);
    }

    private float number(long line, int column, String cell) {
        try {
            float value = Float.parseFloat(cell);
            if (Float.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException _) {
            // Told below.
        }
        throw new DataException(
                where(line, column)
                        + (cell.isBlank() ? "is empty" : "holds \"" + cell + "\"")
                        + ", but a finite number is needed. Fill it in, or leave the line out.");
    }

    private String where(long line, int column) {
        return file + ": line " + line + ", column \"" + header.get(column) + "\" ";
    }

    /// All columns but one, or all where it is -1.
    Column column(int left) {
        int width = header.size() - (left < 0 ? 0 : 1);
        data(
                width > 0,
                "%s: besides the labels there are no columns; samples need at least one.",
                file);
        float[] values = new float[Math.multiplyExact(rows.size(), width)];
        int at = 0;
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                if (i != left) {
                    values[at++] = row[i];
                }
            }
        }
        return Column.of(values, rows.size(), width);
    }

    /// A column of class numbers.
    Column labels(int column) {
        int[] labels = new int[rows.size()];
        for (int i = 0; i < labels.length; i++) {
            float value = rows.get(i)[column];
            labels[i] = (int) value;
            if (labels[i] != value || value < 0) {
                throw new DataException(
                        where(lines.get(i), column)
                                + "holds "
                                + (value == Math.rint(value) ? "%.0f".formatted(value) : value)
                                + ", but class numbers are whole, from 0. Number the classes anew, or name another column"
                                + " as the label.");
            }
        }
        return Column.labels(labels);
    }
}
