package dev.gnomon.figure;

import dev.gnomon.figure.Svg.Anchor;
import java.util.List;
import java.util.stream.DoubleStream;

/// A row for each of several things: a dot at its value, a line over the spread, and a tick at a mark where it has one.
///
/// @param title above all; empty for none
/// @param axis the axis below
/// @param rows from the top
/// @param width of the whole
public record DotPlot(String title, Axis axis, List<Row> rows, double width) {
    private static final double ROW = 17;
    private static final double TOP = 22;
    private static final double BOTTOM = 42;

    /// One of the things.
    ///
    /// @param name at the left
    /// @param value where the dot is
    /// @param low where the line begins
    /// @param high where it ends
    /// @param mark where the tick is; NaN for none
    /// @param remark at the right
    /// @param colour as of [Svg#colour]
    public record Row(
            String name,
            double value,
            double low,
            double high,
            double mark,
            String remark,
            String colour) {}

    /// The plot as a drawing.
    public Svg draw() {
        double left =
                14
                        + rows.stream()
                                .mapToDouble(row -> Svg.widthOf(row.name, Svg.TEXT))
                                .max()
                                .orElse(0);
        double right =
                width
                        - 12
                        - rows.stream()
                                .mapToDouble(row -> Svg.widthOf(row.remark, Svg.TEXT - 1))
                                .max()
                                .orElse(0);
        double top = title.isEmpty() ? 6 : TOP;
        double bottom = top + ROW * rows.size();
        var svg = new Svg(width, bottom + BOTTOM);
        if (!title.isEmpty()) {
            svg.bold(left, 14, title, Anchor.START, Svg.TEXT, Svg.INK);
        }
        Axis fitted =
                axis.fitted(
                        rows.stream()
                                .flatMapToDouble(row ->
                                        DoubleStream.of(row.value, row.low, row.high, row.mark)));
        var frame = new Frame(fitted, fitted, left, top, right, bottom);
        frame.drawXAxis(svg, true);
        for (int i = 0; i < rows.size(); i++) {
            drawRow(svg, frame, rows.get(i), top + ROW * (i + 0.5));
        }
        return svg;
    }

    private void drawRow(Svg svg, Frame frame, Row row, double y) {
        svg.text(frame.left() - 8, y + 4, row.name, Anchor.END, Svg.TEXT, Svg.INK);
        svg.line(frame.x(row.low), y, frame.x(row.high), y, row.colour, 2);
        if (!Double.isNaN(row.mark)) {
            double mark = frame.x(row.mark);
            svg.line(mark, y - 6, mark, y + 6, Svg.FAINT, 1.4);
        }
        svg.circle(frame.x(row.value), y, 4, row.colour);
        svg.text(width - 4, y + 4, row.remark, Anchor.END, Svg.TEXT - 1, Svg.FAINT);
    }
}
