package dev.gnomon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.tensor.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Values of real Keras, as `make_golden.py` wrote them.
public final class Golden {
    private record Entry(Shape shape, List<Double> numbers) {
        double[] values() {
            return numbers.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private Golden(List<String> lines) {
        for (String line : lines) {
            String[] parts = line.split(" ?\\| ?", -1);
            if (parts.length == 3 && !parts[2].isEmpty()) {
                int[] sizes = parts[1].isEmpty() ? new int[0] : ints(parts[1]);
                List<Double> numbers =
                        Arrays.stream(parts[2].split(" ")).map(Golden::number).toList();
                entries.put(parts[0], new Entry(Shape.of(sizes), numbers));
            }
        }
    }

    /// The golden values of a family, such as `losses`.
    public static Golden read(String family) {
        String name = "/golden/" + family + ".txt";
        try (var in = Objects.requireNonNull(Golden.class.getResourceAsStream(name), name)) {
            return new Golden(
                    new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> keys() {
        return List.copyOf(entries.keySet());
    }

    public boolean has(String key) {
        return entries.containsKey(key);
    }

    public double[] values(String key) {
        return entry(key).values();
    }

    /// The shape of a weight.
    public Shape shape(String key) {
        return entry(key).shape;
    }

    /// The shape of data: the first axis is the batch.
    public Shape batched(String key) {
        return shape(key).withDim(0, Shape.BATCH);
    }

    /// Checks values within a tolerance relative to those of Keras, absolute below 1.
    public void check(String key, double[] actual, double tolerance) {
        double[] expected = values(key);
        assertThat(actual).as(key).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            double error = Math.abs(actual[i] - expected[i]);
            assertThat(error <= tolerance * Math.max(1, Math.abs(expected[i])))
                    .as("%s[%d]: expected %s, but is %s", key, i, expected[i], actual[i])
                    .isTrue();
        }
    }

    private Entry entry(String key) {
        return Objects.requireNonNull(entries.get(key), key);
    }

    private static double number(String text) {
        return Float.parseFloat(text.replace("inf", "Infinity"));
    }

    private static int[] ints(String text) {
        return Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray();
    }
}
