package dev.gnomon.cli;

import dev.gnomon.data.ClockDataset;
import dev.gnomon.tensor.Tensor;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What a model tells of one clock.
///
/// @param time the time, in minutes after twelve
/// @param confidence the share of probability on the time and the minutes beside it; NaN where the model gives none
/// @param other the likeliest time that is more than 5 minutes away; -1 where the model gives no probabilities
/// @param otherConfidence the same of that
record ClockAnswer(int time, double confidence, int other, double otherConfidence) {
    private static final int APART = 5;

    /// The answer in a row of outputs; null where no output tells the time.
    static @Nullable ClockAnswer of(Map<String, Tensor> outputs, int row) {
        Tensor classes = classes(outputs);
        if (classes != null) {
            return ofClasses(classes.values(), row * ClockDataset.MINUTES);
        }
        int[] times = times(outputs);
        return times == null ? null : new ClockAnswer(times[row], Double.NaN, -1, Double.NaN);
    }

    /// The output with a class for each time; null where there is none.
    static @Nullable Tensor classes(Map<String, Tensor> outputs) {
        return outputs.values().stream()
                .filter(told ->
                        told.shape().rank() == 2 && told.shape().last() == ClockDataset.MINUTES)
                .findFirst()
                .orElse(null);
    }

    private static ClockAnswer ofClasses(float[] values, int from) {
        int best = likeliest(values, from, -1);
        if (!Classes.isProbability(values, from, ClockDataset.MINUTES)) {
            return new ClockAnswer(best, Double.NaN, -1, Double.NaN);
        }
        int other = likeliest(values, from, best);
        return new ClockAnswer(
                best, around(values, from, best), other, around(values, from, other));
    }

    /// The times in all rows: by the output with a class for each time, else by the hands' angles; null where there is neither.
    static int @Nullable [] times(Map<String, Tensor> outputs) {
        Tensor classes = classes(outputs);
        if (classes != null) {
            return IntStream.range(0, classes.shape().dim(0))
                    .map(row -> likeliest(classes.values(), row * ClockDataset.MINUTES, -1))
                    .toArray();
        }
        Tensor angles = outputs.get(ClockDataset.TIME);
        return angles != null && ClockDataset.tellsTime(ClockDataset.TIME, angles.shape().last())
                ? ClockDataset.times(angles)
                : null;
    }

    /// The time that is likeliest together with the minutes beside it, but for those near another.
    private static int likeliest(float[] values, int from, int but) {
        int best = -1;
        for (int time = 0; time < ClockDataset.MINUTES; time++) {
            boolean counts = but < 0 || ClockDataset.minutesBetween(time, but) > APART;
            if (counts && (best < 0 || around(values, from, time) > around(values, from, best))) {
                best = time;
            }
        }
        return best;
    }

    private static double around(float[] values, int from, int time) {
        double sum = 0;
        for (int i = -1; i <= 1; i++) {
            sum += values[from + Math.floorMod(time + i, ClockDataset.MINUTES)];
        }
        return sum;
    }

    /// How sure the model is that the time is this one, to the minute or its neighbours; 0 where it tells none.
    static double confidence(Map<String, Tensor> outputs, int row, int time) {
        Tensor classes = classes(outputs);
        return classes == null ? 0 : around(classes.values(), row * ClockDataset.MINUTES, time);
    }

    /// The time, and how sure the model is of it.
    String text() {
        String told = ClockDataset.text(time);
        if (Double.isNaN(confidence)) {
            return told;
        }
        return String.format(
                Locale.ROOT,
                "%-6s %5.1f %% sure to the minute or its neighbours%s",
                told,
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
