package dev.gnomon.data.clock;

import dev.gnomon.check.Check;

/// Draws single pictures of clocks. Safe to use from many threads.
public final class ClockPainter {
    private final ClockSpec spec;
    private final Taker taker;

    /// A painter of pictures as a set of this description holds them; its count is of no effect.
    public ClockPainter(ClockSpec spec) {
        this.spec = spec;
        taker = Taker.of(spec);
    }

    /// The picture at an index, but showing the given time, as a set of one.
    ///
    /// @param index at least 0
    /// @param time in minutes after twelve, 0 to 719
    public Clocks picture(int index, int time) {
        Check.config(
                index >= 0 && time >= 0 && time < ClockSpec.MINUTES,
                "ClockPainter: the index must be at least 0 and the time from 0 to 719, but they are %d and %d.",
                index,
                time);
        var clocks = new Clocks(1, spec.size());
        taker.take(index, time, clocks, 0);
        return clocks;
    }
}
