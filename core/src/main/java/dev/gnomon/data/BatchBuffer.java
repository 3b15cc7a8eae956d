package dev.gnomon.data;

import dev.gnomon.check.ConfigException;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Memory for one batch, filled again and again. Filling a full batch allocates nothing.
final class BatchBuffer implements Batch {
    private final Map<String, Part> inputs;
    private final Map<String, Part> targets;
    private final @Nullable Part sampleWeight;
    private final Map<String, Part> sampleWeights;
    private final Part[] all;
    private final int[] rows;
    private int size;

    BatchBuffer(Dataset dataset, int batchSize, Arena arena) {
        inputs = parts(dataset.inputs(), batchSize, arena);
        targets = parts(dataset.targets(), batchSize, arena);
        var weight = dataset.sampleWeight();
        sampleWeight = weight == null ? null : new Part(weight, batchSize, arena);
        sampleWeights = parts(dataset.sampleWeights(), batchSize, arena);
        all =
                Stream.of(
                                inputs.values().stream(),
                                targets.values().stream(),
                                Stream.ofNullable(sampleWeight),
                                sampleWeights.values().stream())
                        .flatMap(parts -> parts)
                        .toArray(Part[]::new);
        rows = new int[batchSize];
    }

    /// The numbers of one sample in all columns of a data set.
    static long sampleElements(Dataset dataset) {
        return Stream.of(
                        dataset.inputs().values().stream(),
                        dataset.targets().values().stream(),
                        Stream.ofNullable(dataset.sampleWeight()),
                        dataset.sampleWeights().values().stream())
                .flatMap(columns -> columns)
                .mapToLong(Column::sampleElements)
                .sum();
    }

    private static Map<String, Part> parts(
            Map<String, Column> columns, int batchSize, Arena arena) {
        var parts = new HashMap<String, Part>();
        columns.forEach((name, column) -> parts.put(name, new Part(column, batchSize, arena)));
        return parts;
    }

    /// Takes the samples at `order[from] .. order[from + count - 1]`.
    ///
    /// @param key of the epoch's random changes, or null for samples as they are
    void fill(int[] order, int from, int count, @Nullable Key key, @Nullable Helpers helpers) {
        System.arraycopy(order, from, rows, 0, count);
        size = count;
        for (Part part : all) {
            part.resize(count);
            if (helpers == null || !part.column.isOnDemand()) {
                part.fill(rows, 0, count, key);
            } else {
                helpers.share(count, (first, number) -> part.fill(rows, first, number, key));
            }
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int row(int position) {
        return rows[Objects.checkIndex(position, size)];
    }

    @Override
    public int[] rows() {
        return Arrays.copyOf(rows, size);
    }

    @Override
    public boolean hasInput(String name) {
        return inputs.containsKey(name);
    }

    @Override
    public boolean hasTarget(String name) {
        return targets.containsKey(name);
    }

    @Override
    public MemorySegment input(String name) {
        return find(inputs, name, "input").filled;
    }

    @Override
    public MemorySegment target(String name) {
        return find(targets, name, "target").filled;
    }

    @Override
    public @Nullable MemorySegment sampleWeight(String target) {
        Part weight = sampleWeights.getOrDefault(target, sampleWeight);
        return weight == null ? null : weight.filled;
    }

    private static Part find(Map<String, Part> parts, String name, String kind) {
        var part = parts.get(name);
        if (part == null) {
            throw new ConfigException(missing("Batch", kind, name, parts.keySet()));
        }
        return part;
    }

    static String missing(String where, String kind, String name, Set<String> known) {
        return where
                + ": there is no "
                + kind
                + " \""
                + name
                + "\"; "
                + (known.isEmpty()
                        ? "the data set has no " + kind + "s."
                        : "known: " + String.join(", ", known) + ".");
    }

    private static final class Part {
        private final Column column;
        private final MemorySegment memory;
        private MemorySegment filled;

        Part(Column column, int batchSize, Arena arena) {
            this.column = column;
            memory = NativeMemory.allocate(arena, 4L * batchSize * column.sampleElements());
            filled = memory;
        }

        void fill(int[] rows, int first, int count, @Nullable Key key) {
            long at = (long) first * column.sampleElements();
            column.copyRows(rows, first, count, memory, at, key);
        }

        void resize(int count) {
            long bytes = 4L * count * column.sampleElements();
            if (filled.byteSize() != bytes) {
                filled = bytes == memory.byteSize() ? memory : memory.asSlice(0, bytes);
            }
        }
    }
}
