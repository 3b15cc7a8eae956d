package dev.gnomon.data;

import static dev.gnomon.check.Check.config;
import static dev.gnomon.check.Check.data;

import dev.gnomon.random.Key;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/// Where data sets are cut, and which samples go where.
final class Splits {
    private static final BigDecimal CLOSE = new BigDecimal("1e-9");

    private Splits() {}

    /// The `fractions.length + 1` places to cut at: the rounded sums of the fractions.
    static int[] cuts(int size, double... fractions) {
        config(
                fractions.length >= 1,
                "split: at least one fraction is needed, but none was given.");
        var sum = BigDecimal.ZERO;
        int[] cuts = new int[fractions.length + 1];
        for (int i = 0; i < fractions.length; i++) {
            config(
                    fractions[i] > 0 && fractions[i] <= 1,
                    "split: fraction %d must be above 0 and at most 1, but is %s.",
                    i + 1,
                    fractions[i]);
            sum = sum.add(BigDecimal.valueOf(fractions[i]));
            if (sum.subtract(BigDecimal.ONE).abs().compareTo(CLOSE) < 0) {
                sum = BigDecimal.ONE;
            }
            config(
                    sum.compareTo(BigDecimal.ONE) <= 0,
                    "split: the fractions must add up to at most 1, but %s add up to more.",
                    Arrays.toString(fractions));
            cuts[i + 1] =
                    sum.multiply(BigDecimal.valueOf(size))
                            .setScale(0, RoundingMode.HALF_UP)
                            .intValueExact();
            data(
                    cuts[i + 1] > cuts[i],
                    "split: part %d (%s of %d samples) would be empty. Use a larger fraction or more samples.",
                    i + 1,
                    fractions[i],
                    size);
        }
        return cuts;
    }

    /// The rows of each part, ascending. The samples of each class are spread evenly over one line, which is cut.
    static int[][] stratified(Column labels, long seed, double... fractions) {
        int[] cuts = cuts(labels.rows(), fractions);
        int[] line = line(labels.ints(), Key.of(seed).child("dataset/stratified"));
        int[][] parts = new int[fractions.length][];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Arrays.copyOfRange(line, cuts[i], cuts[i + 1]);
            Arrays.sort(parts[i]);
        }
        return parts;
    }

    private static int[] line(int[] labels, Key key) {
        SortedMap<Integer, int[]> classes = rowsByClass(labels);
        double[] place = new double[labels.length];
        classes.forEach((label, rows) -> {
            int[] order = key.child(label).permutation(rows.length);
            for (int rank = 0; rank < rows.length; rank++) {
                place[rows[order[rank]]] = (rank + 0.5) / rows.length;
            }
        });
        return java.util.stream.IntStream.range(0, labels.length)
                .boxed()
                .sorted((a, b) ->
                        place[a] != place[b]
                                ? Double.compare(place[a], place[b])
                                : labels[a] != labels[b]
                                        ? Integer.compare(labels[a], labels[b])
                                        : Integer.compare(a, b))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static SortedMap<Integer, int[]> rowsByClass(int[] labels) {
        var counts = new TreeMap<Integer, Integer>();
        for (int label : labels) {
            counts.merge(label, 1, Integer::sum);
        }
        var rows = new TreeMap<Integer, int[]>();
        counts.forEach((label, count) -> rows.put(label, new int[count]));
        var filled = new TreeMap<Integer, Integer>();
        for (int row = 0; row < labels.length; row++) {
            int position = filled.merge(labels[row], 1, Integer::sum) - 1;
            java.util.Objects.requireNonNull(rows.get(labels[row]))[position] = row;
        }
        return rows;
    }
}
