package dev.gnomon.data;

import static dev.gnomon.check.Check.data;

import dev.gnomon.check.DataException;
import dev.gnomon.tensor.DType;
import dev.gnomon.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The header of an array in numpy's format: what it says, read strictly, and how numpy writes it.
///
/// @param bigEndian whether the elements must be swapped
/// @param offset where the elements begin
/// @param bytes the size of all elements
record NpyHeader(DType dtype, boolean bigEndian, Shape shape, int offset, long bytes) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST = 1 << 16;
    private static final int ALIGNMENT = 64;
    private static final int GROWTH = 21;

    /// Reads the header, leaving the stream at the first element.
    static NpyHeader read(InputStream in, String where) throws IOException {
        byte[] start = in.readNBytes(8);
        data(
                start.length == 8 && Arrays.equals(start, 0, 6, MAGIC, 0, 6),
                "%s: is not an .npy array: it must begin with the bytes \\x93NUMPY and a version.",
                where);
        data(
                start[6] >= 1 && start[6] <= 3 && start[7] == 0,
                "%s: version %d.%d of the .npy format at offset 6 is not known; 1.0, 2.0 and 3.0 are.",
                where,
                start[6],
                start[7]);
        int sizeBytes = start[6] == 1 ? 2 : 4;
        byte[] size = Arrays.copyOf(in.readNBytes(sizeBytes), 4);
        long length =
                Integer.toUnsignedLong(
                        ByteBuffer.wrap(size).order(ByteOrder.LITTLE_ENDIAN).getInt());
        data(
                length <= LONGEST,
                "%s: a header of %d bytes at offset 8 is too long; %d is the limit.",
                where,
                length,
                LONGEST);
        byte[] text = in.readNBytes((int) length);
        int offset = 8 + sizeBytes + (int) length;
        data(
                text.length == length,
                "%s: the header needs %d bytes, but the data ends at offset %d.",
                where,
                offset,
                8 + sizeBytes + text.length);
        return of(NpyLiteral.parse(text, where, 8 + sizeBytes), where, offset);
    }

    private static NpyHeader of(NpyLiteral literal, String where, int offset) {
        var dtype = type(literal.descr());
        if (dtype == null) {
            throw new DataException(
                    where
                            + ": elements of type '"
                            + literal.descr()
                            + "' cannot be read; whole numbers, float16, float32, float64 and bool can. Convert the array with"
                            + " .astype('float32') before saving it.");
        }
        long[] dims = literal.shape();
        long bytes = Bytes.count(dims, dtype, where);
        long longAxes = Arrays.stream(dims).filter(dim -> dim != 1).count();
        data(
                !literal.fortranOrder() || longAxes <= 1 || bytes == 0,
                "%s: the array is stored in Fortran order (columns first); C order is needed."
                        + " Save np.ascontiguousarray(array) instead.",
                where);
        int[] sizes = Arrays.stream(dims).mapToInt(Math::toIntExact).toArray();
        return new NpyHeader(
                dtype, literal.descr().charAt(0) == '>', Shape.of(sizes), offset, bytes);
    }

    private static @Nullable DType type(String descr) {
        if (descr.length() != 3 || "<>|".indexOf(descr.charAt(0)) < 0) {
            return null;
        }
        var dtype =
                switch (descr.substring(1)) {
                    case "u1" -> DType.UINT8;
                    case "i1" -> DType.INT8;
                    case "b1" -> DType.BOOL;
                    case "u2" -> DType.UINT16;
                    case "i2" -> DType.INT16;
                    case "u4" -> DType.UINT32;
                    case "i4" -> DType.INT32;
                    case "u8" -> DType.UINT64;
                    case "i8" -> DType.INT64;
                    case "f2" -> DType.FLOAT16;
                    case "f4" -> DType.FLOAT32;
                    case "f8" -> DType.FLOAT64;
                    default -> null;
                };
        return dtype != null && dtype.bytes() > 1 && descr.charAt(0) == '|' ? null : dtype;
    }

    private static String descr(DType dtype) {
        return switch (dtype) {
            case UINT8 -> "|u1";
            case INT8 -> "|i1";
            case BOOL -> "|b1";
            case UINT16 -> "<u2";
            case INT16 -> "<i2";
            case UINT32 -> "<u4";
            case INT32 -> "<i4";
            case UINT64 -> "<u8";
            case INT64 -> "<i8";
            case FLOAT16 -> "<f2";
            case FLOAT32 -> "<f4";
            case FLOAT64 -> "<f8";
        };
    }

    /// The header of a column, byte for byte as numpy 2 writes it: with room for the first size to grow, and padded so
    /// that the elements begin at a multiple of 64.
    static byte[] write(Column column) {
        int[] dims = column.shape().dims();
        var sizes = new StringBuilder();
        for (int dim : dims) {
            sizes.append(sizes.isEmpty() ? "" : ", ").append(dim);
        }
        String text =
                "{'descr': '"
                        + descr(column.dtype())
                        + "', 'fortran_order': False, 'shape': ("
                        + sizes
                        + (dims.length == 1 ? "," : "")
                        + "), }";
        if (dims.length > 0) {
            text += " ".repeat(GROWTH - String.valueOf(dims[0]).length());
        }
        int plain = 10 + text.length() + 1;
        text += " ".repeat(ALIGNMENT - plain % ALIGNMENT) + "\n";
        var header = ByteBuffer.allocate(10 + text.length()).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) text.length());
        return header.put(text.getBytes(StandardCharsets.US_ASCII)).array();
    }

    Column column(MemorySegment memory) {
        return Column.of(bigEndian ? Bytes.swapped(memory, dtype) : memory, dtype, shape);
    }
}
