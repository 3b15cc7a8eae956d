package dev.gnomon.data;

import dev.gnomon.check.DataException;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.DType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Samples that a reader makes. Each thread has room for one, which it uses again and again.
final class MadeRows implements Rows {
    private final RowReader reader;
    private final DType dtype;
    private final int rows;
    private final ThreadLocal<MemorySegment> room;

    MadeRows(RowReader reader, DType dtype, int width, int rows) {
        this.reader = reader;
        this.dtype = dtype;
        this.rows = rows;
        room =
                ThreadLocal.withInitial(
                        () -> MemorySegment.ofArray(new byte[width * dtype.bytes()]));
    }

    @Override
    public DType dtype() {
        return dtype;
    }

    @Override
    public MemorySegment sample(int row, @Nullable Key key) {
        var sample = room.get();
        try {
            reader.read(row, sample);
        } catch (IOException e) {
            throw new DataException(
                    "Column: row "
                            + row
                            + " of "
                            + rows
                            + " cannot be read: "
                            + AtomicFile.reason(e)
                            + ".",
                    e);
        }
        return sample;
    }

    @Override
    public long offset(int row) {
        return 0;
    }

    @Override
    public boolean isOnDemand() {
        return true;
    }
}
