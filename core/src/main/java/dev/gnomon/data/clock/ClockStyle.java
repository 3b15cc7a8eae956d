package dev.gnomon.data.clock;

import dev.gnomon.check.ConfigException;
import java.util.Locale;

/// Which clocks are drawn.
public enum ClockStyle {
    /// One scene: the wall clock on wooden planks under a lamp.
    SCENE,

    /// Any clock, as in photographs that were cut to a clock: wall clocks, watches, alarm clocks, station clocks.
    ANY,

    /// Any clock, but in forms of dials, numerals, hands and backgrounds that [#ANY] never draws: what a network makes of
    /// them tells how far it reads clocks that it did not learn from.
    HELD_OUT;

    /// The name in files and on the command line.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The style of a name in files.
    public static ClockStyle of(String name) {
        for (var style : values()) {
            if (style.toString().equals(name)) {
                return style;
            }
        }
        throw new ConfigException(
                "ClockStyle: there is no style \"%s\". Known are scene, any, held-out."
                        .formatted(name));
    }
}
