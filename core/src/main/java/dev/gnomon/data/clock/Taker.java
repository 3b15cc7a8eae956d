package dev.gnomon.data.clock;

import dev.gnomon.data.clock.any.AnyClock;

/// Takes a picture and writes it and its time as entry `at` of a set. Used by all threads at once.
interface Taker {
    void take(int index, int time, Clocks clocks, int at);

    static Taker of(ClockSpec spec) {
        Taker painter =
                switch (spec.style()) {
                    case SCENE -> ofScene(spec);
                    case ANY -> ofAny(spec, false);
                    case HELD_OUT -> ofAny(spec, true);
                };
        return (index, time, clocks, at) -> {
            painter.take(index, time, clocks, at);
            clocks.hours()[at] = time / 60;
            clocks.minutes()[at] = time % 60;
        };
    }

    private static Taker ofScene(ClockSpec spec) {
        var scene = new Scene(spec.size());
        return (index, time, clocks, at) -> {
            var draws = new Draws(spec.seed(), index);
            var shot = new Shot(scene, Camera.of(draws, spec.views()), draws, time);
            shot.paint(clocks.images(), at * spec.size() * spec.size(), spec.size());
            shot.writePoints(clocks.points(), at * Clocks.POINT_VALUES);
        };
    }

    private static Taker ofAny(ClockSpec spec, boolean heldOut) {
        return (index, time, clocks, at) -> {
            double degrees = spec.views().degrees(new Draws(spec.seed(), index));
            new AnyClock(spec.size(), degrees, heldOut)
                    .paint(
                            spec.seed(),
                            index,
                            time,
                            clocks.images(),
                            at * spec.size() * spec.size(),
                            clocks.points(),
                            at * Clocks.POINT_VALUES);
        };
    }
}
