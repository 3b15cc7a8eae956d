package dev.gnomon.data;

import static dev.gnomon.check.Check.config;

import dev.gnomon.data.transform.EpochBits;
import dev.gnomon.random.Key;

/// The order in which an epoch visits the samples. A pure function of the seed and the epoch, so that a run that is
/// stopped and taken up again sees the samples in the order it would have seen them.
///
/// @param shuffle whether each epoch has a random order of its own; else it is that of the data
/// @param seed the seed of the run
public record BatchOrder(boolean shuffle, long seed) {
    /// A random order for each epoch.
    public static BatchOrder shuffled(long seed) {
        return new BatchOrder(true, seed);
    }

    /// The order of the data.
    public static BatchOrder sequential() {
        return new BatchOrder(false, 0);
    }

    /// The rows `0 .. size-1` in the order of an epoch.
    ///
    /// @param epoch the number of the epoch, from 0
    public int[] epoch(int size, int epoch) {
        config(size >= 0, "BatchOrder: size must be at least 0, but is %d.", size);
        config(epoch >= 0, "BatchOrder: epochs are counted from 0, but epoch is %d.", epoch);
        if (shuffle) {
            return Key.of(seed).child("shuffle").child(epoch).permutation(size);
        }
        return identity(size);
    }

    /// The key that random changes of an epoch's samples are drawn from; see [Dataset#augmented].
    ///
    /// @param epoch the number of the epoch, from 0
    public Key augmentationKey(int epoch) {
        return new Key(EpochBits.of(Key.of(seed).child("augment").bits(), epoch));
    }

    static int[] identity(int size) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        return order;
    }
}
