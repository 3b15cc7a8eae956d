package dev.gnomon.data;

import dev.gnomon.random.Key;
import dev.gnomon.tensor.DType;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Samples that lie in memory one after the other.
record StoredRows(MemorySegment memory, DType dtype, long rowBytes) implements Rows {
    @Override
    public MemorySegment sample(int row, @Nullable Key key) {
        return memory;
    }

    @Override
    public long offset(int row) {
        return row * rowBytes;
    }

    @Override
    public boolean isOnDemand() {
        return false;
    }
}
