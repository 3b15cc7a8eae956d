package dev.gnomon.data.clock;

/// What all pictures of one size share: dial, floor, bezel and light. Immutable, used by all threads at once.
///
/// Lengths are in radii of the dial. Tones are linear light, 1 is white in the picture.
final class Scene {
    static final double DIAL_HEIGHT = 0.105;

    private static final double DIAL_TONE = 0.6;
    private static final double RIM_TONE = 0.7;
    private static final double INK_TONE = 0.035;
    static final double HAND_TONE = 0.042;
    private static final double LIGHT_DISTANCE = 5.5;
    private static final double LIGHT_AZIMUTH = 38;
    private static final double LIGHT_ELEVATION = 51;

    /// Where the light is.
    static final Vector LIGHT = Vector.polar(LIGHT_DISTANCE, LIGHT_AZIMUTH, LIGHT_ELEVATION);

    private final Dial dial;
    private final Planks planks = new Planks();

    Scene(int size) {
        dial = new Dial(size);
    }

    /// Tone of the dial at a point of its plane, without hands.
    double dialTone(double x, double y) {
        double paper = DIAL_TONE;
        double radius2 = x * x + y * y;
        if (radius2 > 0.93) {
            double edge = Math.clamp((Math.sqrt(radius2) - 0.975) * 60, 0, 1);
            paper += edge * (RIM_TONE - paper);
        }
        double ink = dial.ink(x, y);
        return paper + ink * (INK_TONE - paper);
    }

    /// Tone of the floor, `u` along and `v` across the planks.
    double floorTone(double u, double v) {
        return planks.tone(u, v);
    }

    /// Light on the floor at (x, y), less in the clock's soft shadow.
    static double floorLight(double x, double y) {
        double high = Bezel.HEIGHT * 0.9 / LIGHT.z();
        double sx = x + (LIGHT.x() - x) * high;
        double sy = y + (LIGHT.y() - y) * high;
        double lit = step((Math.sqrt(sx * sx + sy * sy) - 1.04) * 2.6);
        double near = step((Math.sqrt(x * x + y * y) - 1.02) * 3.2);
        return (0.13 + 0.9 * lit) * (0.4 + 0.6 * near) * light(x, y);
    }

    /// How much stronger or weaker than at the centre the light is.
    static double light(double x, double y) {
        double dx = LIGHT.x() - x;
        double dy = LIGHT.y() - y;
        double squared = dx * dx + dy * dy + LIGHT.z() * LIGHT.z();
        return 0.5 + 0.5 * (LIGHT_DISTANCE * LIGHT_DISTANCE) / squared;
    }

    private static double step(double t) {
        double inside = Math.clamp(t, 0, 1);
        return inside * inside * (3 - 2 * inside);
    }
}
