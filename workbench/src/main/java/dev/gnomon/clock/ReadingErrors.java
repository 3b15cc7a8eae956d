package dev.gnomon.clock;

import dev.gnomon.data.ClockDataset;
import java.util.Arrays;
import java.util.List;

/// The common-sense errors of times that were read: minutes on the dial from the true time, the shorter way.
///
/// @param ascending the errors in minutes, the smallest first; at least one
public record ReadingErrors(List<Integer> ascending) {
    /// The errors of readings.
    ///
    /// @param told the times read, in minutes after twelve
    /// @param times the true times
    public static ReadingErrors of(int[] told, int[] times) {
        int[] errors = new int[told.length];
        for (int i = 0; i < told.length; i++) {
            errors[i] = ClockDataset.minutesBetween(told[i], times[i]);
        }
        Arrays.sort(errors);
        return new ReadingErrors(Arrays.stream(errors).boxed().toList());
    }

    public double mean() {
        return ascending.stream().mapToInt(Integer::intValue).average().orElse(Double.NaN);
    }

    public double median() {
        int middle = ascending.size() / 2;
        return ascending.size() % 2 == 1
                ? ascending.get(middle)
                : (ascending.get(middle - 1) + ascending.get(middle)) / 2.0;
    }

    /// The error that nine of ten readings do not exceed.
    public int ninetiethPercentile() {
        return ascending.get(Math.max(0, Math.ceilDiv(9 * count(), 10) - 1));
    }

    /// The share of readings with an error of at most so many minutes.
    public double within(int minutes) {
        return (count() - above(minutes)) / (double) count();
    }

    /// How many readings have an error of more than so many minutes.
    public long above(int minutes) {
        return ascending.stream().filter(error -> error > minutes).count();
    }

    public int largest() {
        return ascending.getLast();
    }

    public int count() {
        return ascending.size();
    }
}
