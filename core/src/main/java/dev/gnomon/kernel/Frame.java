package dev.gnomon.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// What one worker has while it runs a plan: base addresses, the shard at hand, registers. Used by one thread at a time.
@SuppressWarnings("EnumOrdinal")
public final class Frame {
    /// All memory; kernels address it absolutely, within the buffers that the plan placed.
    @SuppressWarnings("restricted")
    public static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    /// The number of elements of a register.
    public static final int REGISTER = 1024;

    /// Writes zeros.
    ///
    /// @param to where to end; nothing is written where it is not behind `from`
    public static void zero(long from, long to) {
        for (long at = from; at < to; at += ZEROS.byteSize()) {
            MemorySegment.copy(ZEROS, 0, MEMORY, at, Math.min(ZEROS.byteSize(), to - at));
        }
    }

    private static final MemorySegment ZEROS = Arena.global().allocate(1 << 14);

    private static final Region[] REGIONS = Region.values();
    private final long[] bases = new long[REGIONS.length];
    private long scratch;
    private long conversion;
    private long arguments;
    private float[][] registers = new float[0][];
    private final int[] integers = new int[REGISTER];
    private final int[] moreIntegers = new int[REGISTER];
    private final long[] longs = new long[REGISTER / 4 + 1];
    private final short[] shorts = new short[REGISTER + 4];
    private final @Nullable Object[] bound;

    private int firstSample;
    private int samples;
    private int lane;
    private int batch;
    private long seed;
    private long iteration;

    /// @param callSlots how many calls keep something of their own in the frame
    public Frame(int callSlots) {
        bound = new Object[callSlots];
    }

    public void base(Region region, long address) {
        bases[region.ordinal()] = address;
    }

    public void scratch(long address) {
        scratch = address;
    }

    /// Gives the frame `4 * REGISTER + 32` bytes, through which numbers change their type.
    public void conversion(long address) {
        conversion = address;
    }

    public long conversion() {
        return conversion;
    }

    /// Gives the frame memory for what native kernels are called with.
    public void arguments(long address) {
        arguments = address;
    }

    public long arguments() {
        return arguments;
    }

    public void step(int batch, long seed, long iteration) {
        this.batch = batch;
        this.seed = seed;
        this.iteration = iteration;
    }

    public void shard(int lane, int firstSample, int samples) {
        this.lane = lane;
        this.firstSample = firstSample;
        this.samples = samples;
    }

    /// Where a buffer lies for the shard at hand.
    public long address(Buffer buffer) {
        return bases[buffer.region().ordinal()]
                + buffer.offset()
                + buffer.sampleBytes() * firstSample
                + buffer.laneBytes() * lane;
    }

    /// Where the first lane's part of a buffer lies.
    public long lanesAddress(Buffer buffer) {
        return bases[buffer.region().ordinal()] + buffer.offset();
    }

    public long scratch() {
        return scratch;
    }

    public int firstSample() {
        return firstSample;
    }

    /// How many samples the shard has.
    public int samples() {
        return samples;
    }

    public int lane() {
        return lane;
    }

    public int batch() {
        return batch;
    }

    public long seed() {
        return seed;
    }

    public long iteration() {
        return iteration;
    }

    /// At least `count` registers of [#REGISTER] floats.
    public float[][] registers(int count) {
        if (registers.length < count) {
            float[][] more = new float[count][];
            System.arraycopy(registers, 0, more, 0, registers.length);
            for (int i = registers.length; i < count; i++) {
                more[i] = new float[REGISTER];
            }
            registers = more;
        }
        return registers;
    }

    /// A register of [#REGISTER] integers.
    public int[] integers() {
        return integers;
    }

    /// A second register of [#REGISTER] integers.
    public int[] moreIntegers() {
        return moreIntegers;
    }

    /// A register of `REGISTER / 4 + 1` longs, for random draws.
    public long[] longs() {
        return longs;
    }

    /// A register for the quarters of [#longs].
    public short[] shorts() {
        return shorts;
    }

    /// What a call keeps in this frame, or null.
    public @Nullable Object bound(int slot) {
        return bound[slot];
    }

    public void bind(int slot, Object value) {
        bound[slot] = value;
    }
}
