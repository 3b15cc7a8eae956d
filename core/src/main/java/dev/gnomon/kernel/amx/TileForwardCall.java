package dev.gnomon.kernel.amx;

import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.Frame;
import dev.gnomon.kernel.avx512.MachineCode;
import org.jspecify.annotations.Nullable;

/// The result of a [TileConvolution], some rows of a sample after the other: the image's rows become a line of pixels, the
/// line's products are summed in scratch memory, and their valid pixels end as the result.
///
/// @param blocks the blocks of rows
record TileForwardCall(
        String name,
        TileConvolution shape,
        int blocks,
        TileLine line,
        MachineCode products,
        MachineCode finish,
        Operands operands)
        implements Call {
    record Operands(Buffer x, Buffer packed, @Nullable Buffer bias, Buffer y) {}

    static Call of(
            String name,
            TileConvolution shape,
            int blocks,
            Buffer x,
            Buffer packed,
            @Nullable Buffer bias,
            Buffer y,
            boolean relu) {
        var line =
                TileLine.of(
                        shape.imageLine(rows(shape, blocks)),
                        shape.channels(),
                        shape.parts(),
                        x.element());
        String full =
                name
                        + (bias == null ? "" : " + bias")
                        + (relu ? " + relu" : "")
                        + (shape.parts() == 1 ? " amx bf16" : " amx 3×bf16");
        return new TileForwardCall(
                full,
                shape,
                Math.min(blocks, shape.output().dim(1)),
                line,
                TileWriter.forward(shape, line.plane()),
                TileWriter.finish(shape.filters(), bias != null, relu, y.element()),
                new Operands(x, packed, bias, y));
    }

    /// Rows of the result that are computed at once.
    private static int rows(TileConvolution shape, int blocks) {
        return Math.min(shape.rowsForward(), Math.ceilDiv(shape.output().dim(1), blocks));
    }

    @Override
    public void run(Frame frame, int block) {
        int height = shape.output().dim(1);
        int begin = height * block / blocks;
        int end = height * (block + 1) / blocks;
        long table = frame.conversion();
        Tiles.writeSetup(table);
        line.clear(frame.scratch());
        long x = frame.address(operands.x);
        long y = frame.address(operands.y);
        int most = rows(shape, blocks);
        for (int sample = 0; sample < frame.samples(); sample++) {
            for (int from = begin; from < end; from += most) {
                int rows = Math.min(most, end - from);
                image(table, x, frame.scratch(), from, rows);
                products(table, frame.address(operands.packed), frame.scratch(), rows);
                finish(frame, y, from, rows);
            }
            x += operands.x.element().bytes() * shape.input().elements();
            y += operands.y.element().bytes() * shape.output().elements();
        }
    }

    /// The rows of an image that some rows of the result need.
    private void image(long table, long image, long scratch, int from, int rows) {
        int width = shape.input().dim(2);
        long rowBytes = (long) line.elementBytes() * width * shape.channels();
        for (int i = 0; i < rows + shape.window().height() - 1; i++) {
            int row = from + i - shape.window().top();
            if (row >= 0 && row < shape.input().dim(1)) {
                line.write(table, image + row * rowBytes, width, scratch, shape.placeOfRow(i));
            } else {
                line.zero(width, scratch, shape.placeOfRow(i));
            }
        }
    }

    private void products(long table, long packed, long scratch, int rows) {
        long tiles = shape.line(rows) / (2 * Tiles.ROWS);
        for (int i = 0; i < shape.filters() / 32; i++) {
            MachineCode.put(table, TileWriter.FROM, scratch);
            MachineCode.put(table, TileWriter.RIGHT, packed + i * TilePackCall.filtersApart(shape));
            MachineCode.put(
                    table, TileWriter.TO, scratch + line.bytes() + 2L * Tiles.ROW_BYTES * i);
            products.run(table, tiles, 0);
        }
    }

    private void finish(Frame frame, long y, int from, int rows) {
        long table = frame.conversion();
        int width = shape.output().dim(2);
        int pixelBytes = operands.y.element().bytes() * shape.filters();
        for (int i = 0; i < rows; i++) {
            long sums = frame.scratch() + line.bytes() + 4L * shape.filters() * shape.pitch() * i;
            MachineCode.put(table, TileWriter.FROM, sums);
            MachineCode.put(table, TileWriter.TO, y + (long) (from + i) * width * pixelBytes);
            if (operands.bias != null) {
                MachineCode.put(table, TileWriter.BIAS, frame.address(operands.bias));
            }
            finish.run(table, width, 0);
        }
    }

    @Override
    public String describe() {
        return name;
    }

    @Override
    public double flops() {
        return shape.flops();
    }

    @Override
    public long scratchBytes() {
        return line.bytes() + 4L * shape.line(rows(shape, blocks)) * shape.filters();
    }
}
