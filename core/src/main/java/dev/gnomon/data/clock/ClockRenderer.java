package dev.gnomon.data.clock;

import dev.gnomon.check.ConfigException;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/// Renders pictures of one scene: a wall clock on wooden planks under a lamp, seen by a camera that goes around it.
///
/// Picture `i` of a set depends on seed, `i`, size, views and time alone: not on threads, nor on the machine.
/// From picture to picture change the camera (turn, height, distance, aim), the way the planks run, and slightly the
/// exposure.
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
        var work = new Work(spec, new Clocks(spec.count(), spec.size()), new Scene(spec.size()));
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
    /// @param spec size, views and seed; its count is of no effect
    /// @param index any index, at least 0
    /// @param hour 0 (for twelve) to 11
    /// @param minute 0 to 59
    public static Clocks picture(ClockSpec spec, int index, int hour, int minute) {
        check(index >= 0, "index", "at least 0", index);
        check(hour >= 0 && hour < 12, "hour", "from 0 (for twelve) to 11", hour);
        check(minute >= 0 && minute < 60, "minute", "from 0 to 59", minute);
        var clocks = new Clocks(1, spec.size());
        take(new Scene(spec.size()), spec, index, 60 * hour + minute, clocks, 0);
        return clocks;
    }

    private static void check(boolean holds, String name, String range, int value) {
        if (!holds) {
            throw new ConfigException(
                    "ClockRenderer.picture: %s must be %s, but is %d."
                            .formatted(name, range, value));
        }
    }

    private static void take(
            Scene scene, ClockSpec spec, int index, int time, Clocks clocks, int at) {
        var draws = new Draws(spec.seed(), index);
        var shot = new Shot(scene, Camera.of(draws, spec.views()), draws, time);
        shot.paint(clocks.images(), at * spec.size() * spec.size(), spec.size());
        shot.writePoints(clocks.points(), at * Clocks.POINT_VALUES);
        clocks.hours()[at] = time / 60;
        clocks.minutes()[at] = time % 60;
    }

    /// A set in the making; threads take the next block of pictures until none is left.
    private static final class Work {
        private final ClockSpec spec;
        private final Clocks clocks;
        private final Scene scene;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();

        Work(ClockSpec spec, Clocks clocks, Scene scene) {
            this.spec = spec;
            this.clocks = clocks;
            this.scene = scene;
        }

        void run(IntConsumer progress) {
            for (int from = nextBlock(); from < spec.count(); from = nextBlock()) {
                int to = Math.min(from + BLOCK, spec.count());
                for (int i = from; i < to; i++) {
                    take(scene, spec, i, spec.minuteOf(i), clocks, i);
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
