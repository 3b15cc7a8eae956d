package dev.gnomon.data;

import dev.gnomon.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Reading stored little-endian elements: one at a time, and runs of them as float32.
///
/// A run is scaled by `value * factor + offset`: in float32 where every stored value fits float32 (as a layer of the
/// model would), in double where it may not.
final class Elements {
    static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// What float32 results are written as: the machine's own order.
    static final ValueLayout.OfFloat TARGET = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private Elements() {}

    /// The element at a byte position as a double; exact but for 64-bit integers beyond 2^53.
    static double doubleAt(MemorySegment data, DType dtype, long at) {
        return switch (dtype) {
            case UINT8 -> data.get(BYTE, at) & 0xFF;
            case INT8 -> data.get(BYTE, at);
            case UINT16 -> data.get(SHORT, at) & 0xFFFF;
            case INT16 -> data.get(SHORT, at);
            case UINT32 -> data.get(INT, at) & 0xFFFF_FFFFL;
            case INT32 -> data.get(INT, at);
            case UINT64 -> unsigned(data.get(LONG, at));
            case INT64 -> data.get(LONG, at);
            case FLOAT16 -> Float.float16ToFloat(data.get(SHORT, at));
            case FLOAT32 -> data.get(FLOAT, at);
            case FLOAT64 -> data.get(DOUBLE, at);
            case BOOL -> data.get(BYTE, at) == 0 ? 0 : 1;
        };
    }

    /// Writes `count` elements from a byte position as float32 to a byte position of the target.
    static void copy(
            MemorySegment data,
            DType dtype,
            long at,
            int count,
            MemorySegment to,
            long toAt,
            double f,
            double o) {
        switch (dtype) {
            case UINT8 -> copyUint8(data, at, count, to, toAt, (float) f, (float) o);
            case FLOAT32 -> copyFloat32(data, at, count, to, toAt, (float) f, (float) o);
            case INT8 -> copyInt8(data, at, count, to, toAt, (float) f, (float) o);
            case UINT16, INT16, FLOAT16, BOOL ->
                    copyExact(data, dtype, at, count, to, toAt, (float) f, (float) o);
            case UINT32, INT32, UINT64, INT64, FLOAT64 ->
                    copyWide(data, dtype, at, count, to, toAt, f, o);
        }
    }

    private static void copyUint8(
            MemorySegment data,
            long at,
            int count,
            MemorySegment to,
            long toAt,
            float factor,
            float offset) {
        for (int i = 0; i < count; i++) {
            to.set(TARGET, toAt + 4L * i, (data.get(BYTE, at + i) & 0xFF) * factor + offset);
        }
    }

    private static void copyInt8(
            MemorySegment data,
            long at,
            int count,
            MemorySegment to,
            long toAt,
            float factor,
            float offset) {
        for (int i = 0; i < count; i++) {
            to.set(TARGET, toAt + 4L * i, data.get(BYTE, at + i) * factor + offset);
        }
    }

    private static void copyFloat32(
            MemorySegment data,
            long at,
            int count,
            MemorySegment to,
            long toAt,
            float factor,
            float offset) {
        if (factor == 1 && offset == 0) {
            MemorySegment.copy(data, FLOAT, at, to, TARGET, toAt, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            to.set(TARGET, toAt + 4L * i, data.get(FLOAT, at + 4L * i) * factor + offset);
        }
    }

    private static void copyExact(
            MemorySegment data,
            DType type,
            long at,
            int count,
            MemorySegment to,
            long toAt,
            float f,
            float o) {
        for (int i = 0; i < count; i++) {
            to.set(
                    TARGET,
                    toAt + 4L * i,
                    (float) doubleAt(data, type, at + (long) i * type.bytes()) * f + o);
        }
    }

    private static void copyWide(
            MemorySegment data,
            DType type,
            long at,
            int count,
            MemorySegment to,
            long toAt,
            double f,
            double o) {
        for (int i = 0; i < count; i++) {
            to.set(
                    TARGET,
                    toAt + 4L * i,
                    (float) (doubleAt(data, type, at + (long) i * type.bytes()) * f + o));
        }
    }

    private static double unsigned(long bits) {
        return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
    }
}
