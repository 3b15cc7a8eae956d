package dev.gnomon.figure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/// An axis: its title, whether it is logarithmic, and its range, where NaN stands for that of the values.
///
/// @param title what is along it, with its unit
/// @param logarithmic whether each power of ten has the same length; values must then be above 0
/// @param from where it begins
/// @param to where it ends
/// @param step between ticks; NaN for one that suits
/// @param names what stands at 0, 1, 2 and so on instead of the numbers; empty for the numbers
public record Axis(
        String title,
        boolean logarithmic,
        double from,
        double to,
        double step,
        List<String> names) {
    private static final int TICKS = 5;

    /// A linear axis for all values.
    public static Axis of(String title) {
        return new Axis(title, false, Double.NaN, Double.NaN, Double.NaN, List.of());
    }

    /// A logarithmic axis for all values.
    public static Axis logarithmic(String title) {
        return new Axis(title, true, Double.NaN, Double.NaN, Double.NaN, List.of());
    }

    /// The axis with a range.
    public Axis between(double first, double last) {
        return new Axis(title, logarithmic, first, last, step, names);
    }

    /// The axis with so much between ticks.
    public Axis withStep(double between) {
        return new Axis(title, logarithmic, from, to, between, names);
    }

    /// The axis with names at 0, 1, 2 and so on.
    public Axis named(List<String> all) {
        return new Axis(title, logarithmic, 0, all.size() - 1.0, 1, all);
    }

    /// The axis with its range fixed: the given one, else that of the values, widened to round numbers.
    Axis fitted(DoubleStream values) {
        var range = values.filter(Double::isFinite).filter(v -> !logarithmic || v > 0);
        var summary = range.summaryStatistics();
        double low = summary.getCount() == 0 ? 1 : summary.getMin();
        double high = summary.getCount() == 0 ? 10 : summary.getMax();
        if (logarithmic) {
            low = low / 1.15;
            high = high * 1.15;
        } else {
            double by = stepOf(low, high > low ? high : low + 1);
            low = Math.floor(low / by) * by;
            high = Math.max(low + by, Math.ceil(high / by) * by);
        }
        return new Axis(
                title,
                logarithmic,
                Double.isNaN(from) ? low : from,
                Double.isNaN(to) ? high : to,
                step,
                names);
    }

    private static double stepOf(double low, double high) {
        double raw = (high - low) / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double factor = raw / power;
        return power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
    }

    /// Where a value lies, 0 at the beginning and 1 at the end.
    double at(double value) {
        return logarithmic
                ? (Math.log(Math.max(value, 1e-300)) - Math.log(from))
                        / (Math.log(to) - Math.log(from))
                : (value - from) / (to - from);
    }

    /// The values that get a tick.
    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        if (logarithmic) {
            double decades = Math.log10(to / from);
            ticks = powers(decades > 3.2 ? List.of(1) : List.of(1, 2, 5));
            return ticks.size() >= 2 ? ticks : powers(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9));
        }
        double by = Double.isNaN(step) ? stepOf(from, to) : step;
        long first = (long) Math.ceil(from / by - 1e-9);
        for (long i = first; i * by <= to + by * 1e-9; i++) {
            ticks.add(i * by);
        }
        return ticks;
    }

    /// The values from end to end that are one of these times a power of ten.
    private List<Double> powers(List<Integer> parts) {
        List<Double> ticks = new ArrayList<>();
        for (int power = -12; power <= 12; power++) {
            for (int part : parts) {
                double tick = power < 0 ? part / Math.pow(10, -power) : part * Math.pow(10, power);
                if (tick >= from * 0.999 && tick <= to * 1.001) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    /// What stands at a tick.
    String label(double tick) {
        return names.isEmpty() ? text(tick) : names.get((int) Math.round(tick));
    }

    /// A number as it stands at a tick.
    public static String text(double value) {
        double size = Math.abs(value);
        if (size >= 10_000 || size == Math.rint(size)) {
            return String.format(Locale.ROOT, "%,d", Math.round(value));
        }
        return BigDecimal.valueOf(value)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }
}
