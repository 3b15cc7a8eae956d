package dev.gnomon.data;

import dev.gnomon.check.DataException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Numpy's `.npy` files: one array, whole numbers, float16 to float64 or bool, in C order.
///
/// A file is mapped, not loaded (unless it is big-endian), so it may be larger than memory; it must not be changed while
/// its column is in use.
public final class Npy {
    private Npy() {}

    /// Reads an array; one without axes is a column without axes.
    public static Column read(Path file) {
        long size = Bytes.size(file);
        String where = file.toString();
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            var header = NpyHeader.read(in, where);
            long end = header.offset() + header.bytes();
            if (size < end) {
                throw new DataException(
                        Bytes.truncated(where, header.bytes(), header.offset(), size));
            }
            if (size > end) {
                throw new DataException(Bytes.trailing(where, end));
            }
            return header.column(Bytes.map(file, header.offset(), header.bytes()));
        } catch (IOException e) {
            throw Bytes.unreadable(where, e);
        }
    }

    /// Reads an array from a stream that holds nothing else.
    ///
    /// @param size the bytes that the stream should give
    static Column read(InputStream in, String where, long size) throws IOException {
        var header = NpyHeader.read(in, where);
        if (header.offset() + header.bytes() > size) {
            throw new DataException(Bytes.truncated(where, header.bytes(), header.offset(), size));
        }
        return header.column(Bytes.readAll(in, header.bytes(), where, header.offset()));
    }

    /// Writes an array as `np.save` does, at once or not at all; a file of that name is replaced.
    public static void write(Path file, Column column) {
        AtomicFile.write(file, out -> write(out, column));
    }

    static void write(OutputStream out, Column column) throws IOException {
        out.write(NpyHeader.write(column));
        ColumnBytes.write(column, out);
    }
}
