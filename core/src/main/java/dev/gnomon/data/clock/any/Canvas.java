package dev.gnomon.data.clock.any;

import java.util.Arrays;

/// A grey picture in the making. Tones are as an eye sees them, 0 black and 1 white. For one thread.
///
/// A polygon covers a pixel by exactly the area they share: each edge leaves what it adds to the covered area to its
/// right, and a sum along the row gives the cover.
final class Canvas {
    /// A tone for each point of the dial's plane.
    interface Shade {
        double tone(double x, double y);
    }

    private final int side;
    private final Lens lens;
    private final float[] tones;
    private final float[] cover;
    private int left;
    private int right;
    private int top;
    private int bottom;

    Canvas(int side, Lens lens) {
        this.side = side;
        this.lens = lens;
        tones = new float[side * side];
        cover = new float[side * (side + 2)];
    }

    int side() {
        return side;
    }

    Lens lens() {
        return lens;
    }

    float[] tones() {
        return tones;
    }

    /// Paints all of the picture.
    void fill(Shade shade) {
        for (int j = 0; j < side; j++) {
            for (int i = 0; i < side; i++) {
                tones[j * side + i] = (float) at(shade, i, j);
            }
        }
    }

    void fill(Path path, double tone, double alpha) {
        fill(path, 0, tone, alpha);
    }

    void fill(Path path, double z, double tone, double alpha) {
        cover(path, z);
        for (int j = top; j < bottom; j++) {
            float sum = 0;
            for (int i = left; i < right; i++) {
                sum += cover[j * (side + 2) + i];
                float part = (float) alpha * Math.min(Math.abs(sum), 1);
                int at = j * side + i;
                tones[at] += part * ((float) tone - tones[at]);
            }
        }
    }

    void fill(Path path, double z, Shade shade, double alpha) {
        cover(path, z);
        for (int j = top; j < bottom; j++) {
            float sum = 0;
            for (int i = left; i < right; i++) {
                sum += cover[j * (side + 2) + i];
                if (Math.abs(sum) > 1e-3f) {
                    float part = (float) alpha * Math.min(Math.abs(sum), 1);
                    int at = j * side + i;
                    tones[at] += part * ((float) at(shade, i, j) - tones[at]);
                }
            }
        }
    }

    /// Darkens where the path's soft shadow falls.
    ///
    /// @param blur how far the shadow's edge runs out, in units of the picture
    void shadow(Path path, double z, double strength, double blur) {
        cover(path, z);
        var mask = new float[side * side];
        for (int j = top; j < bottom; j++) {
            float sum = 0;
            for (int i = left; i < right; i++) {
                sum += cover[j * (side + 2) + i];
                mask[j * side + i] = Math.min(Math.abs(sum), 1);
            }
        }
        mask = Filters.blurred(mask, side, blur * side);
        for (int at = 0; at < mask.length; at++) {
            tones[at] *= 1 - (float) strength * mask[at];
        }
    }

    private double at(Shade shade, int i, int j) {
        double column = (i + 0.5) / side;
        double row = (j + 0.5) / side;
        return shade.tone(lens.x(column, row), lens.y(column, row));
    }

    private void cover(Path path, double z) {
        Arrays.fill(cover, 0);
        left = side;
        right = 0;
        top = side;
        bottom = 0;
        for (int polygon = 0; polygon < path.polygons(); polygon++) {
            int end = path.end(polygon);
            double x = path.corner(end - 2);
            double y = path.corner(end - 1);
            double column = side * lens.column(x, y, z);
            double row = side * lens.row(x, y, z);
            for (int at = path.start(polygon); at < end; at += 2) {
                double nextColumn = side * lens.column(path.corner(at), path.corner(at + 1), z);
                double nextRow = side * lens.row(path.corner(at), path.corner(at + 1), z);
                edge(column, row, nextColumn, nextRow);
                column = nextColumn;
                row = nextRow;
            }
        }
        left = Math.max(left, 0);
        right = Math.min(right, side);
    }

    private void edge(double x0, double y0, double x1, double y1) {
        left = Math.min(left, (int) Math.min(x0, x1));
        right = Math.max(right, (int) Math.max(x0, x1) + 2);
        double direction = y0 < y1 ? 1 : -1;
        double upper = Math.max(Math.min(y0, y1), 0);
        double lower = Math.min(Math.max(y0, y1), side);
        if (!(upper < lower)) {
            return;
        }
        top = Math.min(top, (int) upper);
        bottom = Math.max(bottom, Math.min((int) lower + 1, side));
        double slope = (x1 - x0) / (y1 - y0);
        for (int row = (int) upper; row < lower; row++) {
            double from = Math.max(upper, row);
            double to = Math.min(lower, row + 1);
            double a = Math.clamp(x0 + (from - y0) * slope, 0, side);
            double b = Math.clamp(x0 + (to - y0) * slope, 0, side);
            span(row * (side + 2), Math.min(a, b), Math.max(a, b), direction * (to - from));
        }
    }

    /// What a piece of an edge within one row, from column `a` to `b` and `height` high, adds.
    private void span(int at, double a, double b, double height) {
        int first = (int) a;
        int last = (int) b;
        if (first == last) {
            double outside = (a + b) / 2 - first;
            cover[at + first] += (float) (height * (1 - outside));
            cover[at + first + 1] += (float) (height * outside);
            return;
        }
        double perColumn = height / (b - a);
        double before = 0;
        double done = 0;
        for (int column = first; column <= last; column++) {
            double from = Math.max(a, column);
            double to = Math.min(b, column + 1);
            double part = perColumn * (to - from);
            double area = done + part * (column + 1 - (from + to) / 2);
            cover[at + column] += (float) (area - before);
            before = area;
            done += part;
        }
        cover[at + last + 1] += (float) (done - before);
    }
}
