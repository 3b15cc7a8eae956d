package dev.gnomon.data.clock;

/// Random numbers of one picture: each is a function of seed, index and the number of the draw, so that the order in
/// which pictures are rendered changes nothing. The mixing step is that of SplitMix64.
///
/// @param seed seed of the set
/// @param index index of the picture in the set
record Draws(long seed, long index) {
    private static final long STEP = 0x9E3779B97F4A7C15L;

    /// Uniform in [low, high).
    double between(int draw, double low, double high) {
        return low + (high - low) * unit(draw);
    }

    /// Uniform in [0, 1).
    double unit(int draw) {
        return unitOf(mix(mix(mix(seed) + index * STEP) + draw * STEP));
    }

    /// A number in [0, 1) for a point of a lattice.
    static double lattice(int key, int x, int y) {
        return unitOf(mix(mix(mix(key) + x * STEP) + y * STEP));
    }

    private static double unitOf(long bits) {
        return (bits >>> 11) * 0x1p-53;
    }

    private static long mix(long value) {
        long z = value + STEP;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
