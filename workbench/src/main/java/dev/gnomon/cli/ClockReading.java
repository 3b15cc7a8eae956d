package dev.gnomon.cli;

import dev.gnomon.check.Check;
import dev.gnomon.clock.ReadingErrors;
import dev.gnomon.data.ClockDataset;
import dev.gnomon.data.Dataset;
import dev.gnomon.model.Model;
import dev.gnomon.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The times that a model reads from clocks, beside the true ones.
///
/// @param clocks the clocks
/// @param read the times read, in minutes after twelve
/// @param errors how many minutes they are off
record ClockReading(ClockDataset clocks, List<Integer> read, ReadingErrors errors) {
    private static final int RIGHT = 1;
    private static final int GOOD = 5;
    private static final int WRONG = 30;

    /// Whether a model has an output that tells the time.
    static boolean isPossible(Model model) {
        var shapes = model.outputShapes();
        return IntStream.range(0, shapes.size())
                .anyMatch(i ->
                        ClockDataset.tellsTime(model.outputNames().get(i), shapes.get(i).last()));
    }

    /// Reads all clocks; null where the model has no output that tells the time.
    static @Nullable ClockReading of(
            Model model, ClockDataset clocks, Dataset samples, int batchSize) {
        return of(model.predict(samples, batchSize), clocks);
    }

    /// What outputs tell of clocks; null where none tells the time.
    static @Nullable ClockReading of(Map<String, Tensor> outputs, ClockDataset clocks) {
        var answers = ClockAnswer.all(outputs);
        if (answers.isEmpty()) {
            return null;
        }
        for (int i = 0; i < answers.size(); i++) {
            Check.data(
                    answers.get(i).isTold(),
                    "The model answers NaN for clock %d, so it tells no time. Look at that picture, and at the model's weights.",
                    i);
        }
        int[] times = answers.stream().mapToInt(ClockAnswer::time).toArray();
        return new ClockReading(
                clocks,
                Arrays.stream(times).boxed().toList(),
                ReadingErrors.of(times, clocks.times()));
    }

    void put(ObjectNode figures) {
        figures.put("common_sense_error_minutes", errors.mean());
        figures.put("median_error_minutes", errors.median());
        figures.put("p90_error_minutes", errors.ninetiethPercentile());
        figures.put("within_1_minute", errors.within(RIGHT));
        figures.put("within_5_minutes", errors.within(GOOD));
        figures.put("largest_error_minutes", errors.largest());
        figures.put("errors_above_30_minutes", errors.above(WRONG));
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "Common-sense error on %d pictures: %.2f minutes in the mean, %.1f in the median, %d in the 90th percentile;"
                        + " %.2f %% within 1 minute, %.2f %% within 5 minutes; at most %d, above 30 minutes: %d",
                errors.count(),
                errors.mean(),
                errors.median(),
                errors.ninetiethPercentile(),
                100 * errors.within(RIGHT),
                100 * errors.within(GOOD),
                errors.largest(),
                errors.above(WRONG));
    }

    /// The clocks read worst, the worst first; empty where all are read to within 5 minutes.
    String worst(int count) {
        return IntStream.range(0, read.size())
                .boxed()
                .filter(row -> error(row) > GOOD)
                .sorted(Comparator.comparingInt(this::error).reversed())
                .limit(count)
                .map(row ->
                        "clock %d as %s (true %s)"
                                .formatted(
                                        row,
                                        ClockDataset.text(read.get(row)),
                                        ClockDataset.text(clocks.time(row))))
                .collect(Collectors.joining(", "));
    }

    private int error(int row) {
        return ClockDataset.minutesBetween(read.get(row), clocks.time(row));
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
