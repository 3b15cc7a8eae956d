package dev.gnomon.data.clock.any;

/// A hand of writing: figures and letters as strokes of a pen, 1 high, with the lower left corner at the origin.
///
/// @param halfWeight half width of the widest strokes
/// @param thin width of the thinnest strokes as part of the widest
/// @param nib direction in which strokes are thinnest, in radians against the clock from the right
/// @param width how wide figures are; 1 is usual
/// @param slant how far the top leans to the right
/// @param serifs half length of the lines at the ends of straight strokes; 0 for none
/// @param angular whether all is made of seven straight bars, as on displays
/// @param form which of several forms of a figure is written, as bits
record Figures(
        double halfWeight,
        double thin,
        double nib,
        double width,
        double slant,
        double serifs,
        boolean angular,
        int form) {
    private static final double GAP = 0.14;
    private static final int PIECE_DEGREES = 20;

    /// For each figure the bars of a display: top, upper right, lower right, bottom, lower left, upper left, middle.
    private static final int[] BARS = {
        0b0111111, 0b0000110, 0b1011011, 0b1001111, 0b1100110,
        0b1101101, 0b1111101, 0b0000111, 0b1111111, 0b1101111
    };

    private static final double[][] BAR_LINES = {
        {0, 1, 0.55, 1},
        {0.55, 1, 0.55, 0.5},
        {0.55, 0.5, 0.55, 0},
        {0, 0, 0.55, 0},
        {0, 0.5, 0, 0},
        {0, 1, 0, 0.5},
        {0, 0.5, 0.55, 0.5}
    };

    static Figures of(Chance chance, boolean heldOut) {
        double half = chance.ratio(0.025, 0.11);
        boolean contrast = chance.happens(0.35);
        return new Figures(
                half,
                contrast ? chance.between(0.2, 0.6) : 1,
                chance.between(-0.1, 0.45),
                chance.happens(0.15) ? chance.between(0.5, 0.75) : chance.between(0.75, 1.15),
                chance.happens(0.2) ? chance.between(0.05, 0.3) : 0,
                chance.happens(contrast ? 0.7 : 0.15) ? half + chance.between(0.03, 0.1) : 0,
                heldOut,
                chance.below(256));
    }

    /// `text` with its middle at the origin, `height` high.
    Path text(String text, double height) {
        double length = 0;
        double gap = GAP + halfWeight;
        for (int i = 0; i < text.length(); i++) {
            length += advance(text.charAt(i)) + (i > 0 ? gap : 0);
        }
        var path = new Path();
        var pen = new Pen(path, height, -length / 2);
        for (int i = 0; i < text.length(); i++) {
            write(pen, text.charAt(i));
            pen.left += advance(text.charAt(i)) + gap;
        }
        return path;
    }

    /// How wide a text of height 1 is.
    double length(String text) {
        double length = 0;
        for (int i = 0; i < text.length(); i++) {
            length += advance(text.charAt(i)) + GAP + halfWeight;
        }
        return length;
    }

    private double advance(char letter) {
        return width
                * switch (letter) {
                    case '1' -> angular ? 0.05 : has(1) ? 0.42 : 0.25;
                    case 'I' -> 0.12;
                    case 'V', 'X' -> 0.62;
                    case ' ' -> 0.3;
                    default -> 0.58;
                };
    }

    private boolean has(int bit) {
        return (form >> bit & 1) != 0;
    }

    private void write(Pen pen, char letter) {
        if (angular && letter >= '0' && letter <= '9') {
            for (int bar = 0; bar < BAR_LINES.length; bar++) {
                if ((BARS[letter - '0'] >> bar & 1) != 0) {
                    double shift = letter == '1' ? -0.5 : 0;
                    double[] line = BAR_LINES[bar];
                    pen.line(line[0] + shift, line[1], line[2] + shift, line[3]);
                }
            }
            return;
        }
        switch (letter) {
            case '0' -> pen.arc(0.29, 0.5, 0.28, 0.5, 0, 360);
            case '1' -> one(pen);
            case '2' -> two(pen);
            case '3' -> three(pen);
            case '4' -> four(pen);
            case '5' -> five(pen);
            case '6' -> six(pen, false);
            case '7' -> seven(pen);
            case '8' -> eight(pen);
            case '9' -> six(pen, true);
            default -> letter(pen, letter);
        }
    }

    private void one(Pen pen) {
        double x = has(1) ? 0.24 : 0.2;
        if (has(0) || has(1)) {
            pen.line(x - 0.2, 0.8, x, 1);
        }
        pen.line(x, 1, x, 0);
        if (has(1) || serifs > 0) {
            pen.line(x - 0.18, 0, x + 0.18, 0);
        }
    }

    private void two(Pen pen) {
        pen.arc(0.29, 0.72, 0.27, 0.28, has(2) ? 190 : 160, -38);
        pen.line(0.503, 0.548, 0.02, 0);
        pen.serifed(0.02, 0, 0.58, 0);
    }

    private void three(Pen pen) {
        if (has(3)) {
            pen.line(0.06, 1, 0.52, 1, 0.26, 0.6);
            pen.arc(0.26, 0.3, 0.29, 0.3, 90, -150);
        } else {
            pen.arc(0.27, 0.76, 0.23, 0.24, 160, -90);
            pen.arc(0.27, 0.26, 0.28, 0.26, 90, -160);
        }
    }

    private void four(Pen pen) {
        if (has(4) && serifs <= 0) {
            pen.line(0.3, 1, 0.02, 0.35, 0.58, 0.35);
            pen.line(0.44, 0.62, 0.44, 0);
        } else {
            pen.line(0.58, 0.26, 0, 0.26, 0.43, 1);
            pen.serifedFoot(0.43, 1, 0.43, 0);
        }
    }

    private void five(Pen pen) {
        pen.line(0.53, 1, 0.13, 1, 0.08, 0.54);
        pen.arc(0.26, 0.32, 0.3, 0.32, 130, -150);
    }

    /// A 6, or turned around a 9.
    private void six(Pen pen, boolean turned) {
        pen.turned = turned;
        pen.arc(0.29, 0.3, 0.28, 0.3, 0, 360);
        if (has(5)) {
            pen.line(0.44, 1, 0.05, 0.42);
        } else {
            pen.arc(0.43, 0.35, 0.42, 0.65, 180, 75);
        }
        pen.turned = false;
    }

    private void seven(Pen pen) {
        pen.line(0.02, 1, 0.56, 1, 0.2, 0);
        if (has(6) && has(7)) {
            pen.line(0.14, 0.5, 0.52, 0.5);
        }
    }

    private static void eight(Pen pen) {
        pen.arc(0.29, 0.76, 0.22, 0.24, 0, 360);
        pen.arc(0.29, 0.26, 0.28, 0.26, 0, 360);
    }

    private static void letter(Pen pen, char letter) {
        switch (letter) {
            case 'I' -> pen.serifed(0.06, 1, 0.06, 0);
            case 'V' -> {
                pen.serifedHead(0.04, 1, 0.31, 0);
                pen.serifedHead(0.58, 1, 0.31, 0);
            }
            case 'X' -> {
                pen.serifed(0.05, 1, 0.57, 0);
                pen.serifed(0.57, 1, 0.05, 0);
            }
            case 'A' -> pen.line(0, 0, 0.29, 1, 0.58, 0, 0.47, 0.35, 0.12, 0.35);
            case 'E' -> {
                pen.line(0.55, 1, 0.05, 1, 0.05, 0, 0.55, 0);
                pen.line(0.05, 0.5, 0.45, 0.5);
            }
            case 'H' -> {
                pen.serifed(0.05, 0, 0.05, 1);
                pen.serifed(0.53, 0, 0.53, 1);
                pen.line(0.05, 0.5, 0.53, 0.5);
            }
            case 'L' -> pen.line(0.05, 1, 0.05, 0, 0.5, 0);
            case 'N' -> pen.line(0.04, 0, 0.04, 1, 0.54, 0, 0.54, 1);
            case 'O', 'Q' -> pen.arc(0.29, 0.5, 0.28, 0.5, 0, 360);
            case 'R' -> {
                pen.line(0.05, 0, 0.05, 1, 0.3, 1);
                pen.arc(0.3, 0.75, 0.24, 0.25, 90, -90);
                pen.line(0.3, 0.5, 0.05, 0.5);
                pen.line(0.25, 0.5, 0.55, 0);
            }
            case 'S' -> {
                pen.arc(0.29, 0.75, 0.24, 0.25, 30, 270);
                pen.arc(0.29, 0.25, 0.26, 0.25, 90, -150);
            }
            case 'T' -> {
                pen.line(0, 1, 0.58, 1);
                pen.serifedFoot(0.29, 1, 0.29, 0);
            }
            default -> {
                // A space.
            }
        }
    }

    /// Writes strokes into a path.
    private final class Pen {
        private final Path path;
        private final double height;
        private final double nibX = StrictMath.cos(nib);
        private final double nibY = StrictMath.sin(nib);
        private double left;
        private boolean turned;

        Pen(Path path, double height, double left) {
            this.path = path;
            this.height = height;
            this.left = left;
        }

        private double half(double x0, double y0, double x1, double y1) {
            double dx = (x1 - x0) * width;
            double dy = y1 - y0;
            double across = Math.abs(dx * nibY - dy * nibX) / (Math.sqrt(dx * dx + dy * dy) + 1e-9);
            return halfWeight * (thin + (1 - thin) * across);
        }

        private double x(double x, double y) {
            double ahead = turned ? 0.58 - x : x;
            return height * (left + width * ahead + slant * (y(y) / height));
        }

        private double y(double y) {
            return height * ((turned ? 1 - y : y) - 0.5) * (1 - 2 * halfWeight * 0.9);
        }

        void line(double... corners) {
            double before = 0;
            for (int i = 0; i + 3 < corners.length; i += 2) {
                double half =
                        height * half(corners[i], corners[i + 1], corners[i + 2], corners[i + 3]);
                double x = x(corners[i], corners[i + 1]);
                double y = y(corners[i + 1]);
                path.stroke(x, y, x(corners[i + 2], corners[i + 3]), y(corners[i + 3]), half, half);
                if (i > 0 || !angular) {
                    path.disc(x, y, i > 0 ? Math.min(half, before) : half * 0.9);
                }
                before = half;
            }
        }

        void arc(double x, double y, double rx, double ry, double from, double to) {
            int pieces = (int) Math.ceil(Math.abs(to - from) / PIECE_DEGREES);
            var corners = new double[2 * (pieces + 1)];
            for (int i = 0; i <= pieces; i++) {
                double angle = Math.toRadians(from + (to - from) * i / pieces);
                corners[2 * i] = x + rx * StrictMath.cos(angle);
                corners[2 * i + 1] = y + ry * StrictMath.sin(angle);
            }
            line(corners);
        }

        void serifed(double x0, double y0, double x1, double y1) {
            line(x0, y0, x1, y1);
            serif(x0, y0);
            serif(x1, y1);
        }

        void serifedHead(double x0, double y0, double x1, double y1) {
            line(x0, y0, x1, y1);
            serif(x0, y0);
        }

        void serifedFoot(double x0, double y0, double x1, double y1) {
            line(x0, y0, x1, y1);
            serif(x1, y1);
        }

        private void serif(double x, double y) {
            if (serifs > 0 && Math.abs(y - 0.5) > 0.45) {
                line(x - serifs, y, x + serifs, y);
            }
        }
    }
}
