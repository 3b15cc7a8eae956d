package dev.gnomon.data;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Some samples of a data set as float32, ready for a kernel.
///
/// Every segment holds the samples of this batch one after the other, exactly, in the machine's byte order, and begins
/// at a multiple of 64 bytes. It is valid until the next batch is asked for.
public interface Batch {
    /// The number of samples.
    int size();

    /// The row of the data set that the sample at a position comes from.
    int row(int position);

    /// The rows of the data set that the samples come from, copied.
    int[] rows();

    /// Whether there is an input of that name.
    boolean hasInput(String name);

    /// Whether there is a target of that name.
    boolean hasTarget(String name);

    /// The samples of the named input.
    MemorySegment input(String name);

    /// The samples of the named target.
    MemorySegment target(String name);

    /// The weights of the samples in the loss of the named target, or null where the data set has none.
    @Nullable MemorySegment sampleWeight(String target);
}
