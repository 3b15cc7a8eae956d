package dev.gnomon.plan;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The threads of plans. The caller is worker 0; the others spin briefly for the next job and then park. Tasks are claimed
/// one by one and only those are waited for, so a thread that is held up before it took one holds up nobody; which worker
/// does a task never changes its result.
@SuppressWarnings("ThreadPriorityCheck")
public final class Workers implements AutoCloseable {
    private static final int SPINS = 20_000;

    /// A task of a job.
    interface Job {
        void run(int worker, int task);
    }

    private static final Cleaner CLEANER = Cleaner.create();

    private final Team team;
    private final ReentrantLock owner = new ReentrantLock();
    private final Cleaner.Cleanable cleanable;

    /// @param count how many threads work, the caller included, at least 1
    public Workers(int count) {
        var made = new Team(count - 1);
        team = made;
        cleanable = CLEANER.register(this, made::close);
        made.start();
    }

    public int count() {
        return team.threads.length + 1;
    }

    /// Whether the calling thread may use the other workers now; if so it must give them back with [#release].
    boolean acquire() {
        return team.threads.length > 0 && owner.tryLock();
    }

    void release() {
        owner.unlock();
    }

    /// Runs all tasks and returns when all are done. Only between [#acquire] and [#release].
    void run(Job work, int count) {
        team.run(work, count);
    }

    /// Ends the threads. Workers that are forgotten are ended by the garbage collector.
    @Override
    public void close() {
        cleanable.clean();
    }

    /// What the threads see; they hold no more than this, so that the rest can be forgotten.
    private static final class Team {
        private static final int BITS = 20;

        private static final long MOST = (1L << BITS) - 1;

        private static final long FROM_END = 1L << BITS;

        /// What a ticket says where no task is to be had.
        private static final long NONE = (1L << (2 * BITS)) - 1;

        private final Thread[] threads;

        /// The number of the job in the upper bits; then how many tasks were taken from the end, then how many from the
        /// start; [#NONE] while there is no job.
        private final AtomicLong ticket = new AtomicLong(NONE);

        private final AtomicInteger done = new AtomicInteger();
        private volatile boolean closed;
        private volatile int tasks;
        private volatile @Nullable Job job;
        private volatile @Nullable Throwable fault;

        Team(int others) {
            threads = new Thread[others];
            for (int i = 0; i < others; i++) {
                int worker = i + 1;
                threads[i] =
                        Thread.ofPlatform()
                                .name("gnomon-worker-" + worker)
                                .daemon(true)
                                .unstarted(() -> loop(worker));
            }
        }

        void start() {
            for (Thread thread : threads) {
                thread.start();
            }
        }

        void run(Job work, int count) {
            if (count > MOST) {
                throw new IllegalArgumentException(count + " tasks, but " + MOST + " at most");
            }
            long number = ((ticket.get() >>> (2 * BITS)) + 1) << (2 * BITS);
            done.set(0);
            job = work;
            tasks = count;
            ticket.set(number);
            for (Thread thread : threads) {
                LockSupport.unpark(thread);
            }
            claim(0);
            int spins = 0;
            while (done.get() < count) {
                if (++spins > SPINS) {
                    Thread.yield();
                } else {
                    Thread.onSpinWait();
                }
            }
            ticket.set(number | NONE);
            job = null;
            Throwable failed = fault;
            if (failed != null) {
                fault = null;
                throw failed instanceof RuntimeException known
                        ? known
                        : new IllegalStateException(failed);
            }
        }

        /// Does tasks until none is left. Job and count are read between the look at the ticket and its exchange: if that
        /// succeeds, they belong to it, since the ticket says [#NONE] whenever they change. Workers of odd number take from
        /// the end: so a worker tends to get the same tasks in each job, and finds in its cache what it left there.
        private void claim(int worker) {
            boolean fromEnd = worker % 2 == 1;
            while (true) {
                long now = ticket.get();
                Job work = job;
                int count = tasks;
                int first = (int) (now & MOST);
                int last = (int) ((now >>> BITS) & MOST);
                if (first + last >= count || work == null) {
                    return;
                }
                if (ticket.compareAndSet(now, now + (fromEnd ? FROM_END : 1))) {
                    try {
                        work.run(worker, fromEnd ? count - 1 - last : first);
                    } catch (Throwable failed) {
                        fault = failed;
                    } finally {
                        done.incrementAndGet();
                    }
                }
            }
        }

        private void loop(int worker) {
            long seen = 0;
            while (!closed) {
                int spins = 0;
                while (ticket.get() >>> (2 * BITS) == seen && !closed) {
                    if (++spins < SPINS) {
                        Thread.onSpinWait();
                    } else {
                        LockSupport.park(this);
                    }
                }
                seen = ticket.get() >>> (2 * BITS);
                claim(worker);
            }
        }

        void close() {
            closed = true;
            for (Thread thread : threads) {
                LockSupport.unpark(thread);
            }
        }
    }
}
