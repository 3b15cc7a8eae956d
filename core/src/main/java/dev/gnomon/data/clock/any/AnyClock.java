package dev.gnomon.data.clock.any;

/// Pictures of any clock, as in photographs that were cut to a clock.
///
/// A picture depends on its seed, index, time and on the settings here alone: not on threads, nor on the machine.
/// Immutable and safe to use from many threads.
///
/// @param size width and height of a picture in pixels
/// @param degrees how far the 12 may be turned from the top, to either side
/// @param heldOut whether clocks are drawn in the forms of dials, numerals, hands and backgrounds that are drawn never
///     otherwise
public record AnyClock(int size, double degrees, boolean heldOut) {
    private static final int SMALLEST = 16;

    /// Draws a picture.
    ///
    /// @param minute the time shown, in minutes after twelve
    /// @param pixels takes `size`×`size` grey values from `at`
    /// @param points takes x and y of the centre, 12, 3, 6, 9, hour tip and minute tip from `pointsAt`
    public void paint(
            long seed, int index, int minute, byte[] pixels, int at, float[] points, int pointsAt) {
        var chance = new Chance(seed, index);
        var lens = Lens.of(chance.child(0), chance.between(-degrees, degrees));
        var canvas = new Canvas(side(chance.child(1)), lens);
        var tones = chance.child(2);
        double ground = ground(tones);
        double hand = against(tones, ground, tones.happens(0.15) ? 0.3 : 0.55);
        double ink = tones.happens(0.6) ? hand : against(tones, ground, 0.3);
        var body = new Case(chance.child(3), heldOut);
        Backdrop.paint(canvas, chance.child(4), heldOut);
        body.paint(canvas, chance.child(5));
        var face = new Face(canvas, chance.child(6), body, ground, ink, heldOut, degrees > 90);
        face.paint();
        var hands = new Hands(chance.child(7), minute);
        hands.paint(canvas, ground, hand, heldOut);
        Photo.take(canvas, chance.child(8), size, pixels, at);
        double r = face.radius();
        double[] dial = {0, 0, 0, r, r, 0, 0, -r, -r, 0};
        for (int i = 0; i < dial.length; i += 2) {
            points[pointsAt + i] = (float) lens.column(dial[i], dial[i + 1], 0);
            points[pointsAt + i + 1] = (float) lens.row(dial[i], dial[i + 1], 0);
        }
        hands.writeTips(lens, points, pointsAt + dial.length);
    }

    /// Some pictures are drawn small and scaled up, as those of far clocks and of cheap cameras are.
    private int side(Chance chance) {
        double part = chance.happens(0.2) ? chance.between(0.6, 0.95) : 1;
        return Math.max((int) (part * size), Math.min(size, 3 * SMALLEST));
    }

    private static double ground(Chance chance) {
        return switch (chance.weighted(64, 20, 16)) {
            case 0 -> chance.between(0.7, 1);
            case 1 -> chance.between(0.02, 0.28);
            default -> chance.between(0.3, 0.7);
        };
    }

    /// A tone that can be told from `ground`.
    private static double against(Chance chance, double ground, double least) {
        boolean darker = Math.abs(ground - 0.5) < 0.15 ? chance.happens(ground) : ground > 0.5;
        double room = darker ? ground : 1 - ground;
        double step = chance.happens(darker ? 0.7 : 0.85) ? chance.between(0.8, 1) : chance.unit();
        double difference = Math.min(least, room) + step * Math.max(room - least, 0);
        return darker ? ground - difference : ground + difference;
    }
}
