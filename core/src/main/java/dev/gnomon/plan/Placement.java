package dev.gnomon.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Places blocks that are alive during an interval of time into one stretch of memory: the first gap that is free for the
/// whole interval, larger blocks first.
final class Placement {
    private record Block(int id, long bytes, int from, int to) {}

    private record Placed(Block block, long offset) {}

    private final List<Block> blocks = new ArrayList<>();
    private final List<Placed> placed = new ArrayList<>();
    private long[] offsets = new long[0];
    private long bytes;

    /// Asks for memory that is alive from one time to another, both included; gives its number.
    int add(long bytes, int from, int to) {
        blocks.add(new Block(blocks.size(), Parameters.align(Math.max(bytes, 4)), from, to));
        return blocks.size() - 1;
    }

    void place() {
        offsets = new long[blocks.size()];
        blocks.stream()
                .sorted(
                        Comparator.comparingLong(Block::bytes)
                                .reversed()
                                .thenComparingInt(Block::id))
                .forEach(this::place);
    }

    private void place(Block block) {
        long at = 0;
        for (Placed other : placed) {
            boolean together = other.block.from <= block.to && block.from <= other.block.to;
            if (together
                    && other.offset < at + block.bytes
                    && at < other.offset + other.block.bytes) {
                at = other.offset + other.block.bytes;
            }
        }
        offsets[block.id] = at;
        bytes = Math.max(bytes, at + block.bytes);
        placed.add(new Placed(block, at));
        placed.sort(Comparator.comparingLong(Placed::offset));
    }

    long offset(int id) {
        return offsets[id];
    }

    long bytes() {
        return bytes;
    }
}
