package dev.gnomon.data.clock;

/// From linear light to the grey values of a picture.
final class Tones {
    private static final double GAMMA = 2.2;
    private static final int STEPS = 1 << 13;
    private static final byte[] TABLE = table();

    private Tones() {}

    /// Grey value of a tone in [0, 1].
    static byte encode(double tone) {
        return TABLE[(int) (tone * STEPS)];
    }

    private static byte[] table() {
        var table = new byte[STEPS + 1];
        for (int i = 0; i <= STEPS; i++) {
            double tone = Math.min((i + 0.5) / STEPS, 1);
            table[i] = (byte) Math.round(255 * StrictMath.pow(tone, 1 / GAMMA));
        }
        return table;
    }
}
