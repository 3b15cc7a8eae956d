package dev.gnomon.cli;

import dev.gnomon.data.ClockDataset;
import dev.gnomon.data.Dataset;
import dev.gnomon.model.Model;
import dev.gnomon.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The times that a model reads from clocks, beside the true ones.
///
/// @param clocks the clocks
/// @param read the times read, in minutes after twelve
/// @param errors how many minutes each is off, ascending
record ClockReading(ClockDataset clocks, List<Integer> read, List<Integer> errors) {
    private static final int GOOD = 5;
    private static final int BATCH = 64;

    /// Reads all clocks; null where the model has no output that tells the time.
    static @Nullable ClockReading of(Model model, ClockDataset clocks, Dataset samples) {
        for (var entry : model.predict(samples, BATCH).entrySet()) {
            Tensor told = entry.getValue();
            if (ClockDataset.tellsTime(entry.getKey(), told.shape().last())) {
                int[] times = ClockDataset.times(told);
                int[] errors = new int[times.length];
                for (int i = 0; i < times.length; i++) {
                    errors[i] = ClockDataset.minutesBetween(times[i], clocks.time(i));
                }
                Arrays.sort(errors);
                return new ClockReading(
                        clocks,
                        Arrays.stream(times).boxed().toList(),
                        Arrays.stream(errors).boxed().toList());
            }
        }
        return null;
    }

    double mean() {
        return errors.stream().mapToInt(Integer::intValue).average().orElse(0);
    }

    double median() {
        int middle = errors.size() / 2;
        return errors.size() % 2 == 1
                ? errors.get(middle)
                : (errors.get(middle - 1) + errors.get(middle)) / 2.0;
    }

    /// The share of clocks that were read to within 5 minutes.
    double withinFiveMinutes() {
        return errors.stream().filter(error -> error <= GOOD).count() / (double) errors.size();
    }

    void put(ObjectNode figures) {
        figures.put("common_sense_error_minutes", mean());
        figures.put("median_error_minutes", median());
        figures.put("within_5_minutes", withinFiveMinutes());
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "Common-sense error on %d test pictures: %.2f minutes in the mean, %.1f in the median; %.1f %% within 5 minutes",
                errors.size(),
                mean(),
                median(),
                100 * withinFiveMinutes());
    }

    /// The first pictures side by side, with the time read and the true one.
    String pictures(int count) {
        List<List<String>> columns = new ArrayList<>();
        for (int i = 0; i < Math.min(count, read.size()); i++) {
            var lines = new ArrayList<>(TextPicture.of(clocks.images(), i));
            lines.add(
                    "read %s, true %s"
                            .formatted(
                                    ClockDataset.text(read.get(i)),
                                    ClockDataset.text(clocks.time(i))));
            columns.add(lines);
        }
        var text = new StringBuilder();
        for (int line = 0; !columns.isEmpty() && line < columns.getFirst().size(); line++) {
            int row = line;
            String joined =
                    String.join(
                            " ", columns.stream().map(lines -> padded(lines.get(row))).toList());
            text.append(joined.stripTrailing()).append(System.lineSeparator());
        }
        return text.toString().stripTrailing();
    }

    private static String padded(String line) {
        return line + " ".repeat(Math.max(0, TextPicture.WIDTH - line.length()));
    }
}
