package dev.gnomon.figure;

import dev.gnomon.figure.Svg.Anchor;
import java.util.List;
import java.util.Locale;

/// A table of numbers as colours, from white at 0 to dark blue at the largest.
///
/// @param title above all
/// @param rowTitle what goes downwards
/// @param columnTitle what goes to the right
/// @param names of rows and columns, which are the same; empty where none is to be written
/// @param values row by row
/// @param cell width and height of a cell
public record HeatMap(
        String title,
        String rowTitle,
        String columnTitle,
        List<String> names,
        List<List<Double>> values,
        double cell) {
    private static final double LEFT = 40;
    private static final double TOP = 22;
    private static final double BOTTOM = 34;

    /// The map as a drawing.
    public Svg draw() {
        int count = names.size();
        double side = cell * count;
        var svg = new Svg(LEFT + side + 6, TOP + side + BOTTOM);
        svg.bold(LEFT, 14, title, Anchor.START, Svg.TEXT, Svg.INK);
        double most = values.stream().flatMap(List::stream).mapToDouble(v -> v).max().orElse(1);
        for (int row = 0; row < count; row++) {
            for (int column = 0; column < count; column++) {
                double part = most > 0 ? values.get(row).get(column) / most : 0;
                svg.rectangle(
                        LEFT + cell * column,
                        TOP + cell * row,
                        cell - 0.6,
                        cell - 0.6,
                        shade(Math.sqrt(part)));
            }
            if (names.get(row).isEmpty()) {
                continue;
            }
            double small = Math.min(Svg.TEXT - 2, cell * 0.9);
            svg.text(
                    LEFT - 4,
                    TOP + cell * (row + 0.5) + 3.5,
                    names.get(row),
                    Anchor.END,
                    small,
                    Svg.FAINT);
            svg.text(
                    LEFT + cell * (row + 0.5),
                    TOP + side + 12,
                    names.get(row),
                    Anchor.MIDDLE,
                    small,
                    Svg.FAINT);
        }
        svg.upwards(12, TOP + side / 2, rowTitle, Svg.TEXT - 1, Svg.FAINT);
        svg.text(
                LEFT + side / 2,
                TOP + side + 27,
                columnTitle,
                Anchor.MIDDLE,
                Svg.TEXT - 1,
                Svg.FAINT);
        return svg;
    }

    private static String shade(double part) {
        int red = mixed(245, 8, part);
        int green = mixed(247, 48, part);
        int blue = mixed(250, 107, part);
        return String.format(Locale.ROOT, "#%02x%02x%02x", red, green, blue);
    }

    private static int mixed(int from, int to, double part) {
        return (int) Math.round(from + (to - from) * part);
    }
}
