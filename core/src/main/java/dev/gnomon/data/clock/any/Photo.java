package dev.gnomon.data.clock.any;

/// What happens between the clock and the file: light, reflections, things in the way, blur, noise and compression.
final class Photo {
    private Photo() {}

    /// The finished picture of `size`×`size` grey values.
    static void take(Canvas canvas, Chance chance, int size, byte[] pixels, int at) {
        light(canvas, chance.child(0));
        reflect(canvas, chance.child(1));
        cover(canvas, chance.child(2));
        float[] tones = develop(canvas, chance.child(3), size);
        expose(tones, chance.child(4));
        if (chance.happens(0.35)) {
            Filters.compress(tones, size, chance.ratio(0.01, 0.06));
        }
        boolean inverted = chance.happens(0.02);
        for (int i = 0; i < tones.length; i++) {
            float tone = Math.clamp(inverted ? 1 - tones[i] : tones[i], 0, 1);
            pixels[at + i] = (byte) Math.round(255 * tone);
        }
    }

    /// Uneven light, and the edge of a shadow across.
    private static void light(Canvas canvas, Chance chance) {
        double strength = chance.happens(0.5) ? chance.between(0, 0.35) : 0.08 * chance.unit();
        double angle = chance.between(0, 2 * Math.PI);
        double dx = strength * StrictMath.cos(angle);
        double dy = strength * StrictMath.sin(angle);
        double corners = chance.happens(0.3) ? chance.between(0, 0.7) : 0;
        multiply(
                canvas,
                (x, y) ->
                        1
                                - strength / 2
                                + dx * (x - 0.5)
                                + dy * (y - 0.5)
                                - corners * ((x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5)));
        if (chance.happens(0.15)) {
            double turn = chance.between(0, 2 * Math.PI);
            double nx = StrictMath.cos(turn);
            double ny = StrictMath.sin(turn);
            double offset = chance.between(-0.3, 0.3);
            double depth = chance.between(0.15, 0.5);
            double edge = chance.ratio(0.01, 0.15);
            double width = chance.happens(0.4) ? chance.between(0.08, 0.4) : 9;
            multiply(
                    canvas,
                    (x, y) -> {
                        double away = nx * (x - 0.5) + ny * (y - 0.5) - offset;
                        double in = Math.min(away, width - away) / edge;
                        return 1 - depth * Math.clamp(in + 0.5, 0, 1);
                    });
        }
    }

    /// The lamp, windows and the sky in the glass.
    private static void reflect(Canvas canvas, Chance chance) {
        int spots = chance.happens(0.3) ? 1 + chance.below(2) : 0;
        for (int spot = 0; spot < spots; spot++) {
            double x0 = chance.between(0.1, 0.9);
            double y0 = chance.between(0.1, 0.9);
            double core = chance.ratio(0.01, 0.07);
            double halo = core * chance.between(2, 4);
            double bright = chance.between(0.4, 1.6);
            add(
                    canvas,
                    (x, y) -> {
                        double away = (x - x0) * (x - x0) + (y - y0) * (y - y0);
                        double near = 1 + away / (core * core);
                        double far = 1 + away / (halo * halo);
                        return bright / (near * near) + 0.18 * bright / (far * far);
                    });
        }
        if (chance.happens(0.12)) {
            double x0 = chance.between(-0.7, 0.5);
            double y0 = chance.between(-0.7, 0.5);
            double slant = chance.between(-0.5, 0.5);
            var window =
                    new Path()
                            .add(
                                    x0,
                                    y0,
                                    x0 + chance.between(0.15, 0.7),
                                    y0 + slant * 0.3,
                                    x0 + chance.between(0.15, 0.7),
                                    y0 + chance.between(0.3, 0.8),
                                    x0 + chance.between(-0.1, 0.1),
                                    y0 + chance.between(0.3, 0.7));
            canvas.fill(window, 0.1, 1, chance.between(0.08, 0.4));
        }
        if (chance.happens(0.1)) {
            double veil = chance.between(0.05, 0.2);
            add(canvas, (x, y) -> veil * (1 - 0.5 * y));
        }
    }

    /// A small thing in front of the clock.
    private static void cover(Canvas canvas, Chance chance) {
        if (!chance.happens(0.08)) {
            return;
        }
        double angle = chance.between(0, 360);
        double tone = chance.unit();
        var thing = new Path();
        if (chance.happens(0.5)) {
            thing.stroke(-2, 0, 2, 0, chance.between(0.01, 0.06), chance.between(0.01, 0.06));
            canvas.fill(thing.moved(0, chance.between(0.5, 1)).turned(angle), 0.1, tone, 1);
        } else {
            double radius = chance.between(0.1, 0.4);
            thing.disc(0, radius + chance.between(0.55, 0.9), radius);
            canvas.fill(thing.turned(angle), 0.1, tone, 1);
        }
    }

    private static float[] develop(Canvas canvas, Chance chance, int size) {
        int side = canvas.side();
        float[] tones = canvas.tones();
        int harm = chance.weighted(6, 2.2, 0.8);
        double unit = side * canvas.lens().extent();
        boolean soft = harm == 1 || chance.happens(0.3);
        if (soft) {
            double most = harm == 1 ? 0.023 : 0.009;
            tones = Filters.blurred(tones, side, unit * chance.ratio(0.003, most));
        }
        if (harm == 2) {
            double way = unit * chance.between(0.015, 0.05);
            double angle = chance.between(0, Math.PI);
            tones =
                    Filters.moved(
                            tones, side, way * StrictMath.cos(angle), way * StrictMath.sin(angle));
        }
        if (chance.happens(0.05)) {
            double dx = unit * 0.03 * chance.normal();
            double dy = unit * 0.03 * chance.normal();
            tones = Filters.doubled(tones, side, dx, dy, chance.between(0.1, 0.4));
        }
        if (side != size) {
            tones = Filters.resized(tones, side, size);
        }
        if (chance.happens(0.3)) {
            Filters.sharpen(tones, size, chance.between(0.2, 1.5), chance.between(0.6, 1.5));
        }
        return tones;
    }

    private static void expose(float[] tones, Chance chance) {
        int kind = chance.weighted(25, 48, 17, 10);
        double low =
                kind == 0 ? 0 : kind == 2 ? chance.between(0, 0.15) : chance.between(-0.1, 0.2);
        double high =
                switch (kind) {
                    case 0 -> 1;
                    case 1 -> chance.between(0.7, 1.12);
                    case 2 -> low + chance.between(0.2, 0.6);
                    default -> chance.between(1.1, 1.5);
                };
        double bend = kind == 0 ? 0 : chance.between(-0.6, 0.6);
        double most = chance.happens(0.2) ? 0.055 : 0.02;
        double noise = chance.happens(0.6) ? (high - low) * chance.ratio(0.004, most) : 0;
        for (int i = 0; i < tones.length; i++) {
            double tone = Math.clamp(tones[i], 0, 1.3);
            double bent = tone <= 1 ? tone + bend * tone * (1 - tone) : tone;
            double grain = noise > 0 ? noise * chance.normal() : 0;
            tones[i] = (float) (low + (high - low) * bent + grain);
        }
    }

    private static void multiply(Canvas canvas, Canvas.Shade factor) {
        float[] tones = canvas.tones();
        int side = canvas.side();
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                tones[row * side + column] *= at(factor, side, column, row);
            }
        }
    }

    private static void add(Canvas canvas, Canvas.Shade more) {
        float[] tones = canvas.tones();
        int side = canvas.side();
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                tones[row * side + column] += at(more, side, column, row);
            }
        }
    }

    /// A tone for a point of the picture, in units of its size.
    private static float at(Canvas.Shade shade, int side, int column, int row) {
        return (float) shade.tone((column + 0.5) / side, (row + 0.5) / side);
    }
}
