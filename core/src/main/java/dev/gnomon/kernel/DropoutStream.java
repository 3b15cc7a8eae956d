package dev.gnomon.kernel;

import dev.gnomon.random.Key;

/// Which elements dropout keeps: the one rule that all kernels follow, so that all drop the same elements.
///
/// An element of a sample draws 16 bits at a position of the sample's key, and is kept when they are at least
/// `round(rate · 65536)`. Nothing depends on shards, threads or the order of samples. A value without a batch axis is
/// sample 0.
public final class DropoutStream {
    private DropoutStream() {}

    /// The key of a stream in a step.
    public static Key step(StepContext context, String stream) {
        return Key.of(context.seed()).child(stream).child(context.iteration());
    }

    /// The bits of a sample's key in a step, without making an object.
    public static long sampleBits(long seed, String stream, long iteration, long sample) {
        long step = Key.childBits(Key.childBits(Key.rootBits(seed), stream), iteration);
        return Key.childBits(step, sample);
    }

    /// The key of a sample, counted within the whole batch.
    public static Key sample(Key step, long sample) {
        return step.child(sample);
    }

    /// The 16 bits of an element of a sample; four elements share one draw.
    public static int bits(Key sample, long element) {
        return (int) (sample.bitsAt(element >> 2) >>> (16 * (element & 3))) & 0xFFFF;
    }

    /// The least bits that are kept.
    public static int threshold(float rate) {
        return Math.round(rate * 65536);
    }

    /// What a kept element is multiplied by.
    public static float scale(float rate) {
        return 1 / (1 - rate);
    }

    /// Whether an element of a sample is kept.
    public static boolean keeps(Key sample, long element, int threshold) {
        return bits(sample, element) >= threshold;
    }
}
