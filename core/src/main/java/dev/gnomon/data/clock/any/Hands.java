package dev.gnomon.data.clock.any;

/// The hands of one clock and where they point.
final class Hands {
    private static final double HOUR_HEIGHT = 0.025;

    private final Chance chance;
    private final double hourAngle;
    private final double minuteAngle;
    private final double hourLength;
    private final double minuteLength;
    private final double rise;
    private final double shadowX;
    private final double shadowY;

    /// Hands that show a time in minutes after twelve.
    Hands(Chance chance, int minute) {
        this.chance = chance;
        double off = chance.happens(0.25) ? Math.clamp(1.5 * chance.normal(), -4, 4) : 0;
        hourAngle = 0.5 * minute + off;
        minuteAngle = 6.0 * minute;
        minuteLength = chance.between(0.6, 0.98);
        hourLength = Math.clamp(minuteLength * chance.between(0.5, 0.8), 0.38, 0.7);
        rise = chance.between(0.1, 1.2);
        double low = chance.happens(0.12) ? 2 : 1;
        shadowX = low * chance.between(-0.06, 0.06);
        shadowY = low * chance.between(-0.08, 0.02);
    }

    /// Paints them over a dial of tone `ground`.
    void paint(Canvas canvas, double ground, double tone, boolean heldOut) {
        var shape = HandShape.of(chance, heldOut);
        var longer = chance.happens(0.15) ? HandShape.of(chance, heldOut) : shape;
        double half = chance.ratio(0.017, 0.068);
        double facet = chance.happens(0.15) ? chance.between(-0.5, 0.5) : 0;
        double sparkle = chance.happens(0.06) ? chance.between(0.2, 0.6) : 0;
        double thinner = chance.between(0.6, 1);
        double tail = chance.happens(0.6) ? chance.between(0.02, 0.2) : 0.02;
        double shadow = chance.happens(0.6) ? chance.between(0.1, 0.45) : 0;
        double lume = Math.abs(tone - ground) > 0.5 ? ground : tone > 0.5 ? 0.1 : 0.9;
        double inlaid = tone + (lume - tone) * chance.between(0.25, 0.8);
        boolean secondBelow = chance.happens(0.1);
        boolean second = chance.happens(0.45);
        if (chance.happens(0.07)) {
            alarm(canvas, ground);
        }
        var seconds = chance.child(9);
        if (second && secondBelow) {
            second(canvas, seconds, ground, tone, half * thinner);
        }
        double low = HOUR_HEIGHT * rise;
        var hour = new One(shape, hourLength, half, hourAngle, low, shadow, facet, sparkle);
        var minute =
                new One(
                        longer,
                        minuteLength,
                        half * thinner,
                        minuteAngle,
                        2 * low,
                        shadow,
                        facet,
                        sparkle);
        paint(canvas, hour, tone, inlaid, 0.8 * tail);
        paint(canvas, minute, tone, inlaid, tail);
        double hub = half * chance.between(1, 2);
        canvas.fill(new Path().disc(0, 0, hub), 2 * low, tone, 1);
        if (second && !secondBelow) {
            second(canvas, seconds, ground, tone, half * thinner);
        }
        if (chance.happens(0.4)) {
            double cap = Math.clamp(tone + chance.between(-0.5, 0.5), 0, 1);
            canvas.fill(new Path().disc(0, 0, hub * chance.between(0.3, 0.8)), 2 * low, cap, 1);
        }
    }

    /// The hour or the minute hand.
    ///
    /// @param z how high above the dial it is
    /// @param shadow how dark its shadow is
    /// @param facet how much lighter its right half is
    /// @param sparkle how far parts of it differ, as those of cut metal do
    private record One(
            HandShape shape,
            double length,
            double half,
            double degrees,
            double z,
            double shadow,
            double facet,
            double sparkle) {
        private static final double FINE = 25;

        /// Its tone at a point of the dial.
        double tone(double tone, double x, double y) {
            double angle = Math.toRadians(degrees);
            boolean right = x * StrictMath.cos(angle) > y * StrictMath.sin(angle);
            double rough = Chance.noise((int) (1000 * length), FINE * x, FINE * y) - 0.5;
            return Math.clamp(tone + (right ? facet : 0) + sparkle * rough, 0, 1);
        }

        Path body(double tail) {
            return shape.body(length, half, tail).turned(degrees);
        }

        Path inlay() {
            return shape.inlay(length, half).turned(degrees);
        }
    }

    private void paint(Canvas canvas, One hand, double tone, double inlaid, double tail) {
        var body = hand.body(tail);
        if (hand.shadow > 0) {
            double far = hand.z / (2 * HOUR_HEIGHT);
            var shadow = body.moved(far * shadowX, far * shadowY);
            canvas.shadow(shadow, 0, hand.shadow, 0.01);
        }
        if (hand.facet == 0 && hand.sparkle == 0) {
            canvas.fill(body, hand.z, tone, 1);
        } else {
            canvas.fill(body, hand.z, (x, y) -> hand.tone(tone, x, y), 1);
        }
        canvas.fill(hand.inlay(), hand.z, inlaid, 1);
    }

    /// @param most half width of the minute hand
    private void second(Canvas canvas, Chance own, double ground, double tone, double most) {
        double length = own.between(0.6, 0.98);
        double half = own.ratio(0.005, Math.max(0.55 * most, 0.011));
        double tail = own.between(0.05, own.happens(0.3) ? 0.5 : 0.3);
        double colour = own.happens(0.5) ? tone : ground + (tone - ground) * own.between(0.35, 0.9);
        var path = new Path().mirrored(half, -tail, 0.7 * half, length);
        switch (own.weighted(4, 2, 2, 1)) {
            case 1 -> path.disc(0, -tail, own.between(0.025, 0.05));
            case 2 -> path.rectangle(0, -tail, 0.022, 0.06);
            case 3 -> path.ring(0, 0.75 * length, 0.04, half);
            default -> {
                // Plain.
            }
        }
        path.disc(0, 0, own.between(0.015, 0.04));
        canvas.fill(path.turned(own.between(0, 360)), 3 * HOUR_HEIGHT * rise, colour, 1);
    }

    private void alarm(Canvas canvas, double ground) {
        double colour = ground > 0.5 ? chance.between(0.3, 0.65) : chance.between(0.4, 0.7);
        double length = chance.between(0.28, 0.38);
        double half = chance.between(0.008, 0.016);
        var path = new Path().mirrored(half, -0.05, half, 0.7 * length, 0, length);
        canvas.fill(path.turned(chance.between(0, 360)), colour, 1);
    }

    /// Where in the picture the tips are: x and y of the hour hand's, then of the minute hand's.
    void writeTips(Lens lens, float[] points, int at) {
        tip(lens, hourAngle, hourLength, HOUR_HEIGHT * rise, points, at);
        tip(lens, minuteAngle, minuteLength, 2 * HOUR_HEIGHT * rise, points, at + 2);
    }

    private static void tip(
            Lens lens, double degrees, double length, double z, float[] points, int at) {
        double angle = Math.toRadians(degrees);
        double x = length * StrictMath.sin(angle);
        double y = length * StrictMath.cos(angle);
        points[at] = (float) lens.column(x, y, z);
        points[at + 1] = (float) lens.row(x, y, z);
    }
}
