package dev.gnomon.data;

import static dev.gnomon.check.Check.config;

import dev.gnomon.check.ConfigException;
import dev.gnomon.check.DataException;
import dev.gnomon.check.GnomonException;
import dev.gnomon.random.Key;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// The batches of one epoch, filled by a thread of its own while the batch before is used.
///
/// ```java
/// try (var batches = new Batches(dataset, order.epoch(dataset.size(), epoch), 128, 0)) {
///     while (batches.next()) {
///         step(batches.input("x"), batches.target("y"), batches.size());
///     }
/// }
/// ```
///
/// After `next()` has returned true, this object is the batch until `next()` is called again. Going from batch to batch
/// allocates nothing. An interrupt does not disturb it: the flag stays set for the caller to see. Once the last batch
/// has been filled the thread has ended; `close()` ends it sooner and frees the memory.
///
/// To be used by one thread.
public final class Batches implements Batch, AutoCloseable {
    private static final int BUFFERS = 2;
    private static final int HELPERS = Math.max(1, Runtime.getRuntime().availableProcessors());

    private final int[] order;
    private final int batchSize;
    private final int first;
    private final int count;
    private final Arena arena = Arena.ofShared();
    private final BatchBuffer[] buffers = new BatchBuffer[BUFFERS];
    private final @Nullable Key key;
    private final @Nullable Helpers helpers;
    private final Thread filler;

    // Guarded by this object's monitor: batches filled and given back since the start, and how it
    // ended.
    private int filled;
    private int released;
    private boolean closed;
    private @Nullable Throwable fault;

    private int taken;
    private long waitedNanos;
    private @Nullable BatchBuffer current;

    /// Batches to evaluate or predict with: samples as they are. Otherwise as the other.
    public Batches(Dataset dataset, int[] order, int batchSize, int startBatch) {
        this(dataset, order, batchSize, startBatch, null);
    }

    /// Batches of the rows `order`, from the batch numbered `startBatch` on.
    ///
    /// @param order the rows of the data set in the order wanted, as of [BatchOrder#epoch]; not copied
    /// @param batchSize the size of all batches but the last
    /// @param startBatch how many batches to pass over: those that a run taken up again has already seen
    /// @param key what random changes are drawn from, as of [BatchOrder#augmentationKey]; null leaves samples as they are
    public Batches(Dataset dataset, int[] order, int batchSize, int startBatch, @Nullable Key key) {
        DatasetChecks.batchSize(batchSize);
        this.order = order;
        this.batchSize = batchSize;
        this.first = startBatch;
        this.count = Math.ceilDiv(order.length, batchSize);
        config(
                startBatch >= 0 && startBatch <= count,
                "Batches: the start batch must be from 0 to %d, but is %d.",
                count,
                startBatch);
        int largest = largest(order.length, batchSize);
        try {
            for (int i = 0; i < BUFFERS; i++) {
                buffers[i] = new BatchBuffer(dataset, largest, arena);
            }
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
        this.key = key;
        helpers = onDemand(dataset) ? new Helpers(HELPERS) : null;
        filler = Thread.ofPlatform().daemon().name("gnomon-batches").unstarted(this::fillAll);
        filler.start();
    }

    private static int largest(int rows, int batchSize) {
        return Math.min(batchSize, Math.max(1, rows));
    }

    /// The native bytes that the batches of all rows of a data set take.
    public static long bytes(Dataset dataset, int batchSize) {
        return bytes(BatchBuffer.sampleElements(dataset), dataset.size(), batchSize);
    }

    /// The same for so many rows with so many numbers each.
    public static long bytes(long sampleElements, int rows, int batchSize) {
        return (long) Float.BYTES * BUFFERS * largest(rows, batchSize) * sampleElements;
    }

    private static boolean onDemand(Dataset dataset) {
        return dataset.inputs().values().stream().anyMatch(Column::isOnDemand)
                || dataset.targets().values().stream().anyMatch(Column::isOnDemand);
    }

    /// How long [#next] has waited for batches so far, in nanoseconds.
    public long waitedNanos() {
        return waitedNanos;
    }

    /// The number of batches of the epoch, those passed over included.
    public int count() {
        return count;
    }

    /// The number of the present batch in the epoch, from 0.
    public int index() {
        return first + taken - 1;
    }

    /// Goes to the next batch, waiting for it if needed; false after the last. A fault of filling is thrown here.
    public boolean next() {
        boolean present = current != null;
        current = null;
        long start = System.nanoTime();
        boolean more = await(present);
        waitedNanos += System.nanoTime() - start;
        if (!more) {
            return false;
        }
        current = buffers[taken % BUFFERS];
        taken++;
        return true;
    }

    private synchronized boolean await(boolean release) {
        if (release) {
            released++;
            notifyAll();
        }
        boolean interrupted = false;
        while (!closed && fault == null && filled == taken && first + taken < count) {
            interrupted |= pause();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (closed) {
            throw new ConfigException("Batches: next() was called after close().");
        }
        if (filled > taken) {
            return true;
        }
        if (fault != null) {
            throw asException(fault);
        }
        return false;
    }

    /// Waits to be told of a change; true if it was interrupted instead. To be called in a loop.
    @SuppressWarnings("WaitNotInLoop")
    private boolean pause() {
        try {
            wait();
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void fillAll() {
        try {
            for (int batch = first; batch < count && mayFill(batch - first); batch++) {
                int from = batch * batchSize;
                buffers[(batch - first) % BUFFERS].fill(
                        order, from, Math.min(batchSize, order.length - from), key, helpers);
                synchronized (this) {
                    filled++;
                    notifyAll();
                }
            }
        } catch (Throwable e) {
            synchronized (this) {
                fault = e;
                notifyAll();
            }
        }
    }

    private synchronized boolean mayFill(int number) {
        while (!closed && number - released >= BUFFERS) {
            pause();
        }
        return !closed;
    }

    private static RuntimeException asException(Throwable fault) {
        if (fault instanceof Error error) {
            throw error;
        }
        return fault instanceof GnomonException known
                ? known
                : new DataException("Batches: a batch could not be filled: " + fault, fault);
    }

    @Override
    public int size() {
        return current().size();
    }

    @Override
    public int row(int position) {
        return current().row(position);
    }

    @Override
    public int[] rows() {
        return current().rows();
    }

    @Override
    public boolean hasInput(String name) {
        return current().hasInput(name);
    }

    @Override
    public boolean hasTarget(String name) {
        return current().hasTarget(name);
    }

    @Override
    public MemorySegment input(String name) {
        return current().input(name);
    }

    @Override
    public MemorySegment target(String name) {
        return current().target(name);
    }

    @Override
    public @Nullable MemorySegment sampleWeight(String target) {
        return current().sampleWeight(target);
    }

    private BatchBuffer current() {
        var batch = current;
        if (batch == null) {
            throw new ConfigException(
                    "Batches: there is no batch now; call next() first and see that it returns true.");
        }
        return batch;
    }

    /// Ends the thread and frees the memory of the batches, which must not be used any more.
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            notifyAll();
        }
        current = null;
        boolean interrupted = false;
        while (filler.isAlive()) {
            try {
                filler.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (helpers != null) {
            helpers.close();
        }
        arena.close();
    }
}
