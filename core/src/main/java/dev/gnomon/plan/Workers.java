package dev.gnomon.plan;

import org.jspecify.annotations.Nullable;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// The threads of plans. The caller is worker 0; the others spin briefly for the next job and then park. Tasks are claimed
/// one by one, so a thread that is held up holds up nobody; which worker does a task never changes its result.
@SuppressWarnings({"NonAtomicVolatileUpdate", "ThreadPriorityCheck"})
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
        private final Thread[] threads;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger running = new AtomicInteger();
        private volatile int epoch;
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
            job = work;
            tasks = count;
            next.set(0);
            running.set(threads.length);
            epoch = epoch + 1;
            for (Thread thread : threads) {
                LockSupport.unpark(thread);
            }
            claim(work, 0, count);
            int spins = 0;
            while (running.get() > 0) {
                if (++spins > SPINS) {
                    Thread.yield();
                } else {
                    Thread.onSpinWait();
                }
            }
            job = null;
            Throwable failed = fault;
            if (failed != null) {
                fault = null;
                throw failed instanceof RuntimeException known
                        ? known
                        : new IllegalStateException(failed);
            }
        }

        private void claim(Job work, int worker, int count) {
            try {
                for (int task = next.getAndIncrement();
                        task < count;
                        task = next.getAndIncrement()) {
                    work.run(worker, task);
                }
            } catch (Throwable failed) {
                fault = failed;
            }
        }

        private void loop(int worker) {
            int seen = 0;
            while (true) {
                int spins = 0;
                while (epoch == seen && !closed) {
                    if (++spins < SPINS) {
                        Thread.onSpinWait();
                    } else {
                        LockSupport.park(this);
                    }
                }
                if (closed) {
                    return;
                }
                seen = epoch;
                Job work = job;
                if (work != null) {
                    claim(work, worker, tasks);
                }
                running.decrementAndGet();
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
