package dev.gnomon.data.clock;

/// One picture being taken: the scene with hands, seen by a camera. Used by one thread.
final class Shot {
    private static final int GRID = 3;
    private static final double SPREAD = 1.25;
    private static final double MARGIN = 4;
    private static final double HAND_SWAY = 0.06;
    private static final double FULL_RADIUS = 1.05;
    private static final double SHADOW_X = Scene.LIGHT.x() / Scene.LIGHT.z();
    private static final double SHADOW_Y = Scene.LIGHT.y() / Scene.LIGHT.z();

    private final Scene scene;
    private final Camera camera;
    private final Hand hourHand;
    private final Hand minuteHand;
    private final double plankCos;
    private final double plankSin;
    private final double plankShift;
    private final double exposure;

    private double dx;
    private double dy;
    private double dz;
    private boolean clear;
    private boolean handNear;
    private double dialLight;
    private double floorLight;
    private double glassGlow;
    private double floorGlow;

    Shot(Scene scene, Camera camera, Draws draws, int minute) {
        this.scene = scene;
        this.camera = camera;
        hourHand = Hand.hour(minute);
        minuteHand = Hand.minute(minute);
        // As in the real pictures; with planks that never turn, the floor alone would tell the
        // view.
        double turn = Math.toRadians(draws.between(5, 0, 360));
        plankCos = StrictMath.cos(turn);
        plankSin = StrictMath.sin(turn);
        plankShift = draws.between(6, -0.15, 0.15);
        exposure = draws.between(7, 0.88, 1.14);
    }

    /// Writes the picture, `size`×`size` bytes from `at`.
    void paint(byte[] pixels, int at, int size) {
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                pixels[at + row * size + column] =
                        Tones.encode(pixel(column + 0.5, row + 0.5, 1.0 / size));
            }
        }
    }

    /// Writes centre, 12, 3, 6, 9, hour tip and minute tip, x and y each, from `at`.
    void writePoints(float[] points, int at) {
        write(points, at, onDial(0, 0));
        write(points, at + 2, onDial(0, Dial.NUMERAL_RADIUS));
        write(points, at + 4, onDial(Dial.NUMERAL_RADIUS, 0));
        write(points, at + 6, onDial(0, -Dial.NUMERAL_RADIUS));
        write(points, at + 8, onDial(-Dial.NUMERAL_RADIUS, 0));
        write(points, at + 10, hourHand.tip());
        write(points, at + 12, minuteHand.tip());
    }

    private static Vector onDial(double x, double y) {
        return new Vector(x, y, Scene.DIAL_HEIGHT);
    }

    private void write(float[] points, int at, Vector point) {
        points[at] = (float) camera.column(point);
        points[at + 1] = (float) camera.row(point);
    }

    private double pixel(double column, double row, double step) {
        aim(column * step, row * step);
        survey(step);
        double sum = 0;
        for (int j = 0; j < GRID; j++) {
            double y = row + SPREAD * ((j + 0.5) / GRID - 0.5);
            for (int i = 0; i < GRID; i++) {
                double x = column + SPREAD * ((i + 0.5) / GRID - 0.5);
                aim(x * step, y * step);
                sum += Math.min(exposure * seen(), 1);
            }
        }
        return sum / (GRID * GRID);
    }

    /// Turns the ray to a point of the picture.
    private void aim(double column, double row) {
        double x = (column - 0.5) / Camera.FOCAL;
        double y = (0.5 - row) / Camera.FOCAL;
        var forward = camera.forward();
        var right = camera.right();
        var up = camera.up();
        dx = forward.x() + x * right.x() + y * up.x();
        dy = forward.y() + x * right.y() + y * up.y();
        dz = forward.z() + x * right.z() + y * up.z();
    }

    /// Finds what changes so slowly that once a pixel is enough: the light, and whether the bezel may be in the way.
    private void survey(double step) {
        var eye = camera.eye();
        clear = Bezel.misses(eye, dx, dy, dz, MARGIN * step);
        double dial = (Scene.DIAL_HEIGHT - eye.z()) / dz;
        double floor = -eye.z() / dz;
        double x = eye.x() + dial * dx;
        double y = eye.y() + dial * dy;
        handNear =
                Math.min(minuteHand.outside(x, y), hourHand.outside(x, y))
                        < MARGIN * step + HAND_SWAY;
        dialLight =
                Scene.light(x, y)
                        * (1 - Math.max(shadow(minuteHand, x, y), shadow(hourHand, x, y)));
        floorLight = Scene.floorLight(eye.x() + floor * dx, eye.y() + floor * dy);
        glow(dial);
    }

    /// Reflection of the lamp in the glass and on the wood.
    private void glow(double t) {
        var eye = camera.eye();
        var lamp = Scene.LIGHT;
        double lx = lamp.x() - eye.x() - t * dx;
        double ly = lamp.y() - eye.y() - t * dy;
        double lz = lamp.z() - Scene.DIAL_HEIGHT;
        double along = dx * lx + dy * ly - dz * lz;
        double both = (dx * dx + dy * dy + dz * dz) * (lx * lx + ly * ly + lz * lz);
        double off = along > 0 ? 1 - along * along / both : 1;
        double core = 1 + off / 0.0023;
        double bloom = 1 + off / 0.02;
        double halo = 1 + off / 0.33;
        double sheen = 1 + off / 0.35;
        glassGlow = 1.4 / (core * core) + 0.12 / (bloom * bloom) + 0.2 / (halo * halo);
        floorGlow = 0.1 / (sheen * sheen) + 0.02 / (core * core);
    }

    /// Light that comes back along the ray.
    private double seen() {
        var eye = camera.eye();
        double t = (Scene.DIAL_HEIGHT - eye.z()) / dz;
        double x = eye.x() + t * dx;
        double y = eye.y() + t * dy;
        double radius2 = x * x + y * y;
        double ring = clear ? -1 : Bezel.tone(eye, dx, dy, dz);
        if (ring >= 0) {
            return ring + 0.6 * glassGlow;
        }
        if (radius2 > FULL_RADIUS * FULL_RADIUS) {
            return floor(eye) * floorLight + floorGlow;
        }
        return dial(x, y) * dialLight + glassGlow;
    }

    private double dial(double x, double y) {
        if (handNear && (onHand(minuteHand) || onHand(hourHand))) {
            return Scene.HAND_TONE;
        }
        return scene.dialTone(x, y);
    }

    private boolean onHand(Hand hand) {
        var eye = camera.eye();
        double t = (hand.height() - eye.z()) / dz;
        return hand.outside(eye.x() + t * dx, eye.y() + t * dy) <= 0;
    }

    private static double shadow(Hand hand, double x, double y) {
        double rise = hand.height() - Scene.DIAL_HEIGHT;
        double outside = hand.outside(x + rise * SHADOW_X, y + rise * SHADOW_Y);
        return outside > 0.04 ? 0 : 0.12 * Math.min(1 - outside / 0.04, 1);
    }

    private double floor(Vector eye) {
        double t = -eye.z() / dz;
        double x = eye.x() + t * dx;
        double y = eye.y() + t * dy;
        double u = x * plankCos + y * plankSin;
        double v = y * plankCos - x * plankSin + plankShift;
        return scene.floorTone(u, v);
    }
}
