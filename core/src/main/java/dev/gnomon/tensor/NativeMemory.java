package dev.gnomon.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/// Where weights, workspaces and batches get their native memory, so that what was asked for can be compared with what was
/// predicted. Data sets read from files are not among it. Safe for use by many threads.
public final class NativeMemory {
    private static final long ALIGNMENT = 64;
    private static final AtomicLong ALLOCATED = new AtomicLong();

    private NativeMemory() {}

    /// Zeroed memory at a multiple of 64 bytes; it lives as long as the arena.
    public static MemorySegment allocate(Arena arena, long bytes) {
        MemorySegment memory = arena.allocate(bytes, ALIGNMENT);
        ALLOCATED.addAndGet(bytes);
        return memory;
    }

    /// All bytes that were allocated since the process began, those that were freed since among them.
    public static long allocatedBytes() {
        return ALLOCATED.get();
    }
}
