package dev.gnomon.figure;

import java.util.List;

/// What a [Plot] shows: values at places along the x axis.
public sealed interface Series {
    /// The places.
    List<Double> x();

    /// What the legend says; empty for nothing.
    String name();

    /// A line from point to point; it has a gap where a value is not finite.
    ///
    /// @param colour as of [Svg#colour]
    /// @param dashed whether it is broken into dashes
    record Line(String name, List<Double> x, List<Double> y, String colour, boolean dashed)
            implements Series {}

    /// Bars from the bottom; `x` holds their left ends and, as its last, the right end of the last bar.
    record Bars(String name, List<Double> x, List<Double> heights, String colour)
            implements Series {}
}
