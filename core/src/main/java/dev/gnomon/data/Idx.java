package dev.gnomon.data;

import static dev.gnomon.check.Check.data;

import dev.gnomon.check.DataException;
import dev.gnomon.tensor.DType;
import dev.gnomon.tensor.Shape;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// The reader of IDX files, the format of MNIST: all its types, gzipped or not (found by the content, not by the name).
///
/// Format: two zero bytes, a type, the number of axes; the sizes, each a big-endian int; the elements, big-endian. An
/// unpacked file of bytes is mapped, not loaded.
public final class Idx {
    private Idx() {}

    /// Reads an array.
    public static Column read(Path file) {
        long size = Bytes.size(file);
        try (var raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            raw.mark(2);
            boolean zipped = raw.read() == 0x1F && raw.read() == 0x8B;
            raw.reset();
            if (!zipped) {
                return readPlain(raw, file, size);
            }
            try (var in = new GZIPInputStream(raw, 1 << 16)) {
                return readZipped(in, file, size);
            }
        } catch (IOException e) {
            throw Bytes.unreadable(file.toString(), e);
        }
    }

    private static Column readPlain(InputStream in, Path file, long size) throws IOException {
        var header = Header.read(in, file.toString());
        long end = header.offset() + header.bytes();
        if (size < end) {
            throw new DataException(
                    Bytes.truncated(file.toString(), header.bytes(), header.offset(), size));
        }
        if (size > end) {
            throw new DataException(Bytes.trailing(file.toString(), end));
        }
        return header.column(Bytes.map(file, header.offset(), header.bytes()));
    }

    private static Column readZipped(InputStream in, Path file, long size) throws IOException {
        var header = Header.read(in, file.toString());
        data(
                header.bytes() / Bytes.DEFLATE_LIMIT <= size,
                "%s: the header declares %d bytes, more than a gzip file of %d bytes can hold.",
                file,
                header.bytes(),
                size);
        return header.column(Bytes.readAll(in, header.bytes(), file.toString(), header.offset()));
    }

    private record Header(DType dtype, Shape shape, int offset, long bytes) {
        static Header read(InputStream in, String where) throws IOException {
            byte[] magic = in.readNBytes(4);
            data(
                    magic.length == 4 && magic[0] == 0 && magic[1] == 0,
                    "%s: is not an IDX file: it must begin with two zero bytes, a type and the number of axes.",
                    where);
            var dtype = type(magic[2]);
            if (dtype == null) {
                throw new DataException(
                        String.format(
                                "%s: the type 0x%02x at offset 2 is not one of IDX (0x08, 0x09, 0x0b, 0x0c, 0x0d, 0x0e).",
                                where, magic[2]));
            }
            int rank = magic[3] & 0xFF;
            data(
                    rank >= 1,
                    "%s: the number of axes at offset 3 must be at least 1, but is 0.",
                    where);
            return sizes(in, where, dtype, rank);
        }

        private static Header sizes(InputStream in, String where, DType dtype, int rank)
                throws IOException {
            int offset = 4 + 4 * rank;
            byte[] sizes = in.readNBytes(4 * rank);
            data(
                    sizes.length == 4 * rank,
                    "%s: the header needs %d bytes, but the data ends at offset %d.",
                    where,
                    offset,
                    4 + sizes.length);
            long[] dims = new long[rank];
            for (int axis = 0; axis < rank; axis++) {
                dims[axis] = Integer.toUnsignedLong(ByteBuffer.wrap(sizes).getInt(4 * axis));
            }
            long bytes = Bytes.count(dims, dtype, where);
            var shape = Shape.of(Arrays.stream(dims).mapToInt(Math::toIntExact).toArray());
            return new Header(dtype, shape, offset, bytes);
        }

        private static @Nullable DType type(byte code) {
            return switch (code) {
                case 0x08 -> DType.UINT8;
                case 0x09 -> DType.INT8;
                case 0x0B -> DType.INT16;
                case 0x0C -> DType.INT32;
                case 0x0D -> DType.FLOAT32;
                case 0x0E -> DType.FLOAT64;
                default -> null;
            };
        }

        Column column(MemorySegment memory) {
            return Column.of(Bytes.swapped(memory, dtype), dtype, shape);
        }
    }
}
