package dev.gnomon.data;

import static dev.gnomon.check.Check.config;
import static dev.gnomon.check.Check.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.gnomon.check.DataException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Files of numbers in columns: a header with their names, then a line for each sample, separated by commas (RFC 4180,
/// UTF-8).
///
/// ```java
/// var letters = Dataset.of(Csv.read(pixels).withSampleShape(28, 28), Csv.readLabels(categories));
/// var flowers = Csv.dataset(Path.of("iris.csv"), "species");
/// ```
///
/// Every cell must be a finite number; a fault names the file, the line and the column.
public final class Csv {
    private Csv() {}

    /// Reads a file of numbers: float32, `[lines, columns]`.
    public static Column read(Path file) {
        return table(file).column(-1);
    }

    /// Reads a file with one column, of class numbers: int32, `[lines]`.
    public static Column readLabels(Path file) {
        var table = table(file);
        data(
                table.header().size() == 1,
                "%s: one column of class numbers is wanted, but there are %d: %s.",
                file,
                table.header().size(),
                table.header());
        return table.labels(0);
    }

    /// Reads samples with their class numbers in a column of that name; all other columns are the input `[columns]`.
    public static Dataset dataset(Path file, String label) {
        var table = table(file);
        int index = table.header().indexOf(label);
        data(
                index >= 0,
                "%s: there is no column \"%s\"; the columns are %s.",
                file,
                label,
                table.header());
        return Dataset.of(table.column(index), table.labels(index));
    }

    /// Reads samples with their class numbers in a column counted from 0, or from the end: -1 is the last one.
    public static Dataset dataset(Path file, int label) {
        var table = table(file);
        int columns = table.header().size();
        data(
                label >= -columns && label < columns,
                "%s: there is no column %d; there are %d, from 0.",
                file,
                label,
                columns);
        int index = Math.floorMod(label, columns);
        return Dataset.of(table.column(index), table.labels(index));
    }

    /// The names of the columns.
    public static List<String> header(Path file) {
        return open(file, records -> List.copyOf(records.next()));
    }

    /// All lines as text, the header first.
    public static List<List<String>> readText(Path file) {
        return open(
                file,
                records -> {
                    List<List<String>> lines = new ArrayList<>();
                    for (var record = records.next(); !record.isEmpty(); record = records.next()) {
                        lines.add(List.copyOf(record));
                    }
                    return lines;
                });
    }

    private static CsvTable table(Path file) {
        return open(
                file,
                records -> {
                    var table = new CsvTable(file, records.next());
                    for (List<String> record = records.next();
                            !record.isEmpty();
                            record = records.next()) {
                        table.add(records.line(), record);
                    }
                    return table;
                });
    }

    /// The records of a file, one after the other.
    private static final class Records {
        private final Iterator<CsvRecord> records;
        private long line;

        Records(CsvReader<CsvRecord> reader) {
            records = reader.iterator();
        }

        /// The next record, or nothing after the last.
        List<String> next() {
            if (!records.hasNext()) {
                return List.of();
            }
            var record = records.next();
            line = record.getStartingLineNumber();
            return record.getFields();
        }

        long line() {
            return line;
        }
    }

    private interface Use<T> {
        T of(Records records);
    }

    private static <T> T open(Path file, Use<T> use) {
        Bytes.size(file);
        try (var reader =
                CsvReader.builder()
                        .detectBomHeader(true)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .ofCsvRecord(file)) {
            return use.of(new Records(reader));
        } catch (CsvParseException | UncheckedIOException e) {
            throw new DataException(file + ": cannot be read as CSV: " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw Bytes.unreadable(file.toString(), e);
        }
    }

    /// Writes samples as lines, at once or not at all; a file of that name is replaced. Whole numbers are written without a
    /// fraction.
    ///
    /// @param header the names of the columns, one for each element of a sample
    public static void write(Path file, List<String> header, Column column) {
        config(
                header.size() == column.sampleElements(),
                "Csv: %d names were given for columns of samples of %d elements.",
                header.size(),
                column.sampleElements());
        AtomicFile.write(
                file,
                out -> {
                    var writer =
                            CsvWriter.builder()
                                    .lineDelimiter(LineDelimiter.LF)
                                    .build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
                    writer.writeRecord(header);
                    List<String> cells = new ArrayList<>();
                    for (int row = 0; row < column.rows(); row++) {
                        cells.clear();
                        var sample = column.slice(row, row + 1).cached();
                        for (int i = 0; i < header.size(); i++) {
                            cells.add(text(sample.valueAt(0, i)));
                        }
                        writer.writeRecord(cells);
                    }
                    writer.flush();
                });
    }

    /// Writes samples under the names `prefix0`, `prefix1`, ...; a single column is called by the prefix alone.
    public static void write(Path file, String prefix, Column column) {
        List<String> header = new ArrayList<>();
        for (int i = 0; i < column.sampleElements(); i++) {
            header.add(column.sampleElements() == 1 ? prefix : prefix + i);
        }
        write(file, header, column);
    }

    static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1L << 53
                ? String.valueOf((long) value)
                : value == (float) value ? String.valueOf((float) value) : String.valueOf(value);
    }
}
