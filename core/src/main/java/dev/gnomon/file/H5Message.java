package dev.gnomon.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A message of an object header to be written: its type and a growing body of little-endian numbers.
final class H5Message {
    private final int type;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    H5Message(int type) {
        this.type = type;
    }

    int size() {
        return body.size();
    }

    byte[] toBytes() {
        return body.toByteArray();
    }

    H5Message u8(int value) {
        body.write(value);
        return this;
    }

    H5Message u16(int value) {
        return u8(value).u8(value >> 8);
    }

    H5Message u32(long value) {
        return u16((int) value).u16((int) (value >> 16));
    }

    H5Message u64(long value) {
        return u32(value).u32(value >> 32);
    }

    H5Message ascii(String text) {
        return bytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    H5Message bytes(byte[] bytes) {
        body.writeBytes(bytes);
        return this;
    }

    H5Message buffer(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes(bytes);
    }

    /// Adds zeros up to the next multiple of 8.
    H5Message align() {
        return bytes(new byte[-body.size() & 7]);
    }

    /// Adds another message with its head, as it stands in an object header of version 1.
    H5Message message(H5Message inner) {
        inner.align();
        return u16(inner.type).u16(inner.size()).u8(0).u8(0).u16(0).bytes(inner.toBytes());
    }
}
