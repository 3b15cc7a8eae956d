package dev.gnomon.kernel.amx;

import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.Frame;
import dev.gnomon.kernel.amx.TileArrangement.Loop;
import dev.gnomon.kernel.avx512.MachineCode;
import dev.gnomon.tensor.Shape;
import java.util.List;

/// Packs a kernel for the tiles of a [TileConvolution]: for each 32 filters and each 32 channels all taps of the window, of
/// each tap the parts, of each part two tiles. A tap is a block of the work.
///
/// @param reversed whether taps are taken in reverse order
/// @param line the parts of a tap's numbers, as a line of rows
/// @param arrange what arranges a part
record TilePackCall(
        TileConvolution shape,
        boolean reversed,
        TileLine line,
        MachineCode arrange,
        Buffer kernel,
        Buffer packed)
        implements Call {
    private static final int PAIR = 2 * Tiles.BYTES;

    static Call forward(TileConvolution shape, Buffer kernel, Buffer packed) {
        long row = 2L * shape.filters();
        var arrange =
                TileArrangement.interleave(
                        row,
                        List.of(
                                new Loop(2, 32, Tiles.BYTES),
                                new Loop(shape.filters() / 32, 64, filtersApart(shape)),
                                new Loop(Tiles.ROWS, 2 * row, Tiles.ROW_BYTES),
                                new Loop(0, 32 * row, channelsApart(shape))));
        return of(shape, false, shape.channels(), shape.filters(), arrange, kernel, packed);
    }

    /// Of the kernel as it lies, the filters of `shape` are the rows.
    static Call reversed(TileConvolution shape, Buffer kernel, Buffer packed) {
        long row = 2L * shape.channels();
        var arrange =
                TileArrangement.transposePairs(
                        row,
                        Tiles.ROW_BYTES,
                        List.of(
                                new Loop(2, 16 * row, Tiles.BYTES),
                                new Loop(shape.filters() / 32, 32 * row, filtersApart(shape)),
                                new Loop(0, 64, channelsApart(shape))));
        return of(shape, true, shape.filters(), shape.channels(), arrange, kernel, packed);
    }

    private static Call of(
            TileConvolution shape,
            boolean reversed,
            int rows,
            int columns,
            MachineCode arrange,
            Buffer kernel,
            Buffer packed) {
        var tap = Shape.of(rows, columns);
        var line = TileLine.of(rows, tap, 0, shape.parts(), kernel.element());
        return new TilePackCall(shape, reversed, line, arrange, kernel, packed);
    }

    /// Bytes from 32 channels to the next.
    private static long channelsApart(TileConvolution shape) {
        return (long) shape.taps() * shape.parts() * PAIR;
    }

    /// Bytes from 32 filters to the next.
    static long filtersApart(TileConvolution shape) {
        return shape.steps() * channelsApart(shape);
    }

    @Override
    public void run(Frame frame, int block) {
        int rows = line.pixels();
        long from =
                frame.address(kernel) + (long) line.elementBytes() * rows * line.channels() * block;
        line.write(frame, frame.scratch(), from, rows, 0);
        int tap = reversed ? shape.taps() - 1 - block : block;
        for (int part = 0; part < shape.parts(); part++) {
            long to = frame.address(packed) + (long) PAIR * (tap * shape.parts() + part);
            long table = frame.conversion();
            MachineCode.put(table, TileWriter.FROM, frame.scratch() + part * line.plane());
            MachineCode.put(table, TileWriter.TO, to);
            arrange.run(table, shape.steps(), 0);
        }
    }

    @Override
    public int blocks() {
        return shape.taps();
    }

    @Override
    public String describe() {
        return "pack kernel amx";
    }

    @Override
    public long scratchBytes() {
        return line.bytes();
    }
}
