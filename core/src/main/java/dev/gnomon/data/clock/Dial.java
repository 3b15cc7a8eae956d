package dev.gnomon.data.clock;

import dev.gnomon.data.clock.Numerals.Stroke;

/// The printed dial as a table of ink: 0 is white, 1 is ink. The dial's radius is 1, the 12 is up.
final class Dial {
    /// Distance of the numerals from the centre.
    static final double NUMERAL_RADIUS = 0.75;

    private static final double NUMERAL_HEIGHT = 0.155;
    private static final double NUMERAL_HALF_WIDTH = 0.0078;
    private static final double BAR_FROM = 0.895;
    private static final double BAR_TO = 0.96;
    private static final double BAR_HALF_WIDTH = 0.0145;
    private static final double DOT_RADIUS = 0.94;
    private static final double DOT_HALF_WIDTH = 0.0105;
    private static final double DOT_HALF_LENGTH = 0.009;
    private static final double EXTENT = 1.04;

    private final int side;
    private final double scale;
    private final float[] ink;

    /// Draws the dial finely enough for pictures of `size` pixels.
    Dial(int size) {
        side = Math.clamp(size * 5L, 256, 2048);
        scale = side / (2 * EXTENT);
        ink = new float[(side + 1) * (side + 1)];
        for (int number = 1; number <= 12; number++) {
            double angle = Math.toRadians(30.0 * number);
            double x = NUMERAL_RADIUS * StrictMath.sin(angle);
            double y = NUMERAL_RADIUS * StrictMath.cos(angle);
            for (var stroke : Numerals.strokes(number, x, y, NUMERAL_HEIGHT)) {
                draw(stroke, NUMERAL_HALF_WIDTH);
            }
        }
        for (int minute = 0; minute < 60; minute++) {
            drawMark(minute);
        }
    }

    /// Ink at a point of the dial's plane; white beyond the dial.
    double ink(double x, double y) {
        double column = (x + EXTENT) * scale;
        double row = (y + EXTENT) * scale;
        if (!(column >= 0 && row >= 0 && column < side && row < side)) {
            return 0;
        }
        int i = (int) column;
        int j = (int) row;
        double a = column - i;
        int at = j * (side + 1) + i;
        double lower = ink[at] + a * (ink[at + 1] - ink[at]);
        double upper = ink[at + side + 1] + a * (ink[at + side + 2] - ink[at + side + 1]);
        return lower + (row - j) * (upper - lower);
    }

    private void drawMark(int minute) {
        double angle = Math.toRadians(6.0 * minute);
        double sin = StrictMath.sin(angle);
        double cos = StrictMath.cos(angle);
        boolean bar = minute % 5 == 0;
        double from = bar ? BAR_FROM : DOT_RADIUS - DOT_HALF_LENGTH;
        double to = bar ? BAR_TO : DOT_RADIUS + DOT_HALF_LENGTH;
        draw(
                new Stroke(from * sin, from * cos, to * sin, to * cos),
                bar ? BAR_HALF_WIDTH : DOT_HALF_WIDTH);
    }

    private void draw(Stroke stroke, double halfWidth) {
        double reach = halfWidth + 1 / scale;
        int left = cell(Math.min(stroke.x0(), stroke.x1()) - reach);
        int right = cell(Math.max(stroke.x0(), stroke.x1()) + reach) + 1;
        int bottom = cell(Math.min(stroke.y0(), stroke.y1()) - reach);
        int top = cell(Math.max(stroke.y0(), stroke.y1()) + reach) + 1;
        for (int j = bottom; j <= top; j++) {
            for (int i = left; i <= right; i++) {
                double away = distance(stroke, i / scale - EXTENT, j / scale - EXTENT);
                double cover = Math.clamp((halfWidth - away) * scale + 0.5, 0, 1);
                int at = j * (side + 1) + i;
                ink[at] = Math.max(ink[at], (float) cover);
            }
        }
    }

    private int cell(double coordinate) {
        return (int) ((coordinate + EXTENT) * scale);
    }

    private static double distance(Stroke stroke, double x, double y) {
        double dx = stroke.x1() - stroke.x0();
        double dy = stroke.y1() - stroke.y0();
        double along = ((x - stroke.x0()) * dx + (y - stroke.y0()) * dy) / (dx * dx + dy * dy);
        double t = Math.clamp(along, 0, 1);
        double ex = x - stroke.x0() - t * dx;
        double ey = y - stroke.y0() - t * dy;
        return Math.sqrt(ex * ex + ey * ey);
    }
}
