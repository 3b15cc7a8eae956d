package dev.gnomon.figure;

import dev.gnomon.figure.Series.Bars;
import dev.gnomon.figure.Series.Line;
import dev.gnomon.figure.Svg.Anchor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// Lines, bands, dots and bars over two axes, with a legend above where series have names.
///
/// @param title above all; empty for none
/// @param x the axis below
/// @param y the axis at the left
/// @param series in the order in which they are drawn
/// @param width of the whole
/// @param height of the whole
public record Plot(String title, Axis x, Axis y, List<Series> series, double width, double height) {
    private static final double WIDTH = 330;
    private static final double HEIGHT = 220;
    private static final double LEFT = 52;
    private static final double RIGHT = 12;
    private static final double BOTTOM = 40;
    private static final double LEGEND_LINE = 15;
    private static final double KEY = 18;

    /// A plot without series.
    public static Plot of(Axis x, Axis y) {
        return new Plot("", x, y, List.of(), WIDTH, HEIGHT);
    }

    public Plot titled(String text) {
        return new Plot(text, x, y, series, width, height);
    }

    public Plot sized(double wide, double high) {
        return new Plot(title, x, y, series, wide, high);
    }

    public Plot with(Series more) {
        return new Plot(
                title,
                x,
                y,
                Stream.concat(series.stream(), Stream.of(more)).toList(),
                width,
                height);
    }

    /// With a line.
    public Plot line(String name, List<Double> xs, List<Double> ys, String colour) {
        return with(new Line(name, xs, ys, colour, false));
    }

    private static DoubleStream values(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue);
    }

    private static DoubleStream heights(Series one) {
        return switch (one) {
            case Line line -> values(line.y());
            case Bars bars -> DoubleStream.concat(DoubleStream.of(0), values(bars.heights()));
        };
    }

    private List<Legend> legend() {
        List<Legend> rows = new ArrayList<>();
        double left = LEFT;
        int row = 0;
        for (Series one : series) {
            if (one.name().isEmpty()) {
                continue;
            }
            double length = KEY + Svg.widthOf(one.name(), Svg.TEXT - 1) + 12;
            if (left > LEFT && left + length > width) {
                left = LEFT;
                row++;
            }
            rows.add(new Legend(one, left, row));
            left += length;
        }
        return rows;
    }

    private record Legend(Series series, double left, int row) {}

    /// The plot as a drawing.
    public Svg draw() {
        var svg = new Svg(width, height);
        double top = 10;
        if (!title.isEmpty()) {
            svg.bold(LEFT, 14, title, Anchor.START, Svg.TEXT, Svg.INK);
            top = 24;
        }
        var legend = legend();
        for (var entry : legend) {
            drawLegend(svg, entry, top + entry.row * LEGEND_LINE + 4);
        }
        top += legend.isEmpty() ? 0 : (legend.getLast().row + 1) * LEGEND_LINE;
        Axis fittedX = x.fitted(series.stream().flatMapToDouble(one -> values(one.x())));
        Axis fittedY = y.fitted(series.stream().flatMapToDouble(Plot::heights));
        var frame = new Frame(fittedX, fittedY, LEFT, top, width - RIGHT, height - BOTTOM);
        frame.drawAxes(svg);
        for (Series one : series) {
            draw(svg, frame, one);
        }
        return svg;
    }

    private static void drawLegend(Svg svg, Legend entry, double y) {
        double x = entry.left;
        switch (entry.series) {
            case Line line ->
                    svg.path(
                            "M %s %s H %s"
                                    .formatted(
                                            Svg.number(x), Svg.number(y), Svg.number(x + KEY - 4)),
                            line.colour(),
                            2,
                            line.dashed());
            case Bars bars -> svg.rectangle(x + 2, y - 4, KEY - 8, 8, bars.colour());
        }
        svg.text(x + KEY, y + 4, entry.series.name(), Anchor.START, Svg.TEXT - 1, Svg.INK);
    }

    private static void draw(Svg svg, Frame frame, Series one) {
        switch (one) {
            case Line line -> {
                svg.path(path(frame, line.x(), line.y()), line.colour(), 1.6, line.dashed());
                drawAlone(svg, frame, line);
            }
            case Bars bars -> {
                for (int i = 0; i < bars.heights().size(); i++) {
                    double left = frame.x(bars.x().get(i));
                    double up = frame.y(bars.heights().get(i));
                    double wide = frame.x(bars.x().get(i + 1)) - left;
                    svg.rectangle(
                            left + 0.5,
                            up,
                            Math.max(0.5, wide - 1),
                            frame.bottom() - up,
                            bars.colour());
                }
            }
        }
    }

    /// A point between gaps is no part of a line.
    private static void drawAlone(Svg svg, Frame frame, Line line) {
        int count = line.y().size();
        for (int i = 0; i < count; i++) {
            boolean before = i > 0 && Double.isFinite(line.y().get(i - 1));
            boolean after = i + 1 < count && Double.isFinite(line.y().get(i + 1));
            if (Double.isFinite(line.y().get(i)) && !before && !after) {
                svg.circle(frame.x(line.x().get(i)), frame.y(line.y().get(i)), 2, line.colour());
            }
        }
    }

    private static String path(Frame frame, List<Double> xs, List<Double> ys) {
        var path = new StringBuilder();
        boolean drawn = false;
        for (int i = 0; i < xs.size(); i++) {
            boolean there = Double.isFinite(ys.get(i));
            if (there) {
                path.append(frame.point(drawn ? "L" : "M", xs.get(i), ys.get(i)));
            }
            drawn = there;
        }
        return path.toString();
    }
}
