package dev.gnomon.cli;

import dev.gnomon.data.ClockDataset;
import dev.gnomon.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What a model tells of one clock.
///
/// @param time the time, in minutes after twelve; -1 where the model answers NaN
/// @param confidence the share of probability on the time and the minutes beside it; NaN where the model gives none
/// @param other the likeliest time that is more than 5 minutes away; -1 where the model gives no probabilities
/// @param otherConfidence the same of that
record ClockAnswer(int time, double confidence, int other, double otherConfidence) {
    private static final int APART = 5;

    /// The answers in all rows of outputs; none where no output tells the time.
    static List<ClockAnswer> all(Map<String, Tensor> outputs) {
        Tensor teller = teller(outputs);
        return teller == null
                ? List.of()
                : IntStream.range(0, teller.shape().dim(0))
                        .mapToObj(row -> of(ClockLooks.row(teller, row)))
                        .toList();
    }

    /// The answer in a row of outputs, of which one tells the time.
    static ClockAnswer of(Map<String, Tensor> outputs, int row) {
        Tensor teller = teller(outputs);
        if (teller == null) {
            throw new IllegalStateException("No output tells the time.");
        }
        return of(ClockLooks.row(teller, row));
    }

    /// The output with a class for each time, else that with the hands' angles; null where there is neither.
    private static @Nullable Tensor teller(Map<String, Tensor> outputs) {
        Tensor angles = outputs.get(ClockDataset.TIME);
        return outputs.values().stream()
                .filter(told ->
                        told.shape().rank() == 2 && told.shape().last() == ClockDataset.MINUTES)
                .findFirst()
                .orElse(
                        angles != null
                                        && ClockDataset.tellsTime(
                                                ClockDataset.TIME, angles.shape().last())
                                ? angles
                                : null);
    }

    private static ClockAnswer of(Tensor told) {
        for (float value : told.values()) {
            if (Float.isNaN(value)) {
                return new ClockAnswer(-1, Double.NaN, -1, Double.NaN);
            }
        }
        if (told.size() != ClockDataset.MINUTES) {
            return new ClockAnswer(time(told), Double.NaN, -1, Double.NaN);
        }
        float[] here = Classes.probabilities(told.values());
        int best = time(Tensor.of(here, here.length));
        float[] elsewhere = here.clone();
        for (int i = -APART; i <= APART; i++) {
            elsewhere[Math.floorMod(best + i, elsewhere.length)] = 0;
        }
        int other = time(Tensor.of(elsewhere, elsewhere.length));
        return new ClockAnswer(best, around(here, best), other, around(here, other));
    }

    private static int time(Tensor told) {
        return ClockDataset.times(Tensor.of(told.values(), 1, told.size()))[0];
    }

    private static double around(float[] probabilities, int time) {
        double sum = 0;
        for (int i = -1; i <= 1; i++) {
            sum += probabilities[Math.floorMod(time + i, ClockDataset.MINUTES)];
        }
        return sum;
    }

    /// Whether the model tells a time.
    boolean isTold() {
        return time >= 0;
    }

    /// The probability of each time, of a model that has a class for each.
    static float[] probabilities(Map<String, Tensor> outputs, int row) {
        Tensor classes = Objects.requireNonNull(teller(outputs));
        return Classes.probabilities(ClockLooks.row(classes, row).values());
    }

    /// How sure a model that has a class for each time is that it is this one, to the minute or its neighbours.
    static double confidence(Map<String, Tensor> outputs, int row, int time) {
        return around(probabilities(outputs, row), time);
    }

    /// The time alone.
    String timeText() {
        return isTold() ? ClockDataset.text(time) : "not read";
    }

    /// The time, and how sure the model is of it.
    String text() {
        if (!isTold()) {
            return "not read: the model answers NaN";
        }
        if (Double.isNaN(confidence)) {
            return timeText();
        }
        return String.format(
                Locale.ROOT,
                "%-6s %5.1f %% sure to the minute or its neighbours%s",
                timeText(),
                100 * confidence,
                otherConfidence < 0.01
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "; or %s, %.1f %%",
                                ClockDataset.text(other),
                                100 * otherConfidence));
    }
}
