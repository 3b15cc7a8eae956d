package dev.gnomon.kernel.amx;

import static dev.gnomon.kernel.avx512.Encoder.ALL;
import static dev.gnomon.kernel.avx512.Encoder.HALF;

import dev.gnomon.kernel.Element;
import dev.gnomon.kernel.avx512.Encoder;
import dev.gnomon.kernel.avx512.Encoder.Address;
import dev.gnomon.kernel.avx512.MachineCode;
import dev.gnomon.kernel.avx512.Simd;
import java.util.List;
import java.util.function.IntConsumer;

/// Writes the functions that bring numbers into parts and into the order that tiles want.
final class TileArrangement extends TileWriter {
    /// A loop of a nest: how often, and how far the two addresses go on each time.
    record Loop(long count, long from, long to) {}

    private TileArrangement() {}

    // ---- numbers become bfloat16 numbers

    /// Splits floats into parts, sixteen for each count: each part is what the parts before it leave of a number, rounded.
    ///
    /// @param plane bytes from one part's numbers to the next part's
    static MachineCode split(Element element, int parts, long plane) {
        var writer = new TileArrangement();
        writer.begin();
        writer.address(FROM, A);
        writer.address(TO, B);
        Encoder out = writer.out;
        writer.repeat(() -> {
            if (element == Element.BFLOAT16) {
                out.memory(Simd.LOAD, 0, 0, Address.of(A, 0), ALL, false, HALF);
                out.memory(Simd.STORE, 0, 0, Address.of(B, 0), ALL, false, HALF);
            } else {
                writer.splitFloats(parts, plane);
            }
            out.add(A, VECTORS * Math.toIntExact(element.bytes()));
            out.add(B, VECTORS * 2);
        });
        return writer.end();
    }

    private void splitFloats(int parts, long plane) {
        out.memory(Simd.LOAD, 0, 0, Address.of(A, 0));
        for (int part = 0; part < parts; part++) {
            var to = Address.of(B, Math.toIntExact(part * plane));
            out.registers(Simd.TO_BFLOAT16, 1, 0, 0);
            out.memory(Simd.STORE, 1, 0, to, ALL, false, HALF);
            if (part < parts - 1) {
                out.registers(Simd.WIDEN_SHORTS, 1, 0, 1);
                shiftLeft(1);
                out.registers(Simd.SUBTRACT, 0, 0, 1);
            }
        }
    }

    private void shiftLeft(int vector) {
        out.registers(Simd.SHIFT_INTS, 6, vector, vector);
        out.bytes(16);
    }

    // ---- arrangements of bfloat16 numbers

    /// Interleaves pairs of rows, sixteen numbers of each for each round of the loops.
    ///
    /// @param row bytes from one row to the next
    static MachineCode interleave(long row, List<Loop> loops) {
        var writer = new TileArrangement();
        writer.begin();
        writer.nest(
                loops,
                () -> {
                    writer.pair(0, 1, row, 0);
                    writer.out.memory(Simd.STORE, 0, 0, Address.of(B, 0));
                });
        return writer.end();
    }

    /// Makes rows of columns: of 32 rows of 16 numbers for each round of the loops.
    ///
    /// @param row bytes from one row to the next
    /// @param rowTo bytes from one row of the result, of 32 numbers, to the next
    static MachineCode transpose(long row, long rowTo, List<Loop> loops) {
        var writer = new TileArrangement();
        return writer.transposed(rowTo, loops, i -> writer.pair(i, VECTORS + i, row, 2L * i * row));
    }

    /// Makes rows of columns of pairs: of 16 rows of 32 numbers for each round of the loops.
    static MachineCode transposePairs(long row, long rowTo, List<Loop> loops) {
        var writer = new TileArrangement();
        return writer.transposed(
                rowTo,
                loops,
                i -> writer.out.memory(Simd.LOAD, i, 0, Address.of(A, Math.toIntExact(i * row))));
    }

    /// @param load loads the vector of that number
    private MachineCode transposed(long rowTo, List<Loop> loops, IntConsumer load) {
        begin();
        nest(
                loops,
                () -> {
                    for (int i = 0; i < VECTORS; i++) {
                        load.accept(i);
                    }
                    transposed(rowTo);
                });
        return end();
    }

    /// Numbers of two neighbouring rows in turn.
    private void pair(int to, int spare, long row, long from) {
        out.memory(Simd.WIDEN_SHORTS, to, 0, Address.of(A, Math.toIntExact(from)));
        out.memory(Simd.WIDEN_SHORTS, spare, 0, Address.of(A, Math.toIntExact(from + row)));
        shiftLeft(spare);
        out.registers(Simd.OR, to, to, spare);
    }

    /// Writes the columns of the sixteen vectors of sixteen words.
    private void transposed(long rowTo) {
        for (int i = 0; i < VECTORS; i += 2) {
            out.registers(Simd.UNPACK_LOW, VECTORS + i, i, i + 1);
            out.registers(Simd.UNPACK_HIGH, VECTORS + i + 1, i, i + 1);
        }
        for (int i = 0; i < VECTORS; i += 4) {
            int from = VECTORS + i;
            out.registers(Simd.UNPACK_LOW_DOUBLES, i, from, from + 2);
            out.registers(Simd.UNPACK_HIGH_DOUBLES, i + 1, from, from + 2);
            out.registers(Simd.UNPACK_LOW_DOUBLES, i + 2, from + 1, from + 3);
            out.registers(Simd.UNPACK_HIGH_DOUBLES, i + 3, from + 1, from + 3);
        }
        for (int i = 0; i < VECTORS; i += 8) {
            for (int j = 0; j < 4; j++) {
                quarters(VECTORS + i + j, i + j, i + 4 + j, 0x88);
                quarters(VECTORS + i + 4 + j, i + j, i + 4 + j, 0xDD);
            }
        }
        for (int j = 0; j < 8; j++) {
            quarters(j, VECTORS + j, VECTORS + 8 + j, 0x88);
            quarters(8 + j, VECTORS + j, VECTORS + 8 + j, 0xDD);
        }
        for (int i = 0; i < VECTORS; i++) {
            out.memory(Simd.STORE, i, 0, Address.of(B, Math.toIntExact(i * rowTo)));
        }
    }

    private void quarters(int to, int first, int second, int which) {
        out.registers(Simd.SHUFFLE_QUARTERS, to, first, second);
        out.bytes(which);
    }

    /// Loops within loops, the innermost first; the outermost goes on as often as the count says.
    private void nest(List<Loop> loops, Runnable body) {
        address(FROM, A);
        address(TO, B);
        int[] starts = new int[loops.size()];
        for (int i = loops.size() - 1; i >= 0; i--) {
            if (i < loops.size() - 1) {
                out.set(LOOPS[i], Math.toIntExact(loops.get(i).count));
            }
            starts[i] = out.here();
        }
        body.run();
        for (int i = 0; i < loops.size(); i++) {
            Loop loop = loops.get(i);
            Loop inner = i == 0 ? new Loop(0, 0, 0) : loops.get(i - 1);
            out.add(A, Math.toIntExact(loop.from - inner.count * inner.from));
            out.add(B, Math.toIntExact(loop.to - inner.count * inner.to));
            out.countDown(i < loops.size() - 1 ? LOOPS[i] : COUNT);
            out.jump(Encoder.NOT_EQUAL, starts[i]);
        }
    }
}
