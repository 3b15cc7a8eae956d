package dev.gnomon.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A file to be written: blocks one after the other, each at a multiple of 8, filled in any order.
final class H5Image {
    private static final int COPY_BYTES = 1 << 16;

    private final List<ByteBuffer> blocks = new ArrayList<>();
    private long end;

    /// A block of zeros at the end.
    H5Block block(long bytes) {
        H5Block block = new H5Block(end, Math.toIntExact(bytes + 7 & ~7L));
        append(block.buffer());
        return block;
    }

    /// Appends data without copying them; returns their address.
    long data(ByteBuffer data) {
        long address = end;
        append(data);
        int padding = (int) (-end & 7);
        if (padding > 0) {
            append(ByteBuffer.allocate(padding));
        }
        return address;
    }

    private void append(ByteBuffer block) {
        blocks.add(block);
        end += block.capacity();
    }

    /// The size of the file so far.
    long end() {
        return end;
    }

    /// Writes all blocks; may be called again.
    void writeTo(OutputStream out) throws IOException {
        byte[] copy = new byte[COPY_BYTES];
        for (ByteBuffer block : blocks) {
            for (int at = 0; at < block.capacity(); at += copy.length) {
                int count = Math.min(copy.length, block.capacity() - at);
                block.get(at, copy, 0, count);
                out.write(copy, 0, count);
            }
        }
    }
}
