package dev.gnomon.data;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The elements of a column as bytes.
final class ColumnBytes {
    private ColumnBytes() {}

    /// Writes the elements in row order, little-endian, in the type that [Column#dtype] says.
    static void write(Column column, OutputStream out) throws IOException {
        var scratch = MemorySegment.ofArray(new float[column.sampleElements()]);
        byte[] chunk = new byte[1 << 16];
        int filled = 0;
        for (int row = 0; row < column.rows(); row++) {
            var sample = column.bytes(row, scratch);
            for (long at = 0; at < sample.byteSize(); ) {
                int part = (int) Math.min(chunk.length - filled, sample.byteSize() - at);
                MemorySegment.copy(sample, ValueLayout.JAVA_BYTE, at, chunk, filled, part);
                at += part;
                filled += part;
                if (filled == chunk.length) {
                    out.write(chunk);
                    filled = 0;
                }
            }
        }
        out.write(chunk, 0, filled);
    }

    /// The same samples in memory.
    static Column cached(Column column) {
        long bytes = Math.multiplyExact(column.shape().elements(), (long) column.dtype().bytes());
        var memory = Bytes.allocate(bytes);
        var scratch = MemorySegment.ofArray(new float[column.sampleElements()]);
        long at = 0;
        for (int row = 0; row < column.rows(); row++) {
            var sample = column.bytes(row, scratch);
            MemorySegment.copy(sample, 0, memory, at, sample.byteSize());
            at += sample.byteSize();
        }
        return Column.of(memory, column.dtype(), column.shape());
    }
}
