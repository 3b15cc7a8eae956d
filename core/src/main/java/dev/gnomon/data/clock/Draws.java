package dev.gnomon.data.clock;

import dev.gnomon.random.Key;

/// Random numbers of one picture: each is a function of seed, index and the number of the draw, so that the order in
/// which pictures are rendered changes nothing.
///
/// @param seed seed of the set
/// @param index index of the picture in the set
record Draws(long seed, long index) {
    /// Uniform in [low, high).
    double between(int draw, double low, double high) {
        return low + (high - low) * unit(draw);
    }

    /// Uniform in [0, 1).
    double unit(int draw) {
        return unit(seed, index, draw);
    }

    /// A number in [0, 1) for a point of a lattice.
    static double lattice(int key, int x, int y) {
        return unit(key, x, y);
    }

    private static double unit(long first, long second, long third) {
        long key = new Key(new Key(first).bitsAt(1)).bitsAt(second + 1);
        return Key.uniformAt(key, third + 1);
    }
}
