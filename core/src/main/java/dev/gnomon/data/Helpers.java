package dev.gnomon.data;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Threads that make the samples of a batch together, where making one takes long.
final class Helpers implements AutoCloseable {
    private final ExecutorService threads;
    private final int count;

    /// Work on the positions `first .. first + count - 1`.
    @FunctionalInterface
    interface Work {
        /// Does it.
        void on(int first, int count);
    }

    Helpers(int count) {
        this.count = count;
        threads =
                Executors.newFixedThreadPool(
                        count, Thread.ofPlatform().daemon().name("gnomon-samples-", 0).factory());
    }

    /// Does the work for all positions; whoever is free takes the next one. A fault is thrown here.
    void share(int positions, Work work) {
        var next = new AtomicInteger();
        Runnable take = () -> take(next, positions, work);
        List<CompletableFuture<Void>> done = new ArrayList<>();
        for (int i = 0; i < Math.min(count, positions); i++) {
            done.add(CompletableFuture.runAsync(take, threads));
        }
        try {
            // Ends when all have ended, so nobody writes into the batch any more.
            CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case Error error -> throw error;
                case RuntimeException fault -> throw fault;
                case null, default -> throw e;
            }
        }
    }

    private static void take(AtomicInteger next, int positions, Work work) {
        try {
            for (int at = next.getAndIncrement(); at < positions; at = next.getAndIncrement()) {
                work.on(at, 1);
            }
        } finally {
            next.set(positions); // after a fault the others stop too
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
