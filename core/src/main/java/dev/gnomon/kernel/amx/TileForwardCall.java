package dev.gnomon.kernel.amx;

import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.ConvolutionOperands;
import dev.gnomon.kernel.Frame;
import dev.gnomon.kernel.avx512.MachineCode;

/// The result of a [TileConvolution], chunk by chunk: images' rows become a line of pixels, the line's products are summed in
/// scratch memory, and their valid pixels end as the result.
///
/// @param blocks the blocks of rows
record TileForwardCall(
        String name,
        TileConvolution.Chunk chunk,
        int blocks,
        TileLine line,
        MachineCode products,
        MachineCode finish,
        ConvolutionOperands operands)
        implements Call {
    /// The pixels that are computed at once, about.
    private static final int PIXELS = 512;

    static Call of(
            String name,
            TileConvolution shape,
            int samples,
            int blocks,
            ConvolutionOperands operands,
            boolean relu) {
        int height = shape.output().dim(1);
        var chunk = shape.chunk(PIXELS, samples, Math.ceilDiv(height, blocks));
        var line = chunk.lineOfImages(operands.x().element());
        boolean bias = operands.bias() != null;
        String full = name + (bias ? " + bias" : "") + (relu ? " + relu" : "") + " amx 3×bf16";
        return new TileForwardCall(
                full,
                chunk,
                Math.min(blocks, height),
                line,
                TileProducts.forward(shape, line.plane()),
                TileProducts.finish(shape.filters(), bias, relu),
                operands);
    }

    private TileConvolution shape() {
        return chunk.shape();
    }

    @Override
    public void run(Frame frame, int block) {
        int height = shape().output().dim(1);
        int begin = height * block / blocks;
        int end = height * (block + 1) / blocks;
        Tiles.writeSetup(frame.conversion());
        line.clear(frame.scratch());
        for (int first = 0; first < frame.samples(); first += chunk.samples()) {
            int samples = Math.min(chunk.samples(), frame.samples() - first);
            for (int from = begin; from < end; from += chunk.rows()) {
                int rows = Math.min(chunk.rows(), end - from);
                for (int i = 0; i < samples; i++) {
                    long image = frame.address(operands.x()) + (first + i) * imageBytes();
                    chunk.writeImage(frame, line, frame.scratch(), image, i, from);
                }
                products(frame, chunk.pixels(samples));
                for (int i = 0; i < samples; i++) {
                    finish(frame, first + i, from, rows, chunk.begin(i));
                }
            }
        }
    }

    private long imageBytes() {
        return Float.BYTES * shape().input().elements();
    }

    private long sums(Frame frame) {
        return frame.scratch() + line.bytes();
    }

    private void products(Frame frame, int pixels) {
        long table = frame.conversion();
        long packed = frame.address(operands.kernel());
        for (int i = 0; i < shape().filters() / 32; i++) {
            MachineCode.put(table, TileWriter.FROM, frame.scratch());
            MachineCode.put(
                    table, TileWriter.RIGHT, packed + i * TilePackCall.filtersApart(shape()));
            MachineCode.put(table, TileWriter.TO, sums(frame) + 2L * Tiles.ROW_BYTES * i);
            products.run(table, pixels / (2 * Tiles.ROWS), 0);
        }
    }

    private void finish(Frame frame, int sample, int from, int rows, int at) {
        long table = frame.conversion();
        int filters = shape().filters();
        int width = shape().output().dim(2);
        long rowBytes = (long) Float.BYTES * filters * width;
        long y =
                frame.address(operands.y())
                        + ((long) sample * shape().output().dim(1) + from) * rowBytes;
        for (int i = 0; i < rows; i++) {
            int pixel = at + shape().pitch() * i;
            MachineCode.put(table, TileWriter.FROM, sums(frame) + 4L * filters * pixel);
            MachineCode.put(table, TileWriter.TO, y + i * rowBytes);
            if (operands.bias() != null) {
                MachineCode.put(table, TileWriter.BIAS, frame.address(operands.bias()));
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
        return shape().flops();
    }

    @Override
    public long scratchBytes() {
        return line.bytes() + 4L * chunk.pixels() * shape().filters();
    }
}
