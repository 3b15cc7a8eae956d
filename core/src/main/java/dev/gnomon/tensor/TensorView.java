package dev.gnomon.tensor;

import java.nio.ByteBuffer;

/// A float32 array where it lies: nothing is copied before it is asked for, and what is written there later is seen.
public interface TensorView {
    /// The sizes.
    Shape shape();

    /// The elements as they are now, copied.
    Tensor tensor();

    /// Writes the elements as they are now, in row order and little-endian, from the buffer's position on.
    void copyTo(ByteBuffer target);
}
