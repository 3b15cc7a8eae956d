package dev.gnomon.kernel.java;

import dev.gnomon.kernel.DropoutStream;
import dev.gnomon.kernel.Frame;
import dev.gnomon.random.Key;
import java.lang.foreign.MemorySegment;

/// Selections as operations on the bits of floats: the compiler makes vector instructions of integer loops, but not of
/// conditional ones. Bits are copied between arrays of different types, which costs little in the first-level cache.
final class BitMath {
    private BitMath() {}

    /// `y = gate > 0 ? x : 0`.
    static void gate(float[] x, float[] gate, float[] y, int n, int[] a, int[] b) {
        toInts(gate, a, n);
        toInts(x, b, n);
        for (int i = 0; i < n; i++) {
            b[i] &= (-a[i] & ~a[i]) >> 31;
        }
        toFloats(b, y, 0, n);
    }

    /// Dropout of elements `element ...` of a sample: sixteen bits decide on each, four elements share a draw.
    static void dropout(
            long key, float rate, long element, float[] x, float[] y, int offset, int n, Frame frame) {
        long[] draws = frame.longs();
        short[] parts = frame.shorts();
        int[] mask = frame.integers();
        int[] bits = frame.moreIntegers();
        long first = element >> 2;
        int skip = (int) (element & 3);
        int count = (skip + n + 3) >> 2;
        Key.fill(key, first, draws, count);
        MemorySegment.copy(MemorySegment.ofArray(draws), 0, MemorySegment.ofArray(parts), 0, 8L * count);
        int threshold = DropoutStream.threshold(rate);
        for (int i = 0; i < n; i++) {
            mask[i] = ~(((parts[i + skip] & 0xFFFF) - threshold) >> 31);
        }
        float scale = DropoutStream.scale(rate);
        for (int i = 0; i < n; i++) {
            y[offset + i] = x[offset + i] * scale;
        }
        MemorySegment.copy(MemorySegment.ofArray(y), 4L * offset, MemorySegment.ofArray(bits), 0, 4L * n);
        for (int i = 0; i < n; i++) {
            bits[i] &= mask[i];
        }
        toFloats(bits, y, offset, n);
    }

    private static void toInts(float[] from, int[] to, int n) {
        MemorySegment.copy(MemorySegment.ofArray(from), 0, MemorySegment.ofArray(to), 0, 4L * n);
    }

    private static void toFloats(int[] from, float[] to, int offset, int n) {
        MemorySegment.copy(MemorySegment.ofArray(from), 0, MemorySegment.ofArray(to), 4L * offset, 4L * n);
    }
}
