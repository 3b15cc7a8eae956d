package dev.gnomon.data.clock.any;

/// The clock's body and frame, seen from the front, and the outline of its dial.
final class Case {
    /// Outlines of dials and frames.
    enum Shape {
        ROUND,
        SQUARE,
        CUSHION,
        OCTAGON,
        HEXAGON
    }

    private final Shape shape;
    private final double corner;

    Case(Chance chance, boolean heldOut) {
        shape =
                heldOut
                        ? chance.pick(Shape.OCTAGON, Shape.HEXAGON)
                        : Shape.values()[chance.weighted(80, 9, 11)];
        corner = chance.between(0.15, 0.6);
    }

    Shape shape() {
        return shape;
    }

    boolean isSquare() {
        return shape == Shape.SQUARE || shape == Shape.CUSHION;
    }

    /// Outline of the dial's shape at a distance from its middle.
    Path outline(double reach) {
        return outline(shape, reach);
    }

    private Path outline(Shape shape, double reach) {
        return switch (shape) {
            case ROUND -> new Path().add(Path.ellipse(0, 0, reach, reach));
            case SQUARE -> new Path().rectangle(0, 0, reach, reach);
            case CUSHION -> new Path().rounded(reach, reach, corner * reach);
            case OCTAGON -> new Path().regular(8, reach);
            case HEXAGON -> new Path().regular(6, reach);
        };
    }

    /// Paints all but the dial.
    void paint(Canvas canvas, Chance chance) {
        double width =
                chance.happens(0.1) ? 0.015 : chance.ratio(0.03, chance.happens(0.12) ? 0.8 : 0.36);
        double tone = chance.happens(0.45) ? chance.between(0, 0.25) : chance.between(0.1, 1);
        Shape body = chance.happens(0.08) ? chance.pick(Shape.SQUARE, Shape.CUSHION) : shape;
        if (body != shape) {
            width = Math.max(width, 0.08);
        }
        double reach = 1 + width;
        double depth = chance.between(0, 0.25);
        if (chance.happens(0.6)) {
            double blur = chance.between(0.005, 0.06);
            var shadow =
                    outline(body, reach + 0.01)
                            .moved(chance.between(-0.15, 0.15), chance.between(-0.25, 0.05));
            canvas.shadow(shadow, -depth, chance.between(0.15, 0.6), blur);
        }
        attach(canvas, chance, reach, tone);
        canvas.fill(outline(body, reach), -depth, 0.6 * tone, 1);
        rings(canvas, chance, body, reach, tone);
        if (width > 0.2 && chance.happens(0.25)) {
            inscribe(canvas, chance, width, tone);
        }
    }

    /// Letters around the dial, on the frame.
    private static void inscribe(Canvas canvas, Chance chance, double width, double tone) {
        var figures = Figures.of(chance, false);
        double high = width * chance.between(0.35, 0.6);
        double degrees = Math.toDegrees(0.9 * high / (1 + width / 2));
        double half = chance.between(30, 80);
        var path = new Path();
        for (double angle = -half; angle <= half; angle += degrees) {
            var letter = figures.text(Face.word(chance, 1), high).moved(0, 1 + width / 2);
            path.add(letter.turned(angle));
            if (chance.happens(0.8)) {
                path.add(letter.turned(180 + angle));
            }
        }
        canvas.fill(path, tone > 0.5 ? chance.between(0, 0.3) : chance.between(0.7, 1), 1);
    }

    /// The frame as rings of tones of their own, each lit from one side.
    private void rings(Canvas canvas, Chance chance, Shape body, double reach, double tone) {
        double shine = chance.happens(0.6) ? chance.between(0.05, 0.4) : 0;
        double light = chance.between(0, 2 * Math.PI);
        double lx = StrictMath.cos(light);
        double ly = StrictMath.sin(light);
        double from = reach;
        int rings = 1 + chance.weighted(5, 4, 2);
        for (int ring = 0; ring < rings; ring++) {
            double ringTone = ring == 0 ? tone : Math.clamp(tone + chance.between(-0.5, 0.5), 0, 1);
            double side = chance.sign();
            canvas.fill(
                    ring == 0 ? outline(body, from) : outline(from),
                    0,
                    (x, y) -> {
                        double cosine = (lx * x + ly * y) / (Math.sqrt(x * x + y * y) + 0.1);
                        double gloss = Math.max(Math.abs(cosine) - 0.75, 0) * 2;
                        return ringTone + side * shine * 0.5 * cosine + shine * gloss;
                    },
                    1);
            from = 1 + (from - 1) * chance.between(0.25, 0.75);
        }
    }

    /// A strap, feet and bells, a crown, a ring to hang it by.
    private static void attach(Canvas canvas, Chance chance, double reach, double tone) {
        int kind = chance.weighted(10, 2.2, 1.6, 1);
        double other = chance.happens(0.5) ? tone : chance.unit();
        switch (kind) {
            case 1 -> {
                double half = reach * chance.between(0.45, 0.75);
                canvas.fill(new Path().rectangle(0, 0, half, 4), -0.1, other, 1);
                if (chance.happens(0.5)) {
                    var links = new Path();
                    for (int i = -12; i <= 12; i++) {
                        links.rectangle(0, 0.28 * i, half, 0.02);
                    }
                    canvas.fill(links, -0.1, 0.5 * other, 0.8);
                }
                var crown = new Path().rectangle(reach, 0, 0.12, 0.1);
                crown.mirrored(half * 1.15, -reach, half * 1.15, reach);
                canvas.fill(crown, 0.8 * tone, 1);
            }
            case 2 -> {
                var parts = new Path();
                for (int side = -1; side <= 1; side += 2) {
                    parts.stroke(0, 0, side * 0.85, -reach - 0.35, 0.07, 0.07);
                    parts.disc(side * 0.55, reach + 0.02, 0.33);
                }
                parts.rectangle(0, reach + 0.15, 0.05, 0.25);
                canvas.fill(parts, other, 1);
            }
            case 3 -> {
                var parts = new Path().rectangle(0, reach, 0.09, 0.15);
                parts.ring(0, reach + 0.3, 0.18, 0.035);
                canvas.fill(parts, other, 1);
            }
            default -> {
                // Nothing.
            }
        }
    }
}
