package dev.gnomon.data;

import dev.gnomon.data.transform.Transform;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.DType;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Samples of another column, changed by a transform.
final class MappedRows implements Rows {
    private final Column column;
    private final Transform.Step step;
    private final ThreadLocal<Room> room;

    MappedRows(Column column, Transform.Step step) {
        this.column = column;
        this.step = step;
        int to = Math.toIntExact(step.shape().elements());
        room = ThreadLocal.withInitial(() -> new Room(column.sampleElements(), to));
    }

    /// What a thread needs to make a sample.
    static final class Room {
        final float[] before;
        final MemorySegment beforeMemory;
        final float[] after;
        final MemorySegment afterMemory;

        Room(int before, int after) {
            this.before = new float[before];
            this.beforeMemory = MemorySegment.ofArray(this.before);
            this.after = new float[after];
            this.afterMemory = MemorySegment.ofArray(this.after);
        }
    }

    @Override
    public DType dtype() {
        return DType.FLOAT32;
    }

    @Override
    public MemorySegment sample(int row, @Nullable Key key) {
        var mine = room.get();
        column.copyRow(row, mine.beforeMemory, 0, key);
        step.apply(mine.before, mine.after);
        return mine.afterMemory;
    }

    @Override
    public long offset(int row) {
        return 0;
    }

    @Override
    public int augmentations() {
        return column.augmentations();
    }

    @Override
    public boolean isOnDemand() {
        return column.isOnDemand();
    }
}
