package dev.gnomon.file;

import dev.gnomon.tensor.DType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The type of the elements of a dataset or attribute as stored, and how their bytes become a value.
///
/// @param size bytes of one stored element
/// @param kind how the bytes are to be understood
/// @param number the type of the numbers, null for texts
/// @param bigEndian whether the bytes of a number come in reverse
/// @param padding of fixed-length texts: 0 and 1 zeros, 2 spaces
record H5Type(int size, Kind kind, @Nullable DType number, boolean bigEndian, int padding) {
    enum Kind {
        NUMBER,
        BFLOAT16,
        FIXED_TEXT,
        VARIABLE_TEXT
    }

    static H5Type read(H5File file, H5Cursor in) {
        int versionAndClass = in.u8();
        int bits = (int) in.number(3);
        long size = in.u32();
        boolean bigEndian = (bits & 1) != 0;
        int type = versionAndClass & 15;
        if (size == 0 || size > Integer.MAX_VALUE) {
            throw file.fault("an element of %d bytes is absurd", size);
        }
        return switch (type) {
            case 0 -> number(file, integer(file, in, (int) size, (bits & 8) != 0), bigEndian);
            case 1 -> real(file, in, (int) size, bigEndian, bits);
            case 3 -> new H5Type((int) size, Kind.FIXED_TEXT, null, false, bits & 15);
            case 5 -> opaque(file, size);
            case 8 -> bool(file, in, size, bits & 0xFFFF, versionAndClass >> 4);
            case 9 -> variable(file, size, bits);
            default ->
                    throw file.fault(
                            "elements of class %d (%s) are not read; numbers and texts are",
                            type,
                            switch (type) {
                                case 2 -> "time";
                                case 4 -> "bit field";
                                case 6 -> "compound";
                                case 7 -> "reference";
                                case 10 -> "array";
                                default -> "unknown";
                            });
        };
    }

    private static H5Type number(H5File file, @Nullable DType type, boolean bigEndian) {
        if (type == null) {
            throw file.fault("numbers of an unusual layout are not read");
        }
        return new H5Type(type.bytes(), Kind.NUMBER, type, bigEndian, 0);
    }

    private static @Nullable DType integer(H5File file, H5Cursor in, int size, boolean signed) {
        if (in.u16() != 0 || in.u16() != 8 * size) {
            throw file.fault("whole numbers that do not fill their bytes are not read");
        }
        return switch (size) {
            case 1 -> signed ? DType.INT8 : DType.UINT8;
            case 2 -> signed ? DType.INT16 : DType.UINT16;
            case 4 -> signed ? DType.INT32 : DType.UINT32;
            case 8 -> signed ? DType.INT64 : DType.UINT64;
            default -> null;
        };
    }

    private static H5Type real(H5File file, H5Cursor in, int size, boolean bigEndian, int bits) {
        int offset = in.u16();
        int precision = in.u16();
        int exponentAt = in.u8();
        int exponentBits = in.u8();
        int mantissaAt = in.u8();
        int mantissaBits = in.u8();
        long bias = in.u32();
        boolean plain =
                offset == 0
                        && precision == 8 * size
                        && mantissaAt == 0
                        && exponentAt == mantissaBits
                        && exponentAt + exponentBits == precision - 1
                        && bias == (1L << (exponentBits - 1)) - 1
                        && (bits & 0x40) == 0;
        if (plain && size == 2 && exponentBits == 8 && !bigEndian) {
            return new H5Type(2, Kind.BFLOAT16, DType.FLOAT32, false, 0);
        }
        DType type =
                plain && size == 2 && exponentBits == 5
                        ? DType.FLOAT16
                        : plain && size == 4 && exponentBits == 8
                                ? DType.FLOAT32
                                : plain && size == 8 && exponentBits == 11 ? DType.FLOAT64 : null;
        return number(file, type, bigEndian);
    }

    /// Keras writes bfloat16 as two opaque bytes; nothing else opaque is read.
    private static H5Type opaque(H5File file, long size) {
        if (size != 2) {
            throw file.fault("opaque elements of %d bytes are not read", size);
        }
        return new H5Type(2, Kind.BFLOAT16, DType.FLOAT32, false, 0);
    }

    /// h5py writes truth values as an enumeration of FALSE = 0 and TRUE = 1.
    private static H5Type bool(H5File file, H5Cursor in, long size, int members, int version) {
        boolean ofIntegers = size == 1 && members == 2 && in.peek() % 16 == 0;
        if (!ofIntegers || read(file, in).number != DType.INT8) {
            throw file.fault("enumerations other than FALSE and TRUE are not read");
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            long before = in.position();
            names.add(in.textToZero());
            in.skip(version < 3 ? -(in.position() - before) & 7 : 0);
        }
        if (!names.equals(List.of("FALSE", "TRUE")) || in.u8() != 0 || in.u8() != 1) {
            throw file.fault("enumerations other than FALSE and TRUE are not read");
        }
        return new H5Type(1, Kind.NUMBER, DType.BOOL, false, 0);
    }

    private static H5Type variable(H5File file, long size, int bits) {
        if ((bits & 15) != 1 || size != 16) {
            throw file.fault("sequences of varying length are not read; texts are");
        }
        return new H5Type(16, Kind.VARIABLE_TEXT, null, false, 0);
    }

    /// Makes the value of the raw bytes, which become its own.
    H5Value value(H5File file, int[] dims, byte[] raw) {
        return switch (kind) {
            case NUMBER -> new H5Array(elementType(), dims, littleEndian(raw));
            case BFLOAT16 -> new H5Array(DType.FLOAT32, dims, widen(file, raw));
            case FIXED_TEXT -> new H5Text(dims, fixedTexts(file, raw));
            case VARIABLE_TEXT -> new H5Text(dims, variableTexts(file, raw));
        };
    }

    private DType elementType() {
        if (number == null) {
            throw new AssertionError("numbers have a type");
        }
        return number;
    }

    private byte[] littleEndian(byte[] raw) {
        if (bigEndian) {
            for (int at = 0; at < raw.length; at += size) {
                for (int low = at, high = at + size - 1; low < high; low++, high--) {
                    byte swap = raw[low];
                    raw[low] = raw[high];
                    raw[high] = swap;
                }
            }
        }
        return raw;
    }

    /// A bfloat16 is the upper half of a float32.
    private static byte[] widen(H5File file, byte[] raw) {
        byte[] wide = file.allocate(2L * raw.length);
        for (int i = 0; i < raw.length; i += 2) {
            wide[2 * i + 2] = raw[i];
            wide[2 * i + 3] = raw[i + 1];
        }
        return wide;
    }

    private List<String> fixedTexts(H5File file, byte[] raw) {
        List<String> texts = new ArrayList<>();
        for (int at = 0; at < raw.length; at += size) {
            file.step();
            int length = 0;
            if (padding == 0) {
                while (length < size && raw[at + length] != 0) {
                    length++;
                }
            } else {
                length = size;
                while (length > 0 && raw[at + length - 1] == (padding == 2 ? ' ' : 0)) {
                    length--;
                }
            }
            texts.add(new String(raw, at, length, StandardCharsets.UTF_8));
        }
        return texts;
    }

    /// Each element is a length, the address of a global heap collection and the number of an object in it.
    private static List<String> variableTexts(H5File file, byte[] raw) {
        ByteBuffer buffer = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
        List<String> texts = new ArrayList<>();
        while (buffer.hasRemaining()) {
            file.step();
            long length = buffer.getInt() & 0xFFFFFFFFL;
            long address = buffer.getLong();
            int index = buffer.getInt();
            if (length == 0) {
                texts.add("");
                continue;
            }
            H5Cursor text = file.heapObject(address, index);
            if (text == null || text.left() < length) {
                throw file.fault(
                        "a text is missing in the heap at position %d; the file is damaged",
                        address);
            }
            texts.add(file.at(text.position(), length).text(length));
        }
        return texts;
    }
}
