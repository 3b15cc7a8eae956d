package dev.gnomon.kernel.java;

import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.Frame;

/// Copies rows of a strided array: what concatenation, slices and padding are made of, and the filling around a copy.
///
/// @param rows how many rows; of a sample where `sharded`
/// @param bytes bytes of a row
record CopyCall(
        String name,
        boolean sharded,
        long rows,
        long bytes,
        Buffer from,
        long fromOffset,
        long fromStride,
        Buffer to,
        long toOffset,
        long toStride)
        implements Call {
    @Override
    public void run(Frame frame, int block) {
        long count = sharded ? rows * frame.samples() : rows;
        long source = frame.address(from) + fromOffset;
        long target = frame.address(to) + toOffset;
        if (fromStride == bytes && toStride == bytes) {
            java.lang.foreign.MemorySegment.copy(
                    Frame.MEMORY, source, Frame.MEMORY, target, bytes * count);
            return;
        }
        for (long row = 0; row < count; row++) {
            java.lang.foreign.MemorySegment.copy(
                    Frame.MEMORY,
                    source + row * fromStride,
                    Frame.MEMORY,
                    target + row * toStride,
                    bytes);
        }
    }

    @Override
    public String describe() {
        return name + " java";
    }
}
