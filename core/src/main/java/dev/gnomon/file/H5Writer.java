package dev.gnomon.file;

import dev.gnomon.check.FormatException;
import dev.gnomon.data.AtomicFile;
import dev.gnomon.tensor.DType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// Writes HDF5 files as Keras does: superblock 0, old-style groups, little-endian data in one piece, no filters, texts
/// as variable-length UTF-8.
///
/// The same tree gives the same bytes: there are no time stamps, and names are in the order that HDF5 wants (by bytes).
/// Thread-safe: no state.
public final class H5Writer {
    private static final int SUPERBLOCK_BYTES = 96;
    private static final int MOST_MESSAGE_BYTES = 65_528;

    private final H5Image image = new H5Image();
    private final H5TextHeap texts = new H5TextHeap(image);

    private H5Writer() {}

    /// Writes the tree to a file, which is replaced as a whole or not at all.
    public static void write(H5Group root, Path path) {
        H5Image image = layOut(root);
        AtomicFile.write(path, image::writeTo);
    }

    /// Writes the tree to a stream, which stays open.
    public static void write(H5Group root, OutputStream out) {
        try {
            layOut(root).writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The bytes of the file that holds the tree.
    public static byte[] toBytes(H5Group root) {
        var out = new ByteArrayOutputStream();
        write(root, out);
        return out.toByteArray();
    }

    /// Places everything in a file to be; the data of the arrays are not copied.
    static H5Image layOut(H5Group root) {
        H5Writer writer = new H5Writer();
        H5Block superblock = writer.image.block(SUPERBLOCK_BYTES);
        H5SymbolTable.Placed placed = writer.group(root, "");
        superblock
                .u8(0x89)
                .ascii("HDF\r\n\u001a\n")
                .u8(0)
                .u8(0)
                .u8(0)
                .u8(0)
                .u8(0)
                .u8(8)
                .u8(8)
                .u8(0);
        superblock.u16(H5SymbolTable.LEAF_K).u16(H5SymbolTable.INTERNAL_K).u32(0);
        superblock.u64(0).u64(H5Cursor.UNDEFINED).u64(writer.image.end()).u64(H5Cursor.UNDEFINED);
        placed.writeEntry(superblock, 0);
        return writer.image;
    }

    private H5SymbolTable.Placed group(H5Group group, String path) {
        Map<String, H5SymbolTable.Placed> children = new TreeMap<>(H5SymbolTable.BY_BYTES);
        group.groups()
                .forEach((name, child) ->
                        children.put(name, group(child, path + "/" + checked(name, path))));
        group.datasets()
                .forEach((name, data) ->
                        children.put(name, dataset(data, path + "/" + checked(name, path))));
        H5SymbolTable table = H5SymbolTable.write(image, children);
        H5Message symbolTable = new H5Message(0x11).u64(table.tree()).u64(table.heap());
        long header = header(group.attributes(), path.isEmpty() ? "/" : path, symbolTable);
        return new H5SymbolTable.Placed(header, table);
    }

    private static String checked(String name, String path) {
        if (name.isEmpty() || name.equals(".") || name.indexOf('/') >= 0 || name.indexOf(0) >= 0) {
            throw new FormatException(
                    "HDF5: at \"" + path + "\": \"" + name + "\" cannot be the name of an object.");
        }
        return name;
    }

    private H5SymbolTable.Placed dataset(H5Dataset dataset, String path) {
        H5Value value = dataset.value();
        long address = H5Cursor.UNDEFINED;
        long bytes =
                switch (value) {
                    case H5Array array -> array.buffer().remaining();
                    case H5Text text -> 16L * text.values().size();
                };
        if (bytes > 0) {
            address =
                    switch (value) {
                        case H5Array array -> image.data(array.buffer());
                        case H5Text text -> texts.references(text);
                    };
        }
        H5Message fill = new H5Message(0x05).u8(2).u8(2).u8(2).u8(1).u32(0);
        H5Message layout = new H5Message(0x08).u8(3).u8(1).u64(address).u64(bytes);
        long header = header(dataset.attributes(), path, space(value), type(value), fill, layout);
        return new H5SymbolTable.Placed(header, null);
    }

    private long header(Map<String, H5Value> attributes, String path, H5Message... fixed) {
        H5Message all = new H5Message(0);
        for (H5Message message : fixed) {
            all.message(message);
        }
        attributes.forEach((name, value) -> all.message(attribute(name, value, path)));
        int messages = fixed.length + attributes.size();
        if (messages > 0xFFFF) {
            throw new FormatException(
                    "HDF5: at \""
                            + path
                            + "\": "
                            + attributes.size()
                            + " attributes are too many.");
        }
        H5Block block = image.block(16 + all.size());
        block.u8(1).u8(0).u16(messages).u32(1).u32(all.size()).u32(0).bytes(all.toBytes());
        return block.address();
    }

    private H5Message attribute(String name, H5Value value, String path) {
        byte[] utf8 = (name + "\0").getBytes(StandardCharsets.UTF_8);
        H5Message type = type(value);
        H5Message space = space(value);
        H5Message message =
                new H5Message(0x0C).u8(1).u8(0).u16(utf8.length).u16(type.size()).u16(space.size());
        message.bytes(utf8).align().bytes(type.toBytes()).align().bytes(space.toBytes()).align();
        long bytes =
                switch (value) {
                    case H5Array array -> array.buffer().remaining();
                    case H5Text text -> 16L * text.values().size();
                };
        if (name.isEmpty() || name.indexOf(0) >= 0 || message.size() + bytes > MOST_MESSAGE_BYTES) {
            throw new FormatException(
                    "HDF5: at \""
                            + path
                            + "\": the attribute \""
                            + name
                            + "\" needs "
                            + (message.size() + bytes)
                            + " bytes, but HDF5 allows "
                            + MOST_MESSAGE_BYTES
                            + " (and a name). Store it as a dataset or split it.");
        }
        switch (value) {
            case H5Array array -> message.buffer(array.buffer());
            case H5Text text -> texts.putReferences(text, message);
        }
        return message;
    }

    private static H5Message space(H5Value value) {
        int[] dims = value.dims();
        if (dims.length > 32) {
            throw new FormatException(
                    "HDF5: " + dims.length + " axes are more than HDF5 allows (32).");
        }
        H5Message message = new H5Message(0x01).u8(1).u8(dims.length).u8(0).u8(0).u32(0);
        for (int dim : dims) {
            message.u64(dim);
        }
        return message;
    }

    private static H5Message type(H5Value value) {
        return switch (value) {
            case H5Array array -> number(array.type());
            case H5Text _ -> {
                H5Message variable = new H5Message(0x03).u8(0x19).u8(0x01).u8(0x01).u8(0).u32(16);
                yield variable.bytes(integer(1, false).toBytes());
            }
        };
    }

    private static H5Message number(DType type) {
        return switch (type) {
            case UINT8, UINT16, UINT32, UINT64 -> integer(type.bytes(), false);
            case INT8, INT16, INT32, INT64 -> integer(type.bytes(), true);
            case FLOAT16 -> real(2, 5, 10);
            case FLOAT32 -> real(4, 8, 23);
            case FLOAT64 -> real(8, 11, 52);
            case BOOL -> {
                H5Message bool = new H5Message(0x03).u8(0x18).u8(2).u8(0).u8(0).u32(1);
                bool.bytes(integer(1, true).toBytes()).ascii("FALSE\0\0\0").ascii("TRUE\0\0\0\0");
                yield bool.u8(0).u8(1);
            }
        };
    }

    private static H5Message integer(int bytes, boolean signed) {
        H5Message message = new H5Message(0x03).u8(0x10).u8(signed ? 8 : 0).u8(0).u8(0).u32(bytes);
        return message.u16(0).u16(8 * bytes);
    }

    private static H5Message real(int bytes, int exponentBits, int mantissaBits) {
        H5Message message =
                new H5Message(0x03).u8(0x11).u8(0x20).u8(8 * bytes - 1).u8(0).u32(bytes);
        message.u16(0).u16(8 * bytes).u8(mantissaBits).u8(exponentBits).u8(0).u8(mantissaBits);
        return message.u32((1L << (exponentBits - 1)) - 1);
    }
}
