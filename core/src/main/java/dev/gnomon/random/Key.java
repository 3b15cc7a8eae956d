package dev.gnomon.random;

/// The key of a stream of random numbers. Keys are split, never shared: a child is found by a name or a number, and every
/// draw is a pure function of the key and the position, so nothing depends on order or on threads.
///
/// @param bits the mixed key
public record Key(long bits) {
    /// What the positions of a stream are apart, before they are mixed.
    public static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /// The first factor of the mixing.
    public static final long MIX_1 = 0xBF58476D1CE4E5B9L;

    /// The second factor of the mixing.
    public static final long MIX_2 = 0x94D049BB133111EBL;

    /// The root key of a run.
    public static Key of(long seed) {
        return new Key(rootBits(seed));
    }

    /// As [#of], without making an object.
    public static long rootBits(long seed) {
        return mix(mix(seed + GOLDEN) + GOLDEN);
    }

    /// As [#child(long)], without making an object.
    public static long childBits(long bits, long number) {
        return mix(bits ^ mix(number + GOLDEN));
    }

    /// As [#child(String)], without making an object.
    public static long childBits(long bits, String name) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
        }
        return childBits(bits, hash);
    }

    /// The child key of a number: an epoch, an iteration, a sample.
    public Key child(long number) {
        return new Key(childBits(bits, number));
    }

    /// The child key of a name: a path, a purpose.
    public Key child(String name) {
        return new Key(childBits(bits, name));
    }

    /// 64 random bits at a position.
    public long bitsAt(long position) {
        return mix(bits + position * GOLDEN);
    }

    /// The bits of a key at `count` positions from `first` on.
    public static void fill(long bits, long first, long[] into, int count) {
        long start = bits + first * GOLDEN;
        for (int i = 0; i < count; i++) {
            into[i] = mix(start + i * GOLDEN);
        }
    }

    /// A number in [0, 1) with 53 random bits at a position.
    public double uniformAt(long position) {
        return uniformAt(bits, position);
    }

    /// As [#uniformAt(long)], without making an object.
    public static double uniformAt(long bits, long position) {
        return (mix(bits + position * GOLDEN) >>> 11) * 0x1.0p-53;
    }

    /// A standard normal number at a position (Box-Muller; uses two draws of its own).
    public double normalAt(long position) {
        double u = 1 - uniformAt(2 * position);
        double v = uniformAt(2 * position + 1);
        return StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * StrictMath.PI * v);
    }

    /// A number in `[0, bound)` at a position; the bias is below 2^-32 for bounds that fit an int.
    public int intAt(long position, int bound) {
        return (int) Math.multiplyHigh(bitsAt(position) >>> 1, (long) bound << 1);
    }

    /// A random order of `0 .. count-1`: Fisher-Yates from the end.
    public int[] permutation(int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        for (int i = count - 1; i > 0; i--) {
            int j = intAt(i, i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        return order;
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * MIX_1;
        z = (z ^ (z >>> 27)) * MIX_2;
        return z ^ (z >>> 31);
    }
}
