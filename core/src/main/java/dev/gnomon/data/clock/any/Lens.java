package dev.gnomon.data.clock.any;

/// A camera: from points in radii of the dial (x to the 3, y to the 12, z towards the viewer) to points of the picture
/// in units of its size, and back for the dial's plane.
final class Lens {
    private static final int OUTLINE = 24;
    private static final double FAR = 25;
    private static final double NARROWEST = 0.42;

    /// Rows for column, row and depth; columns for x, y, z and 1.
    private final double[] forth;

    private final double[] back;

    private Lens(double[] forth) {
        this.forth = forth;
        back = inverse(forth);
    }

    /// A camera with these draws.
    ///
    /// @param turn how far the 12 is turned from the top of the picture, with the clock, in degrees
    static Lens of(Chance chance, double turn) {
        double strength = chance.unit();
        double tilt = chance.happens(0.16) ? chance.between(38, 60) : 45 * strength * strength;
        double direction =
                chance.happens(0.4)
                        ? 90 * chance.below(4) + 10 * chance.normal()
                        : chance.between(0, 360);
        double distance = chance.ratio(2.6, 12);
        var lens = new Lens(tilted(Math.toRadians(tilt), Math.toRadians(direction), distance));
        lens = lens.turned(turn);
        double stretch = chance.happens(0.3) ? StrictMath.exp(0.26 * (2 * chance.unit() - 1)) : 1;
        lens = lens.mapped(Math.sqrt(stretch), 0, 0, 0, 1 / Math.sqrt(stretch), 0);
        return lens.placed(chance);
    }

    /// Scaled and moved so that the dial fills a part of the picture.
    private Lens placed(Chance chance) {
        double left = Double.MAX_VALUE;
        double right = -left;
        double top = left;
        double bottom = -left;
        for (int i = 0; i < OUTLINE; i++) {
            double angle = 2 * Math.PI * i / OUTLINE;
            double x = StrictMath.sin(angle);
            double y = StrictMath.cos(angle);
            left = Math.min(left, column(x, y, 0));
            right = Math.max(right, column(x, y, 0));
            top = Math.min(top, row(x, y, 0));
            bottom = Math.max(bottom, row(x, y, 0));
        }
        double part = chance.between(0.55, chance.happens(0.3) ? 1.05 : 0.95);
        double longer = Math.max(right - left, bottom - top);
        double narrow = Math.min(right - left, bottom - top) / longer;
        part = Math.max(part, Math.min(NARROWEST / narrow, 0.95));
        double scale = part / longer;
        double slack = 0.02 + 0.35 * Math.max(0.95 - part, 0);
        double dx = 0.5 - scale * (left + right) / 2 + slack * chance.between(-1, 1);
        double dy = 0.5 - scale * (top + bottom) / 2 + slack * chance.between(-1, 1);
        return mapped(scale, 0, dx, 0, scale, dy);
    }

    private static double[] tilted(double tilt, double direction, double distance) {
        double c = StrictMath.cos(tilt);
        double s = StrictMath.sin(tilt);
        double ux = StrictMath.cos(direction);
        double uy = StrictMath.sin(direction);
        return new double[] {
            distance * (c + (1 - c) * ux * ux),
            distance * (1 - c) * ux * uy,
            distance * s * uy,
            0,
            -distance * (1 - c) * ux * uy,
            -distance * (c + (1 - c) * uy * uy),
            distance * s * ux,
            0,
            s * uy,
            -s * ux,
            -c,
            distance
        };
    }

    /// Turned in the picture until the 12 is seen at this angle from the centre.
    private Lens turned(double turn) {
        double dx = column(0, 0.8, 0) - column(0, 0, 0);
        double dy = row(0, 0.8, 0) - row(0, 0, 0);
        double angle = Math.toRadians(turn) - StrictMath.atan2(dx, -dy);
        double s = StrictMath.sin(angle);
        double c = StrictMath.cos(angle);
        return mapped(c, -s, 0, s, c, 0);
    }

    private Lens mapped(double a, double b, double dx, double c, double d, double dy) {
        var out = new double[12];
        for (int i = 0; i < 4; i++) {
            double column = forth[i];
            double row = forth[4 + i];
            double depth = forth[8 + i];
            out[i] = a * column + b * row + dx * depth;
            out[4 + i] = c * column + d * row + dy * depth;
            out[8 + i] = depth;
        }
        return new Lens(out);
    }

    double column(double x, double y, double z) {
        return along(0, x, y, z) / along(8, x, y, z);
    }

    double row(double x, double y, double z) {
        return along(4, x, y, z) / along(8, x, y, z);
    }

    /// How wide the dial is seen where it is narrowest, about, in units of the picture.
    double extent() {
        double extent = Double.MAX_VALUE;
        for (int i = 0; i < OUTLINE / 2; i++) {
            double angle = 2 * Math.PI * i / OUTLINE;
            double x = StrictMath.sin(angle);
            double y = StrictMath.cos(angle);
            double dx = column(x, y, 0) - column(-x, -y, 0);
            double dy = row(x, y, 0) - row(-x, -y, 0);
            extent = Math.min(extent, Math.sqrt(dx * dx + dy * dy));
        }
        return extent;
    }

    private double along(int at, double x, double y, double z) {
        return forth[at] * x + forth[at + 1] * y + forth[at + 2] * z + forth[at + 3];
    }

    /// Where on the dial's plane a point of the picture lies.
    double x(double column, double row) {
        return clamped((back[0] * column + back[1] * row + back[2]) / depth(column, row));
    }

    double y(double column, double row) {
        return clamped((back[3] * column + back[4] * row + back[5]) / depth(column, row));
    }

    private double depth(double column, double row) {
        return back[6] * column + back[7] * row + back[8];
    }

    private static double clamped(double value) {
        return Math.clamp(value, -FAR, FAR);
    }

    private static double[] inverse(double[] m) {
        double a = m[0], b = m[1], c = m[3];
        double d = m[4], e = m[5], f = m[7];
        double g = m[8], h = m[9], i = m[11];
        double[] adjugate = {
            e * i - f * h, c * h - b * i, b * f - c * e,
            f * g - d * i, a * i - c * g, c * d - a * f,
            d * h - e * g, b * g - a * h, a * e - b * d
        };
        return adjugate;
    }
}
