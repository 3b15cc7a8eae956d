package dev.gnomon.plan;

import dev.gnomon.kernel.Call;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;

/// The time that each call of a plan took, summed over workers. Safe for use by many threads.
@SuppressWarnings("IdentityHashMapUsage")
public final class Profile {
    private static final class Sum {
        long nanos;
        long runs;
    }

    private final Map<Call, Sum> sums = new IdentityHashMap<>();

    synchronized void add(Call call, long nanos) {
        Sum sum = sums.computeIfAbsent(call, _ -> new Sum());
        sum.nanos += nanos;
        sum.runs++;
    }

    /// A line for each call, the longest first: milliseconds a step, share, runs a step, GFLOP/s.
    ///
    /// @param steps how many steps were measured
    public synchronized String table(int steps) {
        double total = sums.values().stream().mapToLong(sum -> sum.nanos).sum() / 1e6 / steps;
        var text =
                new StringBuilder(
                        String.format(Locale.ROOT, "%8.3f ms a step in all calls%n", total));
        sums.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> -entry.getValue().nanos))
                .forEach(entry -> {
                    double millis = entry.getValue().nanos / 1e6 / steps;
                    text.append(
                            String.format(
                                    Locale.ROOT,
                                    "%8.3f ms %5.1f %% %6.1f runs  %s%n",
                                    millis,
                                    100 * millis / total,
                                    (double) entry.getValue().runs / steps,
                                    entry.getKey().describe()));
                });
        return text.toString();
    }
}
