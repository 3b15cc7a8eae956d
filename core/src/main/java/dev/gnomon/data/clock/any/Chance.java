package dev.gnomon.data.clock.any;

import dev.gnomon.random.Key;

/// The random numbers of one part of a picture, one after the other. For one thread.
///
/// Each part draws from a child of its own, so that a change of one part leaves the others as they are.
final class Chance {
    private final Key key;
    private long drawn;

    Chance(long seed, long index) {
        this(Key.of(seed).child(index));
    }

    private Chance(Key key) {
        this.key = key;
    }

    /// Numbers of their own for a part of the picture.
    Chance child(int part) {
        return new Chance(key.child(part));
    }

    /// Uniform in [0, 1).
    double unit() {
        return key.uniformAt(drawn++);
    }

    double between(double low, double high) {
        return low + (high - low) * unit();
    }

    /// Uniform in the logarithm: as many between 1 and 2 as between 2 and 4.
    double ratio(double low, double high) {
        return low * StrictMath.pow(high / low, unit());
    }

    boolean happens(double probability) {
        return unit() < probability;
    }

    /// 0 to `count` - 1.
    int below(int count) {
        return (int) (count * unit());
    }

    double sign() {
        return happens(0.5) ? 1 : -1;
    }

    /// About normal with mean 0 and deviation 1.
    double normal() {
        return (unit() + unit() + unit() + unit() - 2) * 1.732;
    }

    /// One of the values, each as likely.
    @SafeVarargs
    final <T> T pick(T... values) {
        return values[below(values.length)];
    }

    /// An index, each as likely as its weight says.
    int weighted(double... weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        double left = sum * unit();
        for (int i = 0; i < weights.length - 1; i++) {
            left -= weights[i];
            if (left < 0) {
                return i;
            }
        }
        return weights.length - 1;
    }

    /// Smooth noise in [0, 1) over the plane, about one hill in each unit square.
    static double noise(int key, double x, double y) {
        double left = Math.floor(x);
        double bottom = Math.floor(y);
        int i = (int) left;
        int j = (int) bottom;
        double a = x - left;
        double b = y - bottom;
        a = a * a * (3 - 2 * a);
        b = b * b * (3 - 2 * b);
        double low = hash(key, i, j) + a * (hash(key, i + 1, j) - hash(key, i, j));
        double high = hash(key, i, j + 1) + a * (hash(key, i + 1, j + 1) - hash(key, i, j + 1));
        return low + b * (high - low);
    }

    /// A number in [0, 1) for a point of a lattice.
    static double hash(int key, int i, int j) {
        int z = key * 0x9E3779B1 + i * 0x85EBCA77 + j * 0xC2B2AE3D;
        z = (z ^ (z >>> 15)) * 0x2C1B3C6D;
        z = (z ^ (z >>> 12)) * 0x297A2D39;
        return ((z ^ (z >>> 15)) >>> 8) * 0x1p-24;
    }
}
