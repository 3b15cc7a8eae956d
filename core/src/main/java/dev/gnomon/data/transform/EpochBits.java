package dev.gnomon.data.transform;

import dev.gnomon.random.Key;

/// The bits that the random changes of an epoch are drawn from. An even epoch and the odd one after it have the same bits but
/// for the lowest: so an augmentation can do in the second what it did not do in the first.
public final class EpochBits {
    private static final long SECOND = 1;

    private EpochBits() {}

    /// The bits of an epoch of a run.
    ///
    /// @param run bits of the run
    /// @param epoch the number of the epoch, from 0
    public static long of(long run, int epoch) {
        return with(Key.childBits(run, epoch / 2), epoch % 2);
    }

    /// The bits of a sample, or of a step of its changes.
    public static long child(long bits, long number) {
        return with(Key.childBits(both(bits), number), bits & SECOND);
    }

    /// What both epochs of a pair share.
    static long both(long bits) {
        return bits & ~SECOND;
    }

    /// Whether this is the second epoch of a pair.
    static boolean isSecond(long bits) {
        return (bits & SECOND) != 0;
    }

    private static long with(long bits, long second) {
        return both(bits) | second;
    }
}
