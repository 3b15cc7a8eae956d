package dev.gnomon.data.clock;

/// A hand: a flat rectangle above the dial that turns about the clock's axis.
///
/// @param sin x of the unit vector from the pivot to the tip
/// @param cos y of that vector
/// @param length from the pivot to the tip
/// @param halfWidth half of its width
/// @param height of its face above the floor
record Hand(double sin, double cos, double length, double halfWidth, double height) {
    /// How far a hand reaches beyond the pivot.
    static final double TAIL = 0.08;

    /// The hour hand `minute` minutes after twelve; it moves without steps.
    static Hand hour(int minute) {
        return at(0.5 * minute, 0.6, 0.035, Scene.DIAL_HEIGHT + 0.025);
    }

    /// The minute hand `minute` minutes after twelve.
    static Hand minute(int minute) {
        return at(6.0 * minute, 0.765, 0.032, Scene.DIAL_HEIGHT + 0.045);
    }

    private static Hand at(double degrees, double length, double halfWidth, double height) {
        double angle = Math.toRadians(degrees);
        return new Hand(StrictMath.sin(angle), StrictMath.cos(angle), length, halfWidth, height);
    }

    /// Middle of the far end.
    Vector tip() {
        return new Vector(length * sin, length * cos, height);
    }

    /// How far (x, y) lies outside of the hand along its longer way out; at most 0 on the hand.
    double outside(double x, double y) {
        double along = x * sin + y * cos;
        double across = Math.abs(x * cos - y * sin) - halfWidth;
        double ends = Math.abs(along - (length - TAIL) / 2) - (length + TAIL) / 2;
        return Math.max(across, ends);
    }
}
