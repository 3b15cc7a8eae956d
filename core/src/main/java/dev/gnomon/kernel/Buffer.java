package dev.gnomon.kernel;

/// A place in memory, known before the memory is: a plan's calls name their operands by it.
///
/// @param region which memory
/// @param offset bytes from its beginning
/// @param sampleBytes the bytes of a sample, by which the first sample of a shard moves the place; 0 where it does not
/// @param laneBytes the bytes of a lane's part, by which the lane moves the place; 0 where it does not
/// @param element how numbers lie in it
public record Buffer(
        Region region, long offset, long sampleBytes, long laneBytes, Element element) {
    /// A place of float32 numbers.
    public Buffer(Region region, long offset, long sampleBytes, long laneBytes) {
        this(region, offset, sampleBytes, laneBytes, Element.FLOAT32);
    }

    /// A place that is the same for all shards.
    public static Buffer fixed(Region region, long offset) {
        return new Buffer(region, offset, 0, 0);
    }
}
