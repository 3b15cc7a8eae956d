package dev.gnomon.data.clock;

/// The dark ring around the dial: a rectangle with rounded corners, turned around the clock's axis.
final class Bezel {
    /// How far the ring stands up from the floor.
    static final double HEIGHT = 0.2;

    private static final double MIDDLE = 1.07;
    private static final double HALF_WIDTH = 0.088;
    private static final double CORNER = 0.078;
    private static final double INNER = MIDDLE - HALF_WIDTH;
    private static final double OUTER = MIDDLE + HALF_WIDTH;
    private static final double TONE = 0.05;
    private static final int STEPS = 20;
    private static final double CLOSE = 0.004;

    private Bezel() {}

    /// Tone of the ring where the ray from `eye` along (dx, dy, dz) first meets it, or -1 where it passes by.
    static double tone(Vector eye, double dx, double dy, double dz) {
        if (misses(eye, dx, dy, dz, 0)) {
            return -1;
        }
        double end = end(eye, dx, dy, dz);
        double inverse = 1 / Math.sqrt(dx * dx + dy * dy + dz * dz);
        double t = (HEIGHT - eye.z()) / dz;
        for (int i = 0; i < STEPS && t < end; i++) {
            double x = eye.x() + t * dx;
            double y = eye.y() + t * dy;
            double z = eye.z() + t * dz;
            double away = distance(Math.sqrt(x * x + y * y), z);
            if (away < CLOSE) {
                return shade(x, y, z, dx * inverse, dy * inverse, dz * inverse);
            }
            t += away * inverse;
        }
        return -1;
    }

    /// Whether the ray stays in the ring's hole or outside of the ring, at least `margin` away from it.
    static boolean misses(Vector eye, double dx, double dy, double dz, double margin) {
        double top = (HEIGHT - eye.z()) / dz;
        double fall = end(eye, dx, dy, dz) - top;
        double x = eye.x() + top * dx;
        double y = eye.y() + top * dy;
        double wx = fall * dx;
        double wy = fall * dy;
        double start = x * x + y * y;
        double end = (x + wx) * (x + wx) + (y + wy) * (y + wy);
        if (Math.max(start, end) < (INNER - margin) * (INNER - margin)) {
            return true;
        }
        double along = Math.min(Math.max(-(x * wx + y * wy) / (wx * wx + wy * wy + 1e-12), 0), 1);
        double nx = x + along * wx;
        double ny = y + along * wy;
        return nx * nx + ny * ny > (OUTER + margin) * (OUTER + margin);
    }

    /// Where on the ray the search ends: at the dial, or else at the floor.
    private static double end(Vector eye, double dx, double dy, double dz) {
        double dial = (Scene.DIAL_HEIGHT - eye.z()) / dz;
        double x = eye.x() + dial * dx;
        double y = eye.y() + dial * dy;
        return x * x + y * y < INNER * INNER ? dial : -eye.z() / dz;
    }

    private static double distance(double radius, double z) {
        double across = Math.abs(radius - MIDDLE) - (HALF_WIDTH - CORNER);
        double upward = Math.abs(z - HEIGHT / 2) - (HEIGHT / 2 - CORNER);
        if (across > 0 && upward > 0) {
            return Math.sqrt(across * across + upward * upward) - CORNER;
        }
        return Math.max(across, upward) - CORNER;
    }

    private static double shade(double x, double y, double z, double dx, double dy, double dz) {
        double radius = Math.sqrt(x * x + y * y);
        double across = Math.max(Math.abs(radius - MIDDLE) - (HALF_WIDTH - CORNER), 0);
        double upward = Math.max(Math.abs(z - HEIGHT / 2) - (HEIGHT / 2 - CORNER), 0);
        double norm = Math.sqrt(across * across + upward * upward) + 1e-9;
        double side = (radius < MIDDLE ? -across : across) / norm;
        double nx = side * x / radius;
        double ny = side * y / radius;
        double nz = (z < HEIGHT / 2 ? -upward : upward) / norm;
        var light = Scene.LIGHT;
        double lx = light.x() - x;
        double ly = light.y() - y;
        double lz = light.z() - z;
        double reach = Math.sqrt(lx * lx + ly * ly + lz * lz);
        double facing = (nx * lx + ny * ly + nz * lz) / reach;
        double tilt = side < 0 ? 0.8 * Math.max(side, -0.75) : 0.45 * side;
        double diffuse =
                (0.75 + tilt + 0.35 * Math.max(facing, 0)) * (radius < MIDDLE ? wellShade(z) : 1);
        double back = 2 * (dx * nx + dy * ny + dz * nz);
        double mirrored =
                ((dx - back * nx) * lx + (dy - back * ny) * ly + (dz - back * nz) * lz) / reach;
        return TONE * diffuse + gloss(mirrored);
    }

    /// Light that finds its way down the inner wall.
    private static double wellShade(double z) {
        return 0.25
                + 0.75 * Math.clamp((z - Scene.DIAL_HEIGHT) / (HEIGHT - Scene.DIAL_HEIGHT), 0, 1);
    }

    private static double gloss(double cosine) {
        if (cosine < 0.5) {
            return 0;
        }
        double off = 1 - cosine;
        double sharp = 1 + off * 1600;
        double wide = 1 + off * 25;
        return 9 / (sharp * sharp) + 0.012 / (wide * wide);
    }
}
