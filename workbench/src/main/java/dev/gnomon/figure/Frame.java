package dev.gnomon.figure;

import dev.gnomon.figure.Svg.Anchor;

/// The room that two axes span in a drawing.
record Frame(Axis xAxis, Axis yAxis, double left, double top, double right, double bottom) {
    double x(double value) {
        return left + within(xAxis.at(value)) * (right - left);
    }

    double y(double value) {
        return bottom - within(yAxis.at(value)) * (bottom - top);
    }

    private static double within(double part) {
        return Math.clamp(part, 0, 1);
    }

    /// A point of a path.
    String point(String command, double atX, double atY) {
        return command + " " + Svg.number(x(atX)) + " " + Svg.number(y(atY)) + " ";
    }

    void drawAxes(Svg svg) {
        double small = Svg.TEXT - 1;
        for (double tick : yAxis.ticks()) {
            svg.line(left, y(tick), right, y(tick), Svg.GRID, 0.8);
            svg.text(left - 5, y(tick) + 3.5, yAxis.label(tick), Anchor.END, small, Svg.FAINT);
        }
        drawXAxis(svg, false);
        svg.upwards(12, (top + bottom) / 2, yAxis.title(), small, Svg.FAINT);
    }

    /// The axis below, with lines up from its ticks where they are wanted.
    void drawXAxis(Svg svg, boolean lines) {
        double small = Svg.TEXT - 1;
        for (double tick : xAxis.ticks()) {
            double at = x(tick);
            if (lines) {
                svg.line(at, top, at, bottom, Svg.GRID, 0.8);
            }
            svg.line(at, bottom, at, bottom + 3, Svg.FAINT, 0.8);
            svg.text(at, bottom + 14, xAxis.label(tick), Anchor.MIDDLE, small, Svg.FAINT);
        }
        svg.line(left, bottom, right, bottom, Svg.FAINT, 0.8);
        svg.text((left + right) / 2, bottom + 31, xAxis.title(), Anchor.MIDDLE, small, Svg.FAINT);
    }
}
