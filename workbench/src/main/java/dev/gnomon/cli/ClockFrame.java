package dev.gnomon.cli;

import dev.gnomon.tensor.Tensor;

/// A square part of a picture that is looked at: moved, turned and made larger or smaller. Places are told in widths of the
/// picture, from its left upper corner.
///
/// @param x place of its middle
/// @param y place of its middle
/// @param alongX where its upper edge points, as long as it is wide
/// @param alongY the same
record ClockFrame(double x, double y, double alongX, double alongY) {
    /// A dial whose parts are found nearer to each other than this, in widths of the picture, was not found.
    private static final double SMALLEST_RADIUS = 0.02;

    /// Nor one that is larger.
    private static final double LARGEST_RADIUS = 2;

    /// The middle of the picture.
    ///
    /// @param zoom how many times larger all becomes
    static ClockFrame ofMiddle(double zoom) {
        return new ClockFrame(0.5, 0.5, 1 / zoom, 0);
    }

    /// A frame in which the dial is upright and in the middle, or the whole picture where no dial was found.
    ///
    /// @param parts the places of the dial's parts, as of [ClockDataset#POINTS]
    /// @param radius from the dial's middle to its numerals, in widths of the frame
    static ClockFrame ofDial(Tensor parts, double radius) {
        float[] points = parts.values();
        double x = 0;
        double y = 0;
        for (int i = 1; i <= 4; i++) {
            x += points[2 * i] / 4.0;
            y += points[2 * i + 1] / 4.0;
        }
        // from 9 to 3, and from 12 to 6 after a quarter turn back: the similarity nearest to all
        // four
        double alongX = (points[4] - points[8] + (points[7] - points[3])) / 4.0;
        double alongY = (points[5] - points[9] - (points[6] - points[2])) / 4.0;
        double found = Math.hypot(alongX, alongY);
        return found >= SMALLEST_RADIUS && found <= LARGEST_RADIUS
                ? new ClockFrame(x, y, alongX / radius, alongY / radius)
                : ofMiddle(1);
    }

    private double pictureX(double u, double v) {
        return x + alongX * (u - 0.5) - alongY * (v - 0.5);
    }

    private double pictureY(double u, double v) {
        return y + alongY * (u - 0.5) + alongX * (v - 0.5);
    }

    /// The places in the picture of places in the frame.
    Tensor inPicture(Tensor places) {
        float[] moved = new float[places.size()];
        for (int i = 0; i < moved.length; i += 2) {
            double u = places.values()[i];
            double v = places.values()[i + 1];
            moved[i] = (float) pictureX(u, v);
            moved[i + 1] = (float) pictureY(u, v);
        }
        return new Tensor(places.shape(), moved);
    }

    /// What is seen in the frame: each pixel the mean of places between the picture's pixels, which go on beyond its edges.
    ///
    /// @param picture grey, `side · side` values
    /// @param seen gets `size · size` values
    /// @param at where in `seen`
    void look(float[] picture, int side, float[] seen, int at, int size) {
        int fine = Math.max(1, (int) Math.round(Math.hypot(alongX, alongY) * side / size));
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                double sum = 0;
                for (int i = 0; i < fine; i++) {
                    double v = (row + (i + 0.5) / fine) / size;
                    for (int j = 0; j < fine; j++) {
                        double u = (column + (j + 0.5) / fine) / size;
                        sum += between(picture, side, pictureX(u, v), pictureY(u, v));
                    }
                }
                seen[at + row * size + column] = (float) (sum / (fine * fine));
            }
        }
    }

    private static double between(float[] picture, int side, double placeX, double placeY) {
        double column = Math.clamp(placeX * side - 0.5, 0, side - 1);
        double row = Math.clamp(placeY * side - 0.5, 0, side - 1);
        int left = Math.min((int) column, Math.max(0, side - 2));
        int top = Math.min((int) row, Math.max(0, side - 2));
        int right = Math.min(left + 1, side - 1);
        int bottom = Math.min(top + 1, side - 1);
        double acrossX = column - left;
        double acrossY = row - top;
        double above =
                picture[top * side + left] * (1 - acrossX) + picture[top * side + right] * acrossX;
        double below =
                picture[bottom * side + left] * (1 - acrossX)
                        + picture[bottom * side + right] * acrossX;
        return above * (1 - acrossY) + below * acrossY;
    }
}
