package dev.gnomon.kernel.avx512;

import dev.gnomon.kernel.Element;
import dev.gnomon.kernel.Frame;
import dev.gnomon.kernel.avx512.Encoder.Address;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The sums of the columns of a matrix `[rows, columns]`, whose columns are a multiple of 16, as the channels of an image
/// are. Rows are added in registers in blocks of at most 64, and blocks in memory, so that a sum has few terms and its
/// rounding errors stay small; the order depends on the shape only.
public final class ColumnSums {
    private static final int LANES = 16;

    /// Rows that are added in registers.
    private static final int BLOCK = 64;

    /// Registers that hold sums; one more is for what is read.
    private static final int SUMS = 16;

    private static final int SPARE = 31;

    // general registers: the table in rdi, the rounds in rsi, the rows' address in rcx, the totals'
    // in r8
    private static final int TABLE = 7;
    private static final int ROUNDS = 6;
    private static final int ROWS = 1;
    private static final int TOTALS = 8;

    // slots of the table
    private static final int ROWS_SLOT = 0;
    private static final int TOTALS_SLOT = 1;

    /// Some columns, and the functions that add rows of them: several at a time, or one.
    ///
    /// @param first the first vector of columns
    /// @param together the rows that a round of the first function adds
    private record Chunk(int first, int together, MachineCode several, MachineCode single) {}

    private final int columns;
    private final int rowBytes;
    private final int elementBytes;
    private final List<Chunk> chunks;

    private ColumnSums(int columns, Element element, List<Chunk> chunks) {
        this.columns = columns;
        this.rowBytes = columns * element.bytes();
        this.elementBytes = element.bytes();
        this.chunks = chunks;
    }

    /// The sums of matrices with so many columns; null where they are no multiple of 16 or the machine cannot run the code.
    public static @Nullable ColumnSums of(int columns, Element element) {
        if (!MachineCode.isSupported() || columns % LANES != 0) {
            return null;
        }
        List<Chunk> chunks = new ArrayList<>();
        int vectors = columns / LANES;
        for (int first = 0; first < vectors; first += SUMS) {
            int count = Math.min(SUMS, vectors - first);
            int together = SUMS / count;
            var several = MachineCode.of(function(count, together, columns, element));
            var single = MachineCode.of(function(count, 1, columns, element));
            if (several == null || single == null) {
                return null;
            }
            chunks.add(new Chunk(first, together, several, single));
        }
        return new ColumnSums(columns, element, chunks);
    }

    /// Writes the sums.
    ///
    /// @param table where addresses for the code can be written, 16 bytes
    public void write(long table, long x, long rows, long totals) {
        Frame.zero(totals, totals + 4L * columns);
        for (Chunk chunk : chunks) {
            int block = BLOCK / chunk.together * chunk.together;
            MachineCode.put(table, TOTALS_SLOT, totals + 64L * chunk.first);
            long at = x + (long) LANES * elementBytes * chunk.first;
            long left = rows;
            while (left >= chunk.together) {
                long now = Math.min(left, block) / chunk.together;
                MachineCode.put(table, ROWS_SLOT, at);
                chunk.several.run(table, now, 0);
                at += now * chunk.together * rowBytes;
                left -= now * chunk.together;
            }
            if (left > 0) {
                MachineCode.put(table, ROWS_SLOT, at);
                chunk.single.run(table, left, 0);
            }
        }
    }

    /// `f(table, rounds)`: adds `together` rows in each round, and their sum to the totals.
    private static byte[] function(int vectors, int together, int columns, Element element) {
        var out = new Encoder();
        out.subnormalsAreZero();
        out.loadAddress(ROWS, TABLE, MachineCode.SLOT * ROWS_SLOT);
        out.loadAddress(TOTALS, TABLE, MachineCode.SLOT * TOTALS_SLOT);
        int rowBytes = columns * element.bytes();
        for (int i = 0; i < vectors * together; i++) {
            out.registers(Simd.XOR, i, i, i);
        }
        int loop = out.here();
        for (int row = 0; row < together; row++) {
            for (int v = 0; v < vectors; v++) {
                var at = Address.of(ROWS, row * rowBytes + v * LANES * element.bytes());
                addRow(out, row * vectors + v, at, element);
            }
        }
        out.add(ROWS, together * rowBytes);
        out.countDown(ROUNDS);
        out.jump(Encoder.NOT_EQUAL, loop);
        for (int step = 1; step < together; step *= 2) {
            for (int row = 0; row + step < together; row += 2 * step) {
                for (int v = 0; v < vectors; v++) {
                    int sum = row * vectors + v;
                    out.registers(Simd.ADD, sum, sum, sum + step * vectors);
                }
            }
        }
        for (int v = 0; v < vectors; v++) {
            out.memory(Simd.ADD, v, v, Address.of(TOTALS, 64 * v));
            out.memory(Simd.STORE, v, 0, Address.of(TOTALS, 64 * v));
        }
        out.putModeBack();
        out.giveBack();
        return out.toBytes();
    }

    private static void addRow(Encoder out, int sum, Address at, Element element) {
        if (element == Element.FLOAT32) {
            out.memory(Simd.ADD, sum, sum, at);
            return;
        }
        out.memory(Simd.WIDEN_SHORTS, SPARE, 0, at);
        out.registers(Simd.SHIFT_INTS, 6, SPARE, SPARE);
        out.bytes(16);
        out.registers(Simd.ADD, sum, sum, SPARE);
    }
}
