package dev.gnomon.data;

import dev.gnomon.data.MappedRows.Room;
import dev.gnomon.data.transform.Augmentation;
import dev.gnomon.data.transform.AugmentationChain;
import dev.gnomon.data.transform.EpochBits;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.DType;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Samples of another column, changed at random where there is a key to draw by.
final class AugmentedRows implements Rows {
    private final Column column;
    private final AugmentationChain chain;
    private final ThreadLocal<Room> room;

    AugmentedRows(Column column, Augmentation... augmentations) {
        this.column = column;
        this.chain =
                new AugmentationChain(column.sampleShape(), column.augmentations(), augmentations);
        int width = column.sampleElements();
        room = ThreadLocal.withInitial(() -> new Room(width, width));
    }

    @Override
    public DType dtype() {
        return DType.FLOAT32;
    }

    @Override
    public MemorySegment sample(int row, @Nullable Key key) {
        var mine = room.get();
        column.copyRow(row, mine.beforeMemory, 0, key);
        if (key == null) {
            return mine.beforeMemory;
        }
        long bits = EpochBits.child(key.bits(), row);
        return chain.apply(bits, mine.before, mine.after) ? mine.afterMemory : mine.beforeMemory;
    }

    @Override
    public long offset(int row) {
        return 0;
    }

    @Override
    public int augmentations() {
        return chain.count();
    }

    @Override
    public boolean isOnDemand() {
        return column.isOnDemand();
    }
}
