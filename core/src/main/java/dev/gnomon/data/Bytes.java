package dev.gnomon.data;

import static dev.gnomon.check.Check.data;

import dev.gnomon.check.DataException;
import dev.gnomon.tensor.DType;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Reading the bytes of arrays out of files that may lie about their sizes.
///
/// Memory grows with the bytes that really come, never by what a header declares.
final class Bytes {
    /// No byte of deflated data unpacks to more than this many.
    static final long DEFLATE_LIMIT = 1032;

    private static final int CHUNK = 1 << 16;
    private static final long FIRST = 1 << 24;
    private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private Bytes() {}

    /// A mapping of a part of a file; it goes when nothing refers to it any more.
    static MemorySegment map(Path file, long offset, long bytes) throws IOException {
        if (bytes == 0) {
            return MemorySegment.ofArray(new byte[0]);
        }
        boolean interrupted = Thread.interrupted(); // a channel would close itself
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, offset, bytes, Arena.ofAuto());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Reads exactly `bytes` bytes and sees that the stream ends with them.
    ///
    /// @param where the file, and the array in it, for the message
    /// @param offset where in it the stream is now
    static MemorySegment readAll(InputStream in, long bytes, String where, long offset)
            throws IOException {
        requireHeap(bytes, where);
        var memory = allocate(Math.min(bytes, FIRST));
        byte[] chunk = new byte[CHUNK];
        long at = 0;
        while (at < bytes) {
            int read;
            try {
                read = in.read(chunk, 0, (int) Math.min(CHUNK, bytes - at));
            } catch (EOFException e) {
                throw new DataException(truncated(where, bytes, offset, offset + at), e);
            }
            if (read < 0) {
                throw new DataException(truncated(where, bytes, offset, offset + at));
            }
            if (at + read > memory.byteSize()) {
                memory = allocate(Math.min(bytes, 2 * memory.byteSize())).copyFrom(memory);
            }
            MemorySegment.copy(chunk, 0, memory, ValueLayout.JAVA_BYTE, at, read);
            at += read;
        }
        if (in.read() >= 0) {
            throw new DataException(trailing(where, offset + bytes));
        }
        return memory;
    }

    static String truncated(String where, long bytes, long offset, long end) {
        return where
                + ": the array needs "
                + bytes
                + " bytes from offset "
                + offset
                + ", but the data ends at offset "
                + end
                + ". The file is cut short; fetch or write it again.";
    }

    static String trailing(String where, long end) {
        return where
                + ": the array ends at offset "
                + end
                + ", but more bytes follow. The file is damaged or of another kind.";
    }

    private static void requireHeap(long bytes, String where) {
        long most = Runtime.getRuntime().maxMemory();
        data(
                bytes <= most,
                "%s: unpacked, the array has %d MiB, but the Java heap has only %d MiB. Give it more with -Xmx, or save"
                        + " the array with np.save as .npy, which is mapped and not loaded.",
                where,
                bytes >> 20,
                most >> 20);
    }

    /// Memory on the heap, or native where it is more than a Java array holds.
    static MemorySegment allocate(long bytes) {
        return bytes <= LARGEST_ARRAY
                ? MemorySegment.ofArray(new byte[(int) bytes])
                : Arena.ofAuto().allocate(bytes);
    }

    /// The bytes of an array of the given sizes; a fault where they cannot be counted or addressed.
    static long count(long[] dims, DType dtype, String where) {
        long bytes = dtype.bytes();
        try {
            for (long dim : dims) {
                Math.toIntExact(dim);
                bytes = Math.multiplyExact(bytes, dim);
            }
        } catch (ArithmeticException e) {
            throw new DataException(
                    where
                            + ": the sizes "
                            + java.util.Arrays.toString(dims)
                            + " of "
                            + dtype.kerasName()
                            + " in the header are too large to be true.",
                    e);
        }
        return bytes;
    }

    /// Big-endian elements as little-endian ones.
    static MemorySegment swapped(MemorySegment memory, DType dtype) {
        if (dtype.bytes() == 1) {
            return memory;
        }
        var swapped = allocate(memory.byteSize());
        long count = memory.byteSize() / dtype.bytes();
        switch (dtype.bytes()) {
            case 2 -> {
                var from = Elements.SHORT.withOrder(ByteOrder.BIG_ENDIAN);
                MemorySegment.copy(memory, from, 0, swapped, Elements.SHORT, 0, count);
            }
            case 4 -> {
                var from = Elements.INT.withOrder(ByteOrder.BIG_ENDIAN);
                MemorySegment.copy(memory, from, 0, swapped, Elements.INT, 0, count);
            }
            default -> {
                var from = Elements.LONG.withOrder(ByteOrder.BIG_ENDIAN);
                MemorySegment.copy(memory, from, 0, swapped, Elements.LONG, 0, count);
            }
        }
        return swapped;
    }

    /// The size of a file that must be there.
    static long size(Path file) {
        data(Files.exists(file), "%s: there is no such file.", file);
        data(
                Files.isRegularFile(file),
                "%s: a file is needed here, but this is a folder or a device.",
                file);
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    static DataException unreadable(String where, IOException e) {
        return new DataException(where + ": cannot be read: " + e.getMessage() + ".", e);
    }
}
