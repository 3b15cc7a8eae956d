package dev.gnomon.data;

import java.lang.foreign.Arena;
import java.util.Iterator;
import java.util.NoSuchElementException;

/// Batches filled by the thread that asks; the memory goes with the iterator, so nothing must be closed.
final class BatchIterator implements Iterator<Batch> {
    private final BatchBuffer buffer;
    private final int[] order;
    private final int batchSize;
    private int next;

    BatchIterator(Dataset dataset, int[] order, int batchSize) {
        this.buffer = new BatchBuffer(dataset, batchSize, Arena.ofAuto());
        this.order = order;
        this.batchSize = batchSize;
    }

    @Override
    public boolean hasNext() {
        return next < order.length;
    }

    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all " + order.length + " samples have been given");
        }
        int count = Math.min(batchSize, order.length - next);
        buffer.fill(order, next, count, null, null);
        next += count;
        return buffer;
    }
}
