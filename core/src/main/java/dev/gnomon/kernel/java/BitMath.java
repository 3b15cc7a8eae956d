package dev.gnomon.kernel.java;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.gnomon.kernel.DropoutStream;
import dev.gnomon.kernel.Frame;
import dev.gnomon.random.Key;
import java.lang.foreign.MemorySegment;

/// Selections and roundings as operations on the bits of floats: the compiler makes vector instructions of integer loops,
/// but not of conditional ones. Bits are copied between arrays of different types through memory of the frame, which costs
/// little in the first-level cache.
final class BitMath {
    /// The bits of an infinite number.
    static final int INFINITE = 0x7F800000;

    private BitMath() {}

    /// `y = gate > 0 ? x : 0`.
    static void gate(float[] x, float[] gate, float[] y, int n, Frame frame) {
        int[] a = frame.integers();
        int[] b = frame.moreIntegers();
        long through = frame.conversion();
        toInts(gate, 0, a, n, through);
        toInts(x, 0, b, n, through);
        for (int i = 0; i < n; i++) {
            int before = a[i] - 1; // below an infinite one's bits for positive numbers only
            b[i] &= (~before & (before - INFINITE)) >> 31;
        }
        toFloats(b, y, 0, n, through);
    }

    /// Dropout of elements `element ...` of a sample: sixteen bits decide on each, four elements share a draw.
    static void dropout(
            long key,
            float rate,
            long element,
            float[] x,
            float[] y,
            int offset,
            int n,
            Frame frame) {
        long[] draws = frame.longs();
        short[] parts = frame.shorts();
        int[] mask = frame.integers();
        int[] bits = frame.moreIntegers();
        long first = element >> 2;
        int skip = (int) (element & 3);
        int count = (skip + n + 3) >> 2;
        Key.fill(key, first, draws, count);
        long through = frame.conversion();
        MemorySegment.copy(draws, 0, Frame.MEMORY, JAVA_LONG, through, count);
        MemorySegment.copy(Frame.MEMORY, JAVA_SHORT, through, parts, 0, 4 * count);
        int threshold = DropoutStream.threshold(rate);
        for (int i = 0; i < n; i++) {
            mask[i] = ~(((parts[i + skip] & 0xFFFF) - threshold) >> 31);
        }
        float scale = DropoutStream.scale(rate);
        for (int i = 0; i < n; i++) {
            y[offset + i] = x[offset + i] * scale;
        }
        toInts(y, offset, bits, n, through);
        for (int i = 0; i < n; i++) {
            bits[i] &= mask[i];
        }
        toFloats(bits, y, offset, n, through);
    }

    /// Reads bfloat16 numbers.
    static void readHalf(long address, float[] to, int n, Frame frame) {
        short[] half = frame.shorts();
        int[] bits = frame.integers();
        MemorySegment.copy(Frame.MEMORY, JAVA_SHORT, address, half, 0, n);
        for (int i = 0; i < n; i++) {
            bits[i] = half[i] << 16;
        }
        toFloats(bits, to, 0, n, frame.conversion());
    }

    /// Writes numbers as bfloat16, rounded to the nearest, ties to even; no number stays none.
    static void writeHalf(float[] from, long address, int n, Frame frame) {
        short[] half = frame.shorts();
        int[] bits = frame.integers();
        toInts(from, 0, bits, n, frame.conversion());
        for (int i = 0; i < n; i++) {
            int x = bits[i];
            int rounded = (x + 0x7FFF + ((x >>> 16) & 1)) >>> 16;
            half[i] = (short) ((x & Integer.MAX_VALUE) > INFINITE ? 0x7FC0 : rounded);
        }
        MemorySegment.copy(half, 0, Frame.MEMORY, JAVA_SHORT, address, n);
    }

    private static void toInts(float[] from, int offset, int[] to, int n, long through) {
        MemorySegment.copy(from, offset, Frame.MEMORY, JAVA_FLOAT, through, n);
        MemorySegment.copy(Frame.MEMORY, JAVA_INT, through, to, 0, n);
    }

    private static void toFloats(int[] from, float[] to, int offset, int n, long through) {
        MemorySegment.copy(from, 0, Frame.MEMORY, JAVA_INT, through, n);
        MemorySegment.copy(Frame.MEMORY, JAVA_FLOAT, through, to, offset, n);
    }
}
