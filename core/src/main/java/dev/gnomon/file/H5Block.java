package dev.gnomon.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// A block of an HDF5 file to be written, at a known address, filled from the front with little-endian numbers.
final class H5Block {
    private final long address;
    private final ByteBuffer buffer;

    H5Block(long address, int bytes) {
        this.address = address;
        this.buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    long address() {
        return address;
    }

    ByteBuffer buffer() {
        return buffer;
    }

    /// Bytes that are still free.
    int free() {
        return buffer.remaining();
    }

    H5Block at(int position) {
        buffer.position(position);
        return this;
    }

    H5Block u8(int value) {
        buffer.put((byte) value);
        return this;
    }

    H5Block u16(int value) {
        buffer.putShort((short) value);
        return this;
    }

    H5Block u32(long value) {
        buffer.putInt((int) value);
        return this;
    }

    H5Block u64(long value) {
        buffer.putLong(value);
        return this;
    }

    H5Block ascii(String text) {
        return bytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    H5Block bytes(byte[] bytes) {
        buffer.put(bytes);
        return this;
    }

    /// Skips to the next multiple of 8.
    H5Block align() {
        buffer.position(buffer.position() + 7 & ~7);
        return this;
    }
}
