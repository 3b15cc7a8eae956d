package dev.gnomon.data.clock.any;

/// Forms of the hour and minute hands, pointing to the 12 from the pivot at the origin.
enum HandShape {
    BAR,
    ROUND_BAR,
    TAPERED,
    DAUPHINE,
    LEAF,
    BREGUET,
    ARROW,
    SKELETON,
    BATON,
    SWORD,
    SPADE,
    CATHEDRAL,
    SERPENTINE,
    FILIGREE,
    PADDLE,
    SYRINGE;

    /// Those that are kept for held-out clocks.
    static HandShape of(Chance chance, boolean heldOut) {
        if (heldOut) {
            return chance.pick(PADDLE, SYRINGE);
        }
        return values()[chance.weighted(8, 3, 6, 4, 3, 3, 2, 2, 3, 4, 4.5, 2, 2, 2)];
    }

    /// Outline of a hand.
    ///
    /// @param half half of its usual width
    /// @param tail how far it reaches beyond the pivot
    Path body(double length, double half, double tail) {
        var path = new Path();
        switch (this) {
            case BAR, BATON -> path.add(-half, -tail, half, -tail, half, length, -half, length);
            case ROUND_BAR -> {
                path.rectangle(0, (length - half - tail) / 2, half, (length - half + tail) / 2);
                path.disc(0, length - half, half);
                path.disc(0, -tail, half);
            }
            case TAPERED -> path.mirrored(half, -tail, half * 0.35, length);
            case DAUPHINE -> path.mirrored(0, -tail, 1.5 * half, 0.12 * length, 0, length);
            case LEAF ->
                    path.mirrored(
                            0.3 * half,
                            -tail,
                            0.35 * half,
                            0.1 * length,
                            1.1 * half,
                            0.3 * length,
                            1.35 * half,
                            0.48 * length,
                            0.9 * half,
                            0.72 * length,
                            0,
                            length);
            case BREGUET -> {
                double radius = Math.min(2.6 * half, 0.12 * length);
                path.mirrored(0.45 * half, -tail, 0.4 * half, 0.7 * length, 0, length);
                path.ring(0, 0.7 * length, radius, 0.4 * half);
            }
            case ARROW -> {
                path.mirrored(0.45 * half, -tail, 0.45 * half, 0.8 * length);
                path.mirrored(2.1 * half, 0.7 * length, 0, length);
            }
            case SKELETON -> {
                path.mirrored(half, -tail, 1.1 * half, 0.8 * length, 0, length);
                path.cut(
                        -0.5 * half,
                        0.15 * length,
                        0.5 * half,
                        0.15 * length,
                        0.6 * half,
                        0.75 * length,
                        -0.6 * half,
                        0.75 * length);
            }
            case SWORD ->
                    path.mirrored(
                            0.5 * half,
                            -tail,
                            0.5 * half,
                            0.1 * length,
                            1.4 * half,
                            0.78 * length,
                            0,
                            length);
            case SPADE -> {
                double r = Math.min(1.7 * half, 0.1 * length);
                double y = 0.68 * length;
                path.mirrored(0.5 * half, -tail, 0.35 * half, y);
                path.disc(-0.8 * r, y, r).disc(0.8 * r, y, r);
                path.mirrored(1.7 * r, y + 0.3 * r, 0.3 * r, y + 2.4 * r, 0, length);
            }
            case CATHEDRAL -> {
                path.mirrored(
                        0.5 * half,
                        -tail,
                        0.5 * half,
                        0.25 * length,
                        1.6 * half,
                        0.42 * length,
                        1.6 * half,
                        0.6 * length,
                        0.4 * half,
                        0.76 * length,
                        0,
                        length);
                path.cut(0, 0.32 * length, half, 0.44 * length, -half, 0.44 * length);
                path.cut(0, 0.68 * length, half, 0.58 * length, -half, 0.58 * length);
                path.cut(
                        -half,
                        0.48 * length,
                        half,
                        0.48 * length,
                        half,
                        0.54 * length,
                        -half,
                        0.54 * length);
            }
            case SERPENTINE -> {
                double pen = 0.4 * half;
                path.mirrored(0.6 * half, -tail, 0.6 * half, 0.12 * length);
                path.stroke(0, 0.1 * length, 1.1 * half, 0.25 * length, pen, pen);
                path.stroke(1.1 * half, 0.25 * length, -1.1 * half, 0.45 * length, pen, pen);
                path.stroke(-1.1 * half, 0.45 * length, 0, 0.62 * length, pen, pen);
                path.disc(1.1 * half, 0.25 * length, pen).disc(-1.1 * half, 0.45 * length, pen);
                path.ring(0, 0.7 * length, Math.min(1.6 * half, 0.09 * length), pen);
                path.mirrored(0.8 * half, 0.77 * length, 0, length);
            }
            case FILIGREE -> {
                double pen = 0.4 * half;
                double r = Math.min(1.8 * half, 0.09 * length);
                path.mirrored(0.7 * half, -tail, pen, 0.6 * length, 0, length);
                path.ring(0, 0.24 * length, 0.8 * r, pen);
                path.ring(0, 0.44 * length, r, pen).ring(0, 0.63 * length, 0.7 * r, pen);
                for (int side = -1; side <= 1; side += 2) {
                    path.disc(side * 0.7 * r, 0.34 * length, 0.3 * r);
                    path.disc(side * 0.9 * r, 0.54 * length, 0.3 * r);
                    path.disc(side * 0.6 * r, 0.72 * length, 0.25 * r);
                }
            }
            case SYRINGE ->
                    path.mirrored(
                            half,
                            -tail,
                            half,
                            0.62 * length,
                            0.25 * half,
                            0.7 * length,
                            0.2 * half,
                            length);
            case PADDLE ->
                    path.mirrored(
                            0.4 * half,
                            -tail,
                            0.4 * half,
                            0.5 * length,
                            1.5 * half,
                            0.55 * length,
                            1.5 * half,
                            length);
        }
        return path;
    }

    /// The luminous or lighter part of a hand, which may be empty.
    Path inlay(double length, double half) {
        var path = new Path();
        switch (this) {
            case BATON -> path.rectangle(0, 0.62 * length, 0.5 * half, 0.3 * length);
            case SWORD ->
                    path.mirrored(
                            0.3 * half, 0.3 * length, 0.8 * half, 0.76 * length, 0, 0.9 * length);
            case DAUPHINE -> path.add(0, 0, 1.5 * half, 0.12 * length, 0, length);
            case PADDLE -> path.rectangle(0, 0.78 * length, 0.9 * half, 0.16 * length);
            default -> {
                // In one tone.
            }
        }
        return path;
    }
}
