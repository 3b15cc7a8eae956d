package dev.gnomon.file;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Reads little-endian numbers one after the other from a bounded part of an HDF5 file.
final class H5Cursor {
    /// The address that stands for "not there".
    static final long UNDEFINED = -1;

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final H5File file;
    private final MemorySegment bytes;
    private final long start;
    private final long end;
    private long position;

    H5Cursor(H5File file, MemorySegment bytes, long start, long end) {
        this.file = file;
        this.bytes = bytes;
        this.start = start;
        this.position = start;
        this.end = end;
    }

    long position() {
        return position;
    }

    long left() {
        return end - position;
    }

    private long advance(long count) {
        if (count < 0 || count > left()) {
            throw file.fault(
                    "%d bytes were expected at position %d, but only %d are left; the file is cut off or damaged",
                    count, position, left());
        }
        long at = position;
        position += count;
        return at;
    }

    H5Cursor skip(long count) {
        advance(count);
        return this;
    }

    /// Skips to the next multiple of 8 counted from the start of this cursor.
    H5Cursor align() {
        return skip(Math.min(left(), -(position - start) & 7));
    }

    int u8() {
        return bytes.get(ValueLayout.JAVA_BYTE, advance(1)) & 0xFF;
    }

    /// The next byte, which stays to be read.
    int peek() {
        return from(position - start).u8();
    }

    int u16() {
        return bytes.get(SHORT, advance(2)) & 0xFFFF;
    }

    long u32() {
        return bytes.get(INT, advance(4)) & 0xFFFFFFFFL;
    }

    /// An address, or [#UNDEFINED].
    long address() {
        return bytes.get(LONG, advance(8));
    }

    /// A count or length of 8 bytes, refused where it cannot be one.
    long length() {
        long length = bytes.get(LONG, advance(8));
        if (length < 0) {
            throw file.fault(
                    "a length at position %d is absurd (%s)",
                    position - 8, Long.toUnsignedString(length));
        }
        return length;
    }

    /// A number of `width` bytes, at most 8.
    long number(int width) {
        long value = 0;
        for (int i = 0; i < width; i++) {
            value |= (long) u8() << (8 * i);
        }
        return value;
    }

    /// The next `count` bytes as a cursor of their own.
    H5Cursor part(long count) {
        long at = advance(count);
        return new H5Cursor(file, bytes, at, at + count);
    }

    /// The same part, read from `offset` bytes after its start.
    H5Cursor from(long offset) {
        return new H5Cursor(file, bytes, start, end).skip(offset);
    }

    /// Copies the next bytes into the array.
    void copy(byte[] target, int offset, int count) {
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, advance(count), target, offset, count);
    }

    /// The next `count` bytes, drawn from the file's memory budget.
    byte[] take(long count) {
        if (count > left()) {
            advance(count);
        }
        byte[] taken = file.allocate(count);
        copy(taken, 0, taken.length);
        return taken;
    }

    /// A UTF-8 text of exactly `count` bytes, cut at the first zero byte.
    String text(long count) {
        byte[] taken = take(count);
        int length = 0;
        while (length < taken.length && taken[length] != 0) {
            length++;
        }
        return new String(taken, 0, length, StandardCharsets.UTF_8);
    }

    /// A UTF-8 text up to a zero byte, which is consumed.
    String textToZero() {
        long stop = position;
        while (stop < end && bytes.get(ValueLayout.JAVA_BYTE, stop) != 0) {
            stop++;
        }
        String text = text(stop - position);
        skip(1);
        return text;
    }

    /// Checks the four letters that begin most structures.
    H5Cursor signature(String expected) {
        long at = position;
        String found = new String(part(4).take(4), StandardCharsets.ISO_8859_1);
        if (!found.equals(expected)) {
            throw file.fault(
                    "\"%s\" was expected at position %d; the file is damaged", expected, at);
        }
        return this;
    }

    /// Checks a version byte.
    int version(String what, int lowest, int highest) {
        int version = u8();
        if (version < lowest || version > highest) {
            throw file.fault(
                    "version %d of a %s is not known (%d to %d are)",
                    version, what, lowest, highest);
        }
        return version;
    }
}
