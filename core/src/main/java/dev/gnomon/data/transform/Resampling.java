package dev.gnomon.data.transform;

/// The arithmetic of [Resize], in the order and precision of TensorFlow's kernels, so that the bits agree.
///
/// A line of weights says for each place of the result which places of the source it is made of.
final class Resampling {
    private static final int CUBIC_TABLE = 1024;
    private static final float CUBIC_A = -0.5f;
    private static final float[] CUBIC = cubicTable();

    private Resampling() {}

    static Transform.Change of(Picture from, Resize to) {
        return switch (to.interpolation()) {
            case NEAREST -> nearest(from, to);
            case BILINEAR -> bilinear(from, to);
            case BICUBIC -> bicubic(from, to);
            case AREA -> area(from, to);
            case LANCZOS3, LANCZOS5, GAUSSIAN, MITCHELL_CUBIC -> SpanResampling.of(from, to);
        };
    }

    // ---- nearest

    private static Transform.Change nearest(Picture from, Resize to) {
        int[] rows = nearest(from.height(), to.height());
        int[] columns = nearest(from.width(), to.width());
        int channels = from.channels();
        return (source, target) -> {
            int at = 0;
            for (int row : rows) {
                for (int column : columns) {
                    int place = (row * from.width() + column) * channels;
                    for (int c = 0; c < channels; c++) {
                        target[at++] = source[place + c];
                    }
                }
            }
        };
    }

    private static int[] nearest(int size, int wanted) {
        float scale = size / (float) wanted;
        int[] places = new int[wanted];
        for (int i = 0; i < wanted; i++) {
            places[i] = Math.min((int) Math.floor((i + 0.5f) * scale), size - 1);
        }
        return places;
    }

    // ---- bilinear

    /// Two neighbours and how far it is from the first to the second.
    private static final class Pairs {
        final int[] lower;
        final int[] upper;
        final float[] share;

        private Pairs(int count) {
            lower = new int[count];
            upper = new int[count];
            share = new float[count];
        }

        static Pairs of(int size, int wanted) {
            float scale = size / (float) wanted;
            var pairs = new Pairs(wanted);
            for (int i = 0; i < wanted; i++) {
                float place = (i + 0.5f) * scale - 0.5f;
                float floor = (float) Math.floor(place);
                pairs.lower[i] = Math.max((int) floor, 0);
                pairs.upper[i] = Math.min((int) Math.ceil(place), size - 1);
                pairs.share[i] = place - floor;
            }
            return pairs;
        }
    }

    private static Transform.Change bilinear(Picture from, Resize to) {
        var rows = Pairs.of(from.height(), to.height());
        var columns = Pairs.of(from.width(), to.width());
        return (source, target) -> {
            for (int y = 0; y < to.height(); y++) {
                bilinearLine(from, rows, columns, y, source, target);
            }
        };
    }

    private static void bilinearLine(
            Picture from, Pairs rows, Pairs columns, int y, float[] source, float[] target) {
        int channels = from.channels();
        int above = rows.lower[y] * from.line();
        int below = rows.upper[y] * from.line();
        float down = rows.share[y];
        int at = y * columns.share.length * channels;
        for (int x = 0; x < columns.share.length; x++) {
            int left = columns.lower[x] * channels;
            int right = columns.upper[x] * channels;
            float across = columns.share[x];
            for (int c = 0; c < channels; c++) {
                float a = source[above + left + c];
                float b = source[below + left + c];
                float top = a + (source[above + right + c] - a) * across;
                float bottom = b + (source[below + right + c] - b) * across;
                target[at++] = top + (bottom - top) * down;
            }
        }
    }

    // ---- bicubic

    private static float[] cubicTable() {
        float[] table = new float[2 * (CUBIC_TABLE + 1)];
        for (int i = 0; i <= CUBIC_TABLE; i++) {
            float x = i / (float) CUBIC_TABLE;
            table[2 * i] = ((CUBIC_A + 2) * x - (CUBIC_A + 3)) * x * x + 1;
            x += 1;
            table[2 * i + 1] = ((CUBIC_A * x - 5 * CUBIC_A) * x + 8 * CUBIC_A) * x - 4 * CUBIC_A;
        }
        return table;
    }

    /// Four neighbours and their weights.
    private static final class Fours {
        final int[] places;
        final float[] weights;

        private Fours(int count) {
            places = new int[4 * count];
            weights = new float[4 * count];
        }

        static Fours of(int size, int wanted) {
            float scale = size / (float) wanted;
            var fours = new Fours(wanted);
            for (int i = 0; i < wanted; i++) {
                float place = (i + 0.5f) * scale - 0.5f;
                int start = (int) Math.floor(place);
                int offset = (int) Math.rint((place - start) * CUBIC_TABLE);
                fours.set(i, start, size, offset);
            }
            return fours;
        }

        private void set(int i, int start, int size, int offset) {
            int after = CUBIC_TABLE - offset;
            float[] cubic = {
                CUBIC[2 * offset + 1], CUBIC[2 * offset], CUBIC[2 * after], CUBIC[2 * after + 1]
            };
            float sum = 0;
            for (int k = 0; k < 4; k++) {
                int wantedPlace = start - 1 + k;
                int place = Math.min(Math.max(wantedPlace, 0), size - 1);
                places[4 * i + k] = place;
                weights[4 * i + k] = place == wantedPlace ? cubic[k] : 0;
                sum += weights[4 * i + k];
            }
            float whole = 1 / sum;
            for (int k = 0; k < 4; k++) {
                weights[4 * i + k] *= whole;
            }
        }
    }

    private static Transform.Change bicubic(Picture from, Resize to) {
        var rows = Fours.of(from.height(), to.height());
        var columns = Fours.of(from.width(), to.width());
        int channels = from.channels();
        return (source, target) -> {
            int at = 0;
            for (int y = 0; y < to.height(); y++) {
                for (int x = 0; x < to.width(); x++) {
                    for (int c = 0; c < channels; c++) {
                        target[at++] = cubic(from, rows, columns, y, x, c, source);
                    }
                }
            }
        };
    }

    private static float cubic(
            Picture from, Fours rows, Fours columns, int y, int x, int c, float[] source) {
        float value = 0;
        for (int k = 4 * x; k < 4 * x + 4; k++) {
            int column = columns.places[k] * from.channels() + c;
            float down = 0;
            for (int j = 4 * y; j < 4 * y + 4; j++) {
                down += source[rows.places[j] * from.line() + column] * rows.weights[j];
            }
            value += down * columns.weights[k];
        }
        return value;
    }

    // ---- area

    private static Transform.Change area(Picture from, Resize to) {
        float down = from.height() / (float) to.height();
        float across = from.width() / (float) to.width();
        float scale = 1 / (down * across);
        int channels = from.channels();
        float[][] rows = shares(from.height(), to.height(), down);
        float[][] columns = shares(from.width(), to.width(), across);
        return (source, target) -> {
            int at = 0;
            for (int y = 0; y < to.height(); y++) {
                for (int x = 0; x < to.width(); x++) {
                    for (int c = 0; c < channels; c++) {
                        target[at++] = area(from, rows[y], columns[x], c, source) * scale;
                    }
                }
            }
        };
    }

    /// For each place of the result the first place of the source, then the shares of it and those that follow.
    private static float[][] shares(int size, int wanted, float scale) {
        float[][] shares = new float[wanted][];
        for (int i = 0; i < wanted; i++) {
            float start = i * scale;
            float end = (i + 1) * scale;
            int first = (int) Math.floor(start);
            int last = Math.min((int) Math.ceil(end), size);
            shares[i] = new float[1 + last - first];
            shares[i][0] = first;
            for (int k = first; k < last; k++) {
                shares[i][1 + k - first] =
                        k < start
                                ? (k + 1 > end ? scale : k + 1 - start)
                                : (k + 1 > end ? end - k : 1);
            }
        }
        return shares;
    }

    private static float area(Picture from, float[] rows, float[] columns, int c, float[] source) {
        float sum = 0;
        for (int j = 1; j < rows.length; j++) {
            int line = ((int) rows[0] + j - 1) * from.line();
            float across = 0;
            for (int k = 1; k < columns.length; k++) {
                int place = line + ((int) columns[0] + k - 1) * from.channels() + c;
                across += source[place] * columns[k];
            }
            sum += across * rows[j];
        }
        return sum;
    }
}
