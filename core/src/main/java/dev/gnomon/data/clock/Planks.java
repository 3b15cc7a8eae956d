package dev.gnomon.data.clock;

/// The wood beneath the clock as a table of reflectance, repeated without end: planks along `u`, side by side along
/// `v`, with grain, pores and dark gaps.
final class Planks {
    private static final int COLUMNS = 1 << 9;
    private static final int ROWS = 1 << 11;
    private static final double LENGTH = 8;
    private static final int PLANKS = 4;
    private static final double PLANK_WIDTH = 1.75;
    private static final double GAP_HALF_WIDTH = 0.03;
    private static final double BEVEL = 0.035;
    private static final double GAP_TONE = 0.010;
    private static final double UNIT = 0.5 / 255;
    private static final double WOOD_TONE = 0.135;

    private static final double PER_U = COLUMNS / LENGTH;
    private static final double PER_V = ROWS / (PLANKS * PLANK_WIDTH);

    private final byte[] tones = new byte[ROWS * COLUMNS];

    Planks() {
        for (int row = 0; row < ROWS; row++) {
            double v = row / PER_V;
            int plank = (int) (v / PLANK_WIDTH);
            double edge = Math.min(v - plank * PLANK_WIDTH, (plank + 1) * PLANK_WIDTH - v);
            double solid = Math.clamp((edge - GAP_HALF_WIDTH) / BEVEL + 0.3, 0, 1);
            for (int column = 0; column < COLUMNS; column++) {
                double wood = WOOD_TONE * grain(plank, column / (double) COLUMNS, v);
                tones[row * COLUMNS + column] =
                        (byte)
                                Math.min(
                                        Math.round((GAP_TONE + solid * (wood - GAP_TONE)) / UNIT),
                                        255);
            }
        }
    }

    /// Reflectance at a point of the floor, `u` along and `v` across the planks; a gap runs along `v = 0`.
    double tone(double u, double v) {
        double column = u * PER_U;
        double row = v * PER_V;
        double left = Math.floor(column);
        double bottom = Math.floor(row);
        int i = (int) left & (COLUMNS - 1);
        int next = (i + 1) & (COLUMNS - 1);
        int near = ((int) bottom & (ROWS - 1)) * COLUMNS;
        int far = (((int) bottom + 1) & (ROWS - 1)) * COLUMNS;
        double a = column - left;
        double low = between(near + i, near + next, a);
        return UNIT * (low + (row - bottom) * (between(far + i, far + next, a) - low));
    }

    private double between(int from, int to, double part) {
        int first = tones[from] & 0xff;
        return first + part * ((tones[to] & 0xff) - first);
    }

    /// Tone of the wood around 1; `turn` goes once from 0 to 1 along the table.
    private static double grain(int plank, double turn, double v) {
        double board = 0.8 + 0.4 * Draws.lattice(1, plank, 0);
        double rings = noise(10 * plank + 2, turn, 6, v * 5);
        double fibres = noise(10 * plank + 3, turn, 14, v * 40);
        double fine = noise(10 * plank + 4, turn, 48, v * 92);
        double pores = noise(10 * plank + 5, turn, 200, v * 66);
        double sum = 0.5 * rings + 0.9 * fibres + 1.0 * fine + 0.9 * pores;
        double tone = 1 + 1.25 * sum;
        return board * Math.max(tone, 0.16);
    }

    /// Smooth noise in [-0.5, 0.5], `waves` cells around the table and one for each unit of `y`.
    private static double noise(int key, double turn, int waves, double y) {
        double x = turn * waves;
        int i = (int) x;
        int j = (int) Math.floor(y);
        double a = smooth(x - i);
        double b = smooth(y - j);
        int next = (i + 1) % waves;
        double low = mixed(Draws.lattice(key, i, j), Draws.lattice(key, next, j), a);
        double high = mixed(Draws.lattice(key, i, j + 1), Draws.lattice(key, next, j + 1), a);
        return mixed(low, high, b) - 0.5;
    }

    private static double mixed(double from, double to, double part) {
        return from + part * (to - from);
    }

    private static double smooth(double t) {
        return t * t * (3 - 2 * t);
    }
}
