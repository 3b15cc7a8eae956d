package dev.gnomon.data.clock;

import java.util.ArrayList;
import java.util.List;

/// The numerals 1 to 12 as strokes: thin upright figures without serifs.
///
/// A figure is 1 high and at most 0.6 wide with its lower left corner at the origin; curves are short straight pieces.
final class Numerals {
    private static final double GAP = 0.2;
    private static final double PIECE_DEGREES = 10;

    /// A straight stroke from (x0, y0) to (x1, y1).
    record Stroke(double x0, double y0, double x1, double y1) {
        Stroke moved(double dx, double dy) {
            return new Stroke(x0 + dx, y0 + dy, x1 + dx, y1 + dy);
        }

        Stroke scaled(double factor) {
            return new Stroke(x0 * factor, y0 * factor, x1 * factor, y1 * factor);
        }
    }

    private Numerals() {}

    /// Strokes of `number` with its middle at (x, y).
    static List<Stroke> strokes(int number, double x, double y, double height) {
        var out = new ArrayList<Stroke>();
        var digits = Integer.toString(number);
        double width = GAP * (digits.length() - 1);
        for (int i = 0; i < digits.length(); i++) {
            width += width(digits.charAt(i));
        }
        double left = -width / 2;
        for (int i = 0; i < digits.length(); i++) {
            for (var stroke : figure(digits.charAt(i))) {
                out.add(stroke.moved(left, -0.5).scaled(height).moved(x, y));
            }
            left += width(digits.charAt(i)) + GAP;
        }
        return out;
    }

    private static double width(char digit) {
        return digit == '1' ? 0.24 : 0.58;
    }

    private static List<Stroke> figure(char digit) {
        return switch (digit) {
            case '0' -> arc(0.29, 0.5, 0.28, 0.5, 0, 360);
            case '1' -> line(0.04, 0.84, 0.22, 1, 0.22, 0);
            case '2' ->
                    joined(
                            arc(0.29, 0.72, 0.27, 0.28, 170, -38),
                            line(0.503, 0.548, 0.02, 0, 0.58, 0));
            case '3' ->
                    joined(
                            arc(0.27, 0.76, 0.22, 0.24, 150, -90),
                            arc(0.27, 0.26, 0.28, 0.26, 90, -150));
            case '4' -> line(0.43, 0, 0.43, 1, 0, 0.28, 0.58, 0.28);
            case '5' ->
                    joined(
                            line(0.52, 1, 0.16, 1, 0.09, 0.57),
                            arc(0.26, 0.32, 0.29, 0.32, 126, -150));
            case '6' -> joined(arc(0.29, 0.3, 0.28, 0.3, 0, 360), line(0.44, 1, 0.05, 0.45));
            case '7' -> line(0.02, 1, 0.56, 1, 0.18, 0);
            case '8' ->
                    joined(
                            arc(0.29, 0.76, 0.22, 0.24, 0, 360),
                            arc(0.29, 0.26, 0.28, 0.26, 0, 360));
            case '9' -> joined(arc(0.29, 0.7, 0.28, 0.3, 0, 360), line(0.14, 0, 0.53, 0.55));
            default ->
                    throw new IllegalArgumentException(
                            "Numerals: expected a digit, but received '" + digit + "'.");
        };
    }

    private static List<Stroke> line(double... corners) {
        var out = new ArrayList<Stroke>();
        for (int i = 0; i + 3 < corners.length; i += 2) {
            out.add(new Stroke(corners[i], corners[i + 1], corners[i + 2], corners[i + 3]));
        }
        return out;
    }

    /// Part of an ellipse around (x, y), angles in degrees against the clock from the right.
    private static List<Stroke> arc(
            double x, double y, double rx, double ry, double from, double to) {
        int pieces = (int) Math.ceil(Math.abs(to - from) / PIECE_DEGREES);
        var corners = new double[2 * (pieces + 1)];
        for (int i = 0; i <= pieces; i++) {
            double angle = Math.toRadians(from + (to - from) * i / pieces);
            corners[2 * i] = x + rx * StrictMath.cos(angle);
            corners[2 * i + 1] = y + ry * StrictMath.sin(angle);
        }
        return line(corners);
    }

    private static List<Stroke> joined(List<Stroke> first, List<Stroke> second) {
        var out = new ArrayList<>(first);
        out.addAll(second);
        return out;
    }
}
