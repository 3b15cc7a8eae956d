package dev.gnomon.data.transform;

/// Which place of a picture is seen at a place of the result: `x' = xx·x + xy·y + x0`, `y' = yx·x + yy·y + y0`, in pixels
/// from the picture's centre. To be used by one thread.
final class AffineMap {
    private double xx;
    private double xy;
    private double x0;
    private double yx;
    private double yy;
    private double y0;

    AffineMap() {
        reset();
    }

    /// Shows the picture as it is.
    void reset() {
        xx = 1;
        xy = 0;
        x0 = 0;
        yx = 0;
        yy = 1;
        y0 = 0;
    }

    /// Moves what is seen so far to the right and down.
    void shift(double right, double down) {
        x0 -= xx * right + xy * down;
        y0 -= yx * right + yy * down;
    }

    /// Makes what is seen so far larger; -1 mirrors it.
    void scale(double across, double down) {
        xx /= across;
        yx /= across;
        xy /= down;
        yy /= down;
    }

    /// Turns what is seen so far counter-clockwise.
    void rotate(double radians) {
        double quarters = Math.rint(radians / (Math.PI / 2));
        double rest = radians - quarters * (Math.PI / 2);
        boolean odd = ((long) quarters & 1) != 0;
        double sign = ((long) quarters & 2) != 0 ? -1 : 1;
        double cos = sign * (odd ? -series(rest, 1) : series(rest, 0));
        double sin = sign * (odd ? series(rest, 0) : series(rest, 1));
        double newXx = xx * cos + xy * sin;
        xy = xy * cos - xx * sin;
        xx = newXx;
        double newYx = yx * cos + yy * sin;
        yy = yy * cos - yx * sin;
        yx = newYx;
    }

    /// The Taylor series of cosine (0) or sine (1) up to an eighth of a turn, to the last bit or two: the same on every
    /// machine, which `Math` does not promise, and without the objects that `StrictMath` makes.
    private static double series(double x, int first) {
        double sum = 0;
        for (int n = 18 + first; n > 1; n -= 2) {
            sum = (1 - sum) * x * x / (n * (n - 1));
        }
        return first == 0 ? 1 - sum : x * (1 - sum);
    }

    /// Whether the picture is shown as it is.
    boolean isIdentity() {
        return xx == 1 && xy == 0 && x0 == 0 && yx == 0 && yy == 1 && y0 == 0;
    }

    /// Writes what is seen, between pixels bilinearly.
    void apply(Picture picture, AffineStep.Edge edge, float[] from, float[] to) {
        double middleX = (picture.width() - 1) / 2.0;
        double middleY = (picture.height() - 1) / 2.0;
        int at = 0;
        for (int row = 0; row < picture.height(); row++) {
            double x = xy * (row - middleY) + x0 + middleX;
            double y = yy * (row - middleY) + y0 + middleY;
            for (int column = 0; column < picture.width(); column++) {
                double right = column - middleX;
                pixel(picture, edge, x + xx * right, y + yx * right, from, to, at);
                at += picture.channels();
            }
        }
    }

    private static void pixel(
            Picture picture,
            AffineStep.Edge edge,
            double x,
            double y,
            float[] from,
            float[] to,
            int at) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        int channels = picture.channels();
        int right = left + 1;
        int bottom = top + 1;
        if (left < 0 || top < 0 || right >= picture.width() || bottom >= picture.height()) {
            float across = (float) (x - left);
            float down = (float) (y - top);
            for (int c = 0; c < channels; c++) {
                float a = value(picture, edge, left, top, c, from);
                float b = across == 0 ? a : value(picture, edge, right, top, c, from);
                float d = down == 0 ? a : value(picture, edge, left, bottom, c, from);
                float e =
                        across == 0
                                ? d
                                : down == 0 ? b : value(picture, edge, right, bottom, c, from);
                to[at + c] = between(a, b, d, e, across, down);
            }
            return;
        }
        float across = (float) (x - left);
        float down = (float) (y - top);
        int place = top * picture.line() + left * channels;
        int below = place + picture.line();
        for (int c = 0; c < channels; c++) {
            to[at + c] =
                    between(
                            from[place + c],
                            from[place + channels + c],
                            from[below + c],
                            from[below + channels + c],
                            across,
                            down);
        }
    }

    private static float between(float a, float b, float c, float d, float across, float down) {
        float top = a + (b - a) * across;
        float bottom = c + (d - c) * across;
        return top + (bottom - top) * down;
    }

    private static float value(
            Picture picture, AffineStep.Edge edge, int x, int y, int channel, float[] from) {
        int row = edge.fill().inside(y, picture.height());
        int column = edge.fill().inside(x, picture.width());
        return row < 0 || column < 0
                ? edge.value()
                : from[row * picture.line() + column * picture.channels() + channel];
    }
}
