package dev.gnomon.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The global heap of an HDF5 file to be written: variable-length texts lie here, and where they are used stands a
/// reference of 16 bytes. Equal texts are stored as often as they are used, like the reference library does.
final class H5TextHeap {
    private static final int COLLECTION_BYTES = 4096;
    private static final int HEAD_BYTES = 16;

    private final H5Image image;
    private @Nullable H5Block collection;
    private int objects;

    H5TextHeap(H5Image image) {
        this.image = image;
    }

    /// Stores the texts and appends their references to the message.
    void putReferences(H5Text text, H5Message message) {
        for (String value : text.values()) {
            byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
            if (utf8.length == 0) {
                message.u32(0).u64(0).u32(0);
            } else {
                message.u32(utf8.length).u64(store(utf8)).u32(objects);
            }
        }
    }

    /// Stores the texts and their references as data; returns the address of the references.
    long references(H5Text text) {
        H5Message message = new H5Message(0);
        putReferences(text, message);
        return image.data(ByteBuffer.wrap(message.toBytes()).order(ByteOrder.LITTLE_ENDIAN));
    }

    /// Stores one text as the object with the number `objects`; returns the address of its collection.
    private long store(byte[] utf8) {
        int needed = HEAD_BYTES + (utf8.length + 7 & ~7);
        H5Block block = collection;
        if (block == null || block.free() < needed) {
            block = image.block(Math.max(COLLECTION_BYTES, HEAD_BYTES + (long) needed));
            block.ascii("GCOL").u8(1).u8(0).u16(0).u64(block.buffer().capacity());
            collection = block;
            objects = 0;
        }
        objects++;
        block.u16(objects).u16(1).u32(0).u64(utf8.length).bytes(utf8).align();
        if (block.free() >= HEAD_BYTES) {
            int next = block.buffer().position();
            block.u16(0).u16(0).u32(0).u64(block.free() + 8).at(next);
        }
        return block.address();
    }
}
