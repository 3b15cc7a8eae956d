package dev.gnomon.tensor;

import java.lang.foreign.MemorySegment;

/// A float32 array with its shape where it lies in native memory, read-only. Nothing is copied: what is written there later
/// is seen.
///
/// @param shape the sizes
/// @param memory the elements in row order, in the machine's byte order
public record TensorView(Shape shape, MemorySegment memory) {
    public TensorView {
        memory = memory.asReadOnly();
    }
}
