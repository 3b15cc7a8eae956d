package dev.gnomon.plan;

/// How a batch is cut: from the batch's size alone, so that neither the number of threads nor the machine changes the order
/// of any sum.
///
/// @param batch samples in the batch
/// @param count shards, at most 16; each has a lane of its own for sums over the batch
record Shards(int batch, int count) {
    static Shards of(int batch) {
        return new Shards(batch, Math.clamp(batch / 8, Math.min(batch, 8), 16));
    }

    int first(int shard) {
        int small = batch / count;
        return shard * small + Math.min(shard, batch % count);
    }

    int samples(int shard) {
        return first(shard + 1) - first(shard);
    }

    int largest() {
        return samples(0);
    }

    /// The sizes that occur: one or two.
    int[] sizes() {
        int large = samples(0);
        int small = samples(count - 1);
        return large == small ? new int[] {large} : new int[] {large, small};
    }
}
