package dev.gnomon.data.clock.any;

import java.util.Arrays;

/// Polygons in a plane parallel to the dial; where they overlap they count once. For one thread.
final class Path {
    private static final int STEPS = 72;
    private static final double[] COS = new double[STEPS];
    private static final double[] SIN = new double[STEPS];

    static {
        for (int i = 0; i < STEPS; i++) {
            COS[i] = StrictMath.cos(2 * Math.PI * i / STEPS);
            SIN[i] = StrictMath.sin(2 * Math.PI * i / STEPS);
        }
    }

    private double[] corners = new double[64];
    private int[] ends = new int[8];
    private int polygons;

    int polygons() {
        return polygons;
    }

    /// Where the corners of a polygon begin in [#corner].
    int start(int polygon) {
        return polygon == 0 ? 0 : ends[polygon - 1];
    }

    /// Where the corners of a polygon end.
    int end(int polygon) {
        return ends[polygon];
    }

    double corner(int at) {
        return corners[at];
    }

    /// Adds a polygon: x and y of each corner.
    Path add(double... polygon) {
        return append(polygon, area(polygon) < 0);
    }

    /// Takes a polygon out of what was added around it.
    Path cut(double... polygon) {
        return append(polygon, area(polygon) > 0);
    }

    private Path append(double[] polygon, boolean reversed) {
        int start = polygons == 0 ? 0 : ends[polygons - 1];
        int end = start + polygon.length;
        if (end > corners.length) {
            corners = Arrays.copyOf(corners, Math.max(end, 2 * corners.length));
        }
        for (int i = 0; i < polygon.length; i += 2) {
            int from = reversed ? polygon.length - 2 - i : i;
            corners[start + i] = polygon[from];
            corners[start + i + 1] = polygon[from + 1];
        }
        if (polygons == ends.length) {
            ends = Arrays.copyOf(ends, 2 * polygons);
        }
        ends[polygons++] = end;
        return this;
    }

    private static double area(double[] polygon) {
        double sum = 0;
        int last = polygon.length - 2;
        for (int i = 0; i < polygon.length; i += 2) {
            sum += polygon[last] * polygon[i + 1] - polygon[i] * polygon[last + 1];
            last = i;
        }
        return sum;
    }

    /// All of another path.
    Path add(Path other) {
        for (int i = 0; i < other.polygons; i++) {
            append(Arrays.copyOfRange(other.corners, other.start(i), other.end(i)), false);
        }
        return this;
    }

    /// Turned with the clock around the origin by an angle with this sine and cosine, then moved.
    Path placed(double sin, double cos, double dx, double dy) {
        var placed = new Path();
        placed.corners = new double[Math.max(corners.length, 2)];
        placed.ends = ends.clone();
        placed.polygons = polygons;
        int count = polygons == 0 ? 0 : ends[polygons - 1];
        for (int i = 0; i < count; i += 2) {
            placed.corners[i] = corners[i] * cos + corners[i + 1] * sin + dx;
            placed.corners[i + 1] = corners[i + 1] * cos - corners[i] * sin + dy;
        }
        return placed;
    }

    Path turned(double degrees) {
        double angle = Math.toRadians(degrees);
        return placed(StrictMath.sin(angle), StrictMath.cos(angle), 0, 0);
    }

    Path moved(double dx, double dy) {
        return placed(0, 1, dx, dy);
    }

    // ---- shapes

    static double[] ellipse(double x, double y, double rx, double ry) {
        return ellipse(x, y, rx, ry, STEPS);
    }

    private static double[] ellipse(double x, double y, double rx, double ry, int steps) {
        var corners = new double[2 * steps];
        for (int i = 0; i < steps; i++) {
            corners[2 * i] = x + rx * COS[i * (STEPS / steps)];
            corners[2 * i + 1] = y + ry * SIN[i * (STEPS / steps)];
        }
        return corners;
    }

    Path disc(double x, double y, double radius) {
        return add(ellipse(x, y, radius, radius, radius > 0.3 ? STEPS : radius > 0.08 ? 36 : 12));
    }

    /// A circle drawn with a pen.
    Path ring(double x, double y, double radius, double halfWidth) {
        double[] inner = ellipse(x, y, radius - halfWidth, radius - halfWidth);
        return add(ellipse(x, y, radius + halfWidth, radius + halfWidth)).cut(inner);
    }

    Path rectangle(double x, double y, double halfWidth, double halfHeight) {
        double right = x + halfWidth;
        double top = y + halfHeight;
        double left = x - halfWidth;
        double bottom = y - halfHeight;
        return add(left, bottom, right, bottom, right, top, left, top);
    }

    /// A straight stroke with a half width at each end.
    Path stroke(double x0, double y0, double x1, double y1, double half0, double half1) {
        double dx = x1 - x0;
        double dy = y1 - y0;
        double length = Math.sqrt(dx * dx + dy * dy) + 1e-9;
        double nx = -dy / length;
        double ny = dx / length;
        return add(
                x0 + half0 * nx,
                y0 + half0 * ny,
                x0 - half0 * nx,
                y0 - half0 * ny,
                x1 - half1 * nx,
                y1 - half1 * ny,
                x1 + half1 * nx,
                y1 + half1 * ny);
    }

    /// A shape that is the same on both sides of the y axis: half width and height of each corner, from below.
    Path mirrored(double... halves) {
        var polygon = new double[2 * halves.length];
        for (int i = 0; i < halves.length; i += 2) {
            polygon[i] = halves[i];
            polygon[i + 1] = halves[i + 1];
            int other = polygon.length - 2 - i;
            polygon[other] = -halves[i];
            polygon[other + 1] = halves[i + 1];
        }
        return add(polygon);
    }

    /// A square or rectangle with rounded corners.
    Path rounded(double halfWidth, double halfHeight, double corner) {
        var polygon = new double[4 * 20];
        int at = 0;
        for (int quarter = 0; quarter < 4; quarter++) {
            double x = (quarter == 0 || quarter == 3 ? 1 : -1) * (halfWidth - corner);
            double y = (quarter < 2 ? 1 : -1) * (halfHeight - corner);
            for (int i = 0; i < 10; i++) {
                int step = (18 * quarter + 2 * i) % STEPS;
                polygon[at++] = x + corner * COS[step];
                polygon[at++] = y + corner * SIN[step];
            }
        }
        return add(polygon);
    }

    /// A regular polygon with a side on top.
    Path regular(int sides, double inner) {
        var polygon = new double[2 * sides];
        double outer = inner / StrictMath.cos(Math.PI / sides);
        for (int i = 0; i < sides; i++) {
            double angle = Math.PI * (2 * i + 1) / sides;
            polygon[2 * i] = outer * StrictMath.sin(angle);
            polygon[2 * i + 1] = outer * StrictMath.cos(angle);
        }
        return add(polygon);
    }
}
