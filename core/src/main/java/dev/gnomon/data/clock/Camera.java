package dev.gnomon.data.clock;

/// A pinhole camera. Points of the picture are in units of its size, `y` down from the upper left corner.
///
/// @param eye where the camera is
/// @param forward unit vector along the line of sight
/// @param right unit vector to the right in the picture
/// @param up unit vector upwards in the picture
record Camera(Vector eye, Vector forward, Vector right, Vector up) {
    /// Focal length in widths of the picture.
    static final double FOCAL = 1.6;

    private static final double NEAREST = 3.25;
    private static final double FARTHEST = 5.25;
    private static final double LOWEST = 46;
    private static final double HIGHEST = 78;
    private static final double OFF_CENTRE = 0.1;

    /// The camera of the picture with these draws; uses draws 0 to 4.
    static Camera of(Draws draws, Views views) {
        double degrees = views.degrees(draws);
        double turn = draws.between(0, -degrees, degrees);
        double elevation = draws.between(1, LOWEST, HIGHEST);
        double distance = draws.between(2, NEAREST, FARTHEST);
        var target =
                new Vector(
                        draws.between(3, -OFF_CENTRE, OFF_CENTRE),
                        draws.between(4, -OFF_CENTRE, OFF_CENTRE),
                        Scene.DIAL_HEIGHT);
        return lookingAt(target, Vector.polar(distance, turn + 180, elevation));
    }

    /// A camera that looks from `target` plus `offset` at `target`, with the horizon level.
    static Camera lookingAt(Vector target, Vector offset) {
        var forward = new Vector(-offset.x(), -offset.y(), -offset.z()).unit();
        var right = forward.cross(new Vector(0, 0, 1)).unit();
        return new Camera(target.plus(offset, 1), forward, right, right.cross(forward));
    }

    /// Where `point` is seen, from left to right.
    double column(Vector point) {
        var way = point.plus(eye, -1);
        return 0.5 + FOCAL * way.dot(right) / way.dot(forward);
    }

    /// Where `point` is seen, from top to bottom.
    double row(Vector point) {
        var way = point.plus(eye, -1);
        return 0.5 - FOCAL * way.dot(up) / way.dot(forward);
    }
}
