package dev.gnomon.data;

import dev.gnomon.random.Key;
import dev.gnomon.tensor.DType;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Where the samples of a column come from. Safe to use from many threads.
sealed interface Rows permits StoredRows, MadeRows, MappedRows, AugmentedRows {
    /// The type of the elements.
    DType dtype();

    /// Memory that holds a sample at [#offset], until this thread asks for another one.
    ///
    /// @param key of an epoch's random changes, or null for samples as they are
    MemorySegment sample(int row, @Nullable Key key);

    /// Where in the memory a sample begins, in bytes.
    long offset(int row);

    /// Whether samples are made when they are asked for.
    boolean isOnDemand();

    /// How many random changes samples go through.
    default int augmentations() {
        return 0;
    }
}
