package dev.gnomon.kernel;

/// What a kernel knows of the step it runs in.
///
/// @param seed the seed of the run
/// @param iteration how many optimizer steps were done before this one
/// @param batch how many samples the whole batch has, also where a kernel sees only a shard of it
/// @param firstSample the index within the batch of the first sample that the kernel sees
public record StepContext(long seed, long iteration, int batch, long firstSample) {
    /// The first step on a whole batch.
    public static StepContext of(long seed, int batch) {
        return new StepContext(seed, 0, batch, 0);
    }
}
