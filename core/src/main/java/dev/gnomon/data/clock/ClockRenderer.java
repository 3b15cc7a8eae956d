package dev.gnomon.data.clock;

import dev.gnomon.check.ConfigException;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/// Renders pictures of clocks, of one scene or of any clock.
///
/// Picture `i` of a set depends on seed, `i`, size, views, style and time alone: not on threads, nor on the machine.
/// Pictures of [ClockStyle#SCENE] are of a wall clock on wooden planks under a lamp, seen by a camera that goes around
/// it; from picture to picture change the camera (turn, height, distance, aim), the way the planks run, and slightly the
/// exposure. In the other styles all changes: the clock, its hands, what is around it, the light and the camera.
public final class ClockRenderer {
    private static final int BLOCK = 16;

    private ClockRenderer() {}

    /// Renders a whole set.
    ///
    /// @param spec what to render
    /// @param threads how many threads render, the caller's among them
    /// @param progress is told, on the caller's thread, the number of pictures done so far
    public static Clocks render(ClockSpec spec, int threads, IntConsumer progress) {
        if (threads < 1) {
            throw new ConfigException(
                    "ClockRenderer.render: threads must be at least 1, but is %d. Give the number of cores to use."
                            .formatted(threads));
        }
        var work = new Work(spec, new Clocks(spec.count(), spec.size()), Taker.of(spec));
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var helpers = new ArrayList<CompletableFuture<Void>>();
            for (int i = 1; i < threads; i++) {
                helpers.add(CompletableFuture.runAsync(() -> work.run(done -> {}), pool));
            }
            try {
                work.run(progress);
            } finally {
                work.next.set(spec.count());
            }
            helpers.forEach(CompletableFuture::join);
        }
        progress.accept(spec.count());
        return work.clocks;
    }

    /// Renders one picture: the one at `index` of `spec`, but showing the given time. Its result has one entry.
    ///
    /// @param spec size, views, seed and style; its count is of no effect
    /// @param index any index, at least 0
    /// @param hour 0 (for twelve) to 11
    /// @param minute 0 to 59
    public static Clocks picture(ClockSpec spec, int index, int hour, int minute) {
        check(index >= 0, "index", "at least 0", index);
        check(hour >= 0 && hour < 12, "hour", "from 0 (for twelve) to 11", hour);
        check(minute >= 0 && minute < 60, "minute", "from 0 to 59", minute);
        return new ClockPainter(spec).picture(index, 60 * hour + minute);
    }

    private static void check(boolean holds, String name, String range, int value) {
        if (!holds) {
            throw new ConfigException(
                    "ClockRenderer.picture: %s must be %s, but is %d."
                            .formatted(name, range, value));
        }
    }

    /// A set in the making; threads take the next block of pictures until none is left.
    private static final class Work {
        private final ClockSpec spec;
        private final Clocks clocks;
        private final Taker taker;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();

        Work(ClockSpec spec, Clocks clocks, Taker taker) {
            this.spec = spec;
            this.clocks = clocks;
            this.taker = taker;
        }

        void run(IntConsumer progress) {
            for (int from = nextBlock(); from < spec.count(); from = nextBlock()) {
                int to = Math.min(from + BLOCK, spec.count());
                for (int i = from; i < to; i++) {
                    taker.take(i, spec.minuteOf(i), clocks, i);
                }
                progress.accept(done.addAndGet(to - from));
            }
        }

        /// Start of the next block; stays at the end once there, however often asked.
        private int nextBlock() {
            return next.getAndUpdate(at -> at >= spec.count() - BLOCK ? spec.count() : at + BLOCK);
        }
    }
}
