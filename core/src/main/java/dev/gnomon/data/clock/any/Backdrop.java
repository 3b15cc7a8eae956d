package dev.gnomon.data.clock.any;

/// What is behind and around the clock.
final class Backdrop {
    private Backdrop() {}

    /// Paints all of the picture.
    static void paint(Canvas canvas, Chance chance, boolean heldOut) {
        double tone = chance.between(0.05, 0.98);
        double other = Math.clamp(tone + chance.between(-0.35, 0.35), 0, 1);
        var shade =
                heldOut
                        ? bricks(chance, tone, other)
                        : switch (chance.weighted(5, 3, 3, 2, 1.5)) {
                            case 0 -> plain(chance, tone, other);
                            case 1 -> rough(chance, tone, other);
                            case 2 -> wood(chance, tone, other);
                            case 3 -> blots(chance, tone, other);
                            default -> striped(chance, tone, other);
                        };
        canvas.fill(shade);
        if (chance.happens(0.35)) {
            things(canvas, chance, 1 + chance.below(6));
        }
    }

    private static Canvas.Shade plain(Chance chance, double tone, double other) {
        double angle = chance.between(0, 2 * Math.PI);
        double dx = (other - tone) / 3 * StrictMath.cos(angle);
        double dy = (other - tone) / 3 * StrictMath.sin(angle);
        return (x, y) -> tone + dx * Math.clamp(x, -3, 3) + dy * Math.clamp(y, -3, 3);
    }

    private static Canvas.Shade rough(Chance chance, double tone, double other) {
        int key = chance.below(1 << 20);
        double fine = chance.ratio(0.5, 10);
        return (x, y) -> {
            double noise =
                    0.6 * Chance.noise(key, x * fine, y * fine)
                            + 0.4 * Chance.noise(key + 1, 2.3 * x * fine, 2.3 * y * fine);
            return tone + (other - tone) * noise;
        };
    }

    private static Canvas.Shade wood(Chance chance, double tone, double other) {
        int key = chance.below(1 << 20);
        double angle = chance.between(0, Math.PI);
        double c = StrictMath.cos(angle);
        double s = StrictMath.sin(angle);
        double fine = chance.ratio(6, 24);
        double plank = chance.between(0.4, 2);
        double gap = chance.between(0.01, 0.05);
        double shift = chance.unit();
        return (x, y) -> {
            double u = x * c + y * s;
            double v = (y * c - x * s) / plank + shift;
            double board = Math.floor(v);
            double edge = Math.min(v - board, board + 1 - v) * plank;
            double grain =
                    0.55 * Chance.noise(key + (int) board, u * 0.8, v * plank * fine)
                            + 0.45 * Chance.noise(key + 99, u * 3, v * plank * fine * 2);
            double wood = tone + (other - tone) * grain + 0.08 * Chance.hash(key, (int) board, 7);
            return edge < gap ? wood * (0.35 + 0.5 * edge / gap) : wood;
        };
    }

    /// Soft spots, as of a background out of focus.
    private static Canvas.Shade blots(Chance chance, double tone, double other) {
        int count = 4 + chance.below(5);
        var spots = new double[count][4];
        for (double[] spot : spots) {
            spot[0] = chance.between(-2, 2);
            spot[1] = chance.between(-2, 2);
            spot[2] = chance.between(0.2, 1.3);
            spot[3] = chance.between(-0.5, 0.5);
        }
        return (x, y) -> {
            double sum = tone + 0.2 * (other - tone) * y;
            for (double[] spot : spots) {
                double dx = x - spot[0];
                double dy = y - spot[1];
                double in = 1 - (dx * dx + dy * dy) / (spot[2] * spot[2]);
                sum += in > 0 ? spot[3] * Math.min(3 * in, 1) : 0;
            }
            return Math.clamp(sum, 0, 1);
        };
    }

    private static Canvas.Shade striped(Chance chance, double tone, double other) {
        double width = chance.between(0.15, 0.8);
        double height = chance.happens(0.5) ? 1e9 : width;
        double part = chance.between(0.05, 0.5);
        double angle = chance.happens(0.6) ? 0 : chance.between(0, Math.PI);
        double c = StrictMath.cos(angle);
        double s = StrictMath.sin(angle);
        return (x, y) -> {
            double u = (x * c + y * s) / width;
            double v = (y * c - x * s) / height + 0.37;
            boolean line = u - Math.floor(u) < part || v - Math.floor(v) < part;
            return line ? other : tone;
        };
    }

    private static Canvas.Shade bricks(Chance chance, double tone, double other) {
        int key = chance.below(1 << 20);
        double height = chance.between(0.2, 0.5);
        double width = height * chance.between(1.8, 3);
        double joint = chance.between(0.05, 0.12);
        return (x, y) -> {
            double v = y / height;
            int row = (int) Math.floor(v);
            double u = x / width + 0.5 * (row & 1);
            int column = (int) Math.floor(u);
            boolean mortar = v - row < joint || u - column < joint * height / width;
            double rough = 0.15 * (Chance.noise(key, 14 * x, 14 * y) - 0.5);
            return (mortar ? other : tone + 0.25 * (Chance.hash(key, row, column) - 0.5)) + rough;
        };
    }

    /// Lines, boxes, discs and writing near the clock.
    private static void things(Canvas canvas, Chance chance, int count) {
        for (int i = 0; i < count; i++) {
            double turn = chance.happens(0.6) ? 90 * chance.below(4) : chance.between(0, 360);
            double x = chance.sign() * chance.between(0.2, 2);
            double y = chance.between(0.6, 1.8);
            double tone = chance.unit();
            var path = new Path();
            switch (chance.below(4)) {
                case 0 -> {
                    double half = chance.ratio(0.01, 0.15);
                    path.stroke(-6, y, 6, y + chance.between(-0.5, 0.5), half, half);
                }
                case 1 ->
                        path.rectangle(x, y + 0.4, chance.ratio(0.1, 0.9), chance.ratio(0.1, 0.7));
                case 2 -> path.disc(x, y + 0.5, chance.ratio(0.05, 0.7));
                default ->
                        path.add(
                                Figures.of(chance, false)
                                        .text(Face.word(chance, 3 + chance.below(6)), 0.25)
                                        .moved(0.3 * x, y + 0.5));
            }
            canvas.fill(path.turned(turn), tone, chance.between(0.5, 1));
        }
    }
}
