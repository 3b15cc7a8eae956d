package dev.gnomon.data.clock.any;

/// What lenses, sensors and files do to whole pictures.
final class Filters {
    private static final int BLOCK = 8;
    private static final float[] COSINES = cosines();

    private Filters() {}

    /// Blurred by two passes of a box with soft ends, which is close to a normal blur of this deviation, in pixels.
    static float[] blurred(float[] tones, int side, double deviation) {
        double variance = Math.min(deviation, side / 4.0) * Math.min(deviation, side / 4.0) / 2;
        int whole = 0;
        while ((whole + 1) * (whole + 2) / 3.0 <= variance) {
            whole++;
        }
        double within = whole * (whole + 1) / 3.0;
        double beyond = (whole + 1.0) * (whole + 1) - variance;
        float rest = (float) ((2 * whole + 1) * (variance - within) / (2 * beyond));
        var once = new float[tones.length];
        var twice = new float[tones.length];
        boxed(tones, once, side, false, whole, rest);
        boxed(once, twice, side, false, whole, rest);
        boxed(twice, once, side, true, whole, rest);
        boxed(once, twice, side, true, whole, rest);
        return twice;
    }

    /// The mean over `whole` pixels to either side, and the next ones with the weight `rest`.
    private static void boxed(
            float[] from, float[] to, int side, boolean down, int whole, float rest) {
        int step = down ? side : 1;
        int across = down ? 1 : side;
        float scale = 1 / (2 * whole + 1 + 2 * rest);
        for (int line = 0; line < side; line++) {
            int at = line * across;
            float sum = 0;
            for (int i = -whole; i <= whole; i++) {
                sum += from[at + step * Math.clamp(i, 0, side - 1)];
            }
            for (int i = 0; i < side; i++) {
                float before = from[at + step * Math.max(i - whole - 1, 0)];
                float after = from[at + step * Math.min(i + whole + 1, side - 1)];
                to[at + step * i] = scale * (sum + rest * (before + after));
                sum += after - from[at + step * Math.max(i - whole, 0)];
            }
        }
    }

    /// Smeared along a straight way of the given length in pixels.
    static float[] moved(float[] tones, int side, double dx, double dy) {
        int steps = Math.max((int) (2 * Math.max(Math.abs(dx), Math.abs(dy))), 2);
        var out = new float[tones.length];
        for (int step = 0; step <= steps; step++) {
            double part = (double) step / steps - 0.5;
            for (int j = 0; j < side; j++) {
                for (int i = 0; i < side; i++) {
                    out[j * side + i] += sample(tones, side, i + part * dx, j + part * dy);
                }
            }
        }
        for (int i = 0; i < out.length; i++) {
            out[i] /= steps + 1;
        }
        return out;
    }

    /// Seen twice: a share of the picture lies moved over the rest, by so many pixels.
    static float[] doubled(float[] tones, int side, double dx, double dy, double share) {
        var out = new float[tones.length];
        for (int j = 0; j < side; j++) {
            for (int i = 0; i < side; i++) {
                int at = j * side + i;
                double second = sample(tones, side, i + dx, j + dy);
                out[at] = (float) (tones[at] + share * (second - tones[at]));
            }
        }
        return out;
    }

    /// The picture at another size, larger or a little smaller.
    static float[] resized(float[] tones, int from, int to) {
        var out = new float[to * to];
        double scale = (double) from / to;
        for (int j = 0; j < to; j++) {
            for (int i = 0; i < to; i++) {
                out[j * to + i] =
                        sample(tones, from, (i + 0.5) * scale - 0.5, (j + 0.5) * scale - 0.5);
            }
        }
        return out;
    }

    private static float sample(float[] tones, int side, double x, double y) {
        double column = Math.clamp(x, 0, side - 1.001);
        double row = Math.clamp(y, 0, side - 1.001);
        int i = (int) column;
        int j = (int) row;
        float a = (float) (column - i);
        float b = (float) (row - j);
        int at = j * side + i;
        float upper = tones[at] + a * (tones[at + 1] - tones[at]);
        float lower = tones[at + side] + a * (tones[at + side + 1] - tones[at + side]);
        return upper + b * (lower - upper);
    }

    /// Edges made harder, with the light and dark seams that cameras leave.
    static void sharpen(float[] tones, int side, double amount, double radius) {
        float[] soft = blurred(tones, side, radius);
        for (int i = 0; i < tones.length; i++) {
            tones[i] += (float) amount * (tones[i] - soft[i]);
        }
    }

    /// What is lost where a file keeps 8×8 blocks as rounded waves.
    ///
    /// @param coarseness step of the slowest waves, in tones; of the finest it is eight times as much
    static void compress(float[] tones, int side, double coarseness) {
        var block = new float[BLOCK * BLOCK];
        var waves = new float[BLOCK * BLOCK];
        for (int top = 0; top < side; top += BLOCK) {
            for (int left = 0; left < side; left += BLOCK) {
                for (int i = 0; i < block.length; i++) {
                    int row = Math.min(top + i / BLOCK, side - 1);
                    block[i] = tones[row * side + Math.min(left + i % BLOCK, side - 1)];
                }
                transform(block, waves, true);
                round(waves, (float) coarseness);
                transform(waves, block, false);
                for (int i = 0; i < block.length; i++) {
                    if (top + i / BLOCK < side && left + i % BLOCK < side) {
                        tones[(top + i / BLOCK) * side + left + i % BLOCK] = block[i];
                    }
                }
            }
        }
    }

    private static void round(float[] waves, float coarseness) {
        for (int i = 0; i < waves.length; i++) {
            float step = coarseness * (1 + (i / BLOCK + i % BLOCK) / 2f);
            waves[i] = step * Math.round(waves[i] / step);
        }
    }

    private static void transform(float[] from, float[] to, boolean forth) {
        var half = new float[BLOCK * BLOCK];
        multiply(from, half, forth);
        multiply(half, to, forth);
    }

    /// Transforms the rows and swaps rows and columns.
    private static void multiply(float[] from, float[] to, boolean forth) {
        for (int row = 0; row < BLOCK; row++) {
            for (int i = 0; i < BLOCK; i++) {
                float sum = 0;
                for (int k = 0; k < BLOCK; k++) {
                    sum += from[row * BLOCK + k] * COSINES[forth ? i * BLOCK + k : k * BLOCK + i];
                }
                to[i * BLOCK + row] = sum;
            }
        }
    }

    private static float[] cosines() {
        var cosines = new float[BLOCK * BLOCK];
        for (int wave = 0; wave < BLOCK; wave++) {
            double scale = Math.sqrt((wave == 0 ? 1.0 : 2.0) / BLOCK);
            for (int i = 0; i < BLOCK; i++) {
                cosines[wave * BLOCK + i] =
                        (float) (scale * StrictMath.cos(Math.PI * (i + 0.5) * wave / BLOCK));
            }
        }
        return cosines;
    }
}
