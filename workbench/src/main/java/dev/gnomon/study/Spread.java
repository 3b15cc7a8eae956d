package dev.gnomon.study;

import java.util.Arrays;
import java.util.Locale;

/// A figure over several seeds.
///
/// @param count how many values there are
/// @param mean of them
/// @param deviation the standard deviation of a sample; 0 for a single value
/// @param low the least
/// @param high the largest
public record Spread(int count, double mean, double deviation, double low, double high) {
    /// The spread of at least one value.
    public static Spread of(double... values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return new Spread(
                values.length,
                mean,
                values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)),
                Arrays.stream(values).min().orElse(Double.NaN),
                Arrays.stream(values).max().orElse(Double.NaN));
    }

    /// Mean and deviation with so many digits behind the point; the mean alone of a single value.
    public String text(int digits) {
        String form = "%." + digits + "f";
        return count < 2
                ? String.format(Locale.ROOT, form, mean)
                : String.format(Locale.ROOT, form + " ± " + form, mean, deviation);
    }
}
