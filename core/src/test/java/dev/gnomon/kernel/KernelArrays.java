package dev.gnomon.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;

/// Arrays in native memory for a call of a kernel, with fences around them that must stay as they were.
public final class KernelArrays implements AutoCloseable {
    private static final int FENCE = 256;
    private static final float UNTOUCHED = 1234.5f;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment memory;
    private final Random random = new Random(3);
    private final Frame frame = new Frame(0);
    private final int batch;
    private long bytes = FENCE;

    /// Memory for up to seven arrays with so many floats in all.
    public KernelArrays(int batch, long floats) {
        this.batch = batch;
        memory = arena.allocate(4 * floats + 8 * (FENCE + 64), 64);
        for (long at = 0; at < memory.byteSize(); at += 4) {
            memory.set(JAVA_FLOAT, at, UNTOUCHED);
        }
        frame.base(Region.SHARED, memory.address());
        frame.conversion(arena.allocate(4 * Frame.REGISTER + 32, 64).address());
        frame.step(batch, 5, 7);
    }

    /// An array that nothing is written to yet.
    public Buffer result(long elements, boolean perSample, Element element) {
        long at = bytes;
        long sample = element.bytes() * elements;
        bytes += (sample * (perSample ? batch : 1) + 63) / 64 * 64 + FENCE;
        assertThat(bytes).isLessThanOrEqualTo(memory.byteSize());
        return new Buffer(Region.SHARED, at, perSample ? sample : 0, 0, element);
    }

    public Buffer result(long elements, boolean perSample) {
        return result(elements, perSample, Element.FLOAT32);
    }

    /// An array of normally distributed numbers.
    public Buffer random(long elements, boolean perSample, Element element) {
        Buffer buffer = result(elements, perSample, element);
        for (long i = 0; i < elements * (perSample ? batch : 1); i++) {
            set(buffer, i, (float) random.nextGaussian());
        }
        return buffer;
    }

    public Buffer random(long elements, boolean perSample) {
        return random(elements, perSample, Element.FLOAT32);
    }

    public void set(Buffer buffer, long index, float value) {
        long at = buffer.offset() + buffer.element().bytes() * index;
        if (buffer.element() == Element.FLOAT32) {
            memory.set(JAVA_FLOAT, at, value);
        } else {
            memory.set(JAVA_SHORT, at, (short) (Float.floatToRawIntBits(value) >> 16));
        }
    }

    public double[] values(Buffer buffer, long from, long count) {
        double[] values = new double[(int) count];
        for (int i = 0; i < count; i++) {
            long at = buffer.offset() + buffer.element().bytes() * (from + i);
            values[i] =
                    buffer.element() == Element.FLOAT32
                            ? memory.get(JAVA_FLOAT, at)
                            : Float.intBitsToFloat(memory.get(JAVA_SHORT, at) << 16);
        }
        return values;
    }

    /// Runs all blocks of a call for some samples.
    public void run(Call call, int first, int samples) {
        MemorySegment scratch = arena.allocate(call.scratchBytes() + 2 * FENCE, 64);
        scratch.fill((byte) 0x7F);
        frame.scratch(scratch.address() + FENCE);
        frame.shard(0, first, samples);
        for (int block = 0; block < call.blocks(); block++) {
            call.run(frame, block);
        }
        for (long at = 0; at < FENCE; at++) {
            assertThat(scratch.get(JAVA_BYTE, at)).isEqualTo((byte) 0x7F);
            assertThat(scratch.get(JAVA_BYTE, FENCE + call.scratchBytes() + at))
                    .isEqualTo((byte) 0x7F);
        }
    }

    /// Asserts that an array of floats has not been written past either end.
    public void isUntouchedAround(Buffer buffer, long elements) {
        for (int i = 1; i <= FENCE / 4; i++) {
            assertThat(memory.get(JAVA_FLOAT, buffer.offset() - 4L * i)).isEqualTo(UNTOUCHED);
            assertThat(memory.get(JAVA_FLOAT, buffer.offset() + 4 * (elements + i - 1)))
                    .isEqualTo(UNTOUCHED);
        }
    }

    @Override
    public void close() {
        arena.close();
    }

    /// Asserts numbers within 1e-5 of the array's largest: sums of up to some hundred products in float32, joined.
    public static void close(double[] actual, double[] expected, String name) {
        close(actual, expected, 1e-5, name);
    }

    /// Asserts numbers within some part of the array's largest.
    public static void close(double[] actual, double[] expected, double part, String name) {
        double scale = 1;
        for (double value : expected) {
            scale = Math.max(scale, Math.abs(value));
        }
        assertThat(actual).as(name).hasSize(expected.length);
        for (int i = 0; i < actual.length; i++) {
            if (!(Math.abs(actual[i] - expected[i]) <= part * scale)) {
                throw new AssertionError(
                        "%s[%d] of %d is %s instead of %s (scale %s)"
                                .formatted(name, i, actual.length, actual[i], expected[i], scale));
            }
        }
    }
}
