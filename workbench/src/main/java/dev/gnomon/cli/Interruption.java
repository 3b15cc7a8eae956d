package dev.gnomon.cli;

import java.util.concurrent.CountDownLatch;

/// Lets Ctrl-C and a request to end the process interrupt the present thread, and the process wait until its work is
/// saved. Closing ends that.
final class Interruption implements AutoCloseable {
    private final CountDownLatch saved = new CountDownLatch(1);
    private final Thread hook;

    Interruption() {
        Thread worker = Thread.currentThread();
        hook =
                new Thread(
                        () -> {
                            worker.interrupt();
                            awaitSaved();
                        },
                        "gnomon-interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// Whether the work was interrupted; from now on it no longer is.
    boolean happened() {
        return Thread.interrupted();
    }

    private void awaitSaved() {
        try {
            saved.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        saved.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The process is ending.
        }
    }
}
