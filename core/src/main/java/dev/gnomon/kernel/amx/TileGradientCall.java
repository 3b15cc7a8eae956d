package dev.gnomon.kernel.amx;

import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.Frame;
import dev.gnomon.kernel.amx.TileArrangement.Loop;
import dev.gnomon.kernel.avx512.ColumnSums;
import dev.gnomon.kernel.avx512.MachineCode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A lane's part of the gradients of a [TileConvolution]'s kernel and bias: for each tap of the window the product of the
/// image, as a line of pixels for each channel, and the gradient of the result. A few small samples, or some rows of a large
/// one, are a line; sums go over the line in registers, and are then added in memory.
///
/// @param chunk what a line holds
record TileGradientCall(
        TileConvolution.Chunk chunk,
        Lines lines,
        Codes codes,
        @Nullable ColumnSums columns,
        Operands operands)
        implements Call {
    /// The pixels that a sum in registers goes over, about.
    private static final int PIXELS = 512;

    record Operands(Buffer x, Buffer dy, Buffer kernelGradient, @Nullable Buffer biasGradient) {}

    /// Lines of pixels of the image and of the result, and how they lie for the products.
    ///
    /// @param row bytes from a channel's line to the next channel's
    record Lines(TileLine image, TileLine result, long row) {
        long transposedPlane() {
            return image.channels() * row;
        }

        long scratchBytes() {
            return image.bytes() + image.parts() * transposedPlane() + 2 * result.bytes();
        }
    }

    record Codes(MachineCode transpose, MachineCode pairs, MachineCode first, MachineCode next) {}

    static Call of(
            TileConvolution shape,
            int largest,
            Buffer x,
            Buffer dy,
            Buffer kernelGradient,
            @Nullable Buffer biasGradient) {
        var chunk = shape.chunk(PIXELS, largest, shape.output().dim(1));
        var result = chunk.lineOfResults(dy.element());
        var image = chunk.lineOfImages(x.element());
        // an odd number of lines of the cache, so that channels do not share a set of it
        long row = 64L * (Math.ceilDiv(2L * image.pixels(), 64) | 1);
        var lines = new Lines(image, result, row);
        return new TileGradientCall(
                chunk,
                lines,
                codes(shape, lines),
                biasGradient == null ? null : ColumnSums.of(shape.filters(), dy.element()),
                new Operands(x, dy, kernelGradient, biasGradient));
    }

    private static Codes codes(TileConvolution shape, Lines lines) {
        long pixel = 2L * shape.channels();
        var transpose =
                TileArrangement.transpose(
                        pixel,
                        lines.row,
                        List.of(
                                new Loop(shape.channels() / 16, 32, 16 * lines.row),
                                new Loop(0, 32 * pixel, 64)));
        long resultPixel = 2L * shape.filters();
        var pairs =
                TileArrangement.interleave(
                        resultPixel,
                        List.of(
                                new Loop(shape.filters() / 16, 32, Tiles.BYTES),
                                new Loop(Tiles.ROWS, 2 * resultPixel, Tiles.ROW_BYTES),
                                new Loop(0, 32 * resultPixel, 32 * resultPixel)));
        return new Codes(
                transpose,
                pairs,
                TileProducts.gradient(shape, lines, false),
                TileProducts.gradient(shape, lines, true));
    }

    @Override
    public void run(Frame frame, int block) {
        long table = frame.conversion();
        Tiles.writeSetup(table);
        long images = frame.scratch();
        long results = images + lines.image.bytes();
        lines.image.clear(images);
        lines.result.clear(results);
        int height = shape().output().dim(1);
        boolean first = true;
        for (int sample = 0; sample < frame.samples(); sample += chunk.samples()) {
            for (int from = 0; from < height; from += chunk.rows()) {
                for (int i = 0; i < chunk.samples(); i++) {
                    write(frame, sample + i, i, from);
                }
                arrange(table, images, results);
                products(frame, first);
                first = false;
            }
        }
        if (operands.biasGradient != null) {
            long pixels = (long) frame.samples() * height * shape().output().dim(2);
            Objects.requireNonNull(columns)
                    .write(
                            table,
                            frame.address(operands.dy),
                            pixels,
                            frame.address(operands.biasGradient));
        }
    }

    /// Writes rows of a sample's image and of its result's gradient; zeros behind the last sample.
    ///
    /// @param within the sample counted within the chunk
    /// @param from the first row of the results
    private void write(Frame frame, int sample, int within, int from) {
        boolean exists = sample < frame.samples();
        Buffer x = operands.x;
        Buffer dy = operands.dy;
        long image = frame.address(x) + x.element().bytes() * shape().input().elements() * sample;
        long result =
                frame.address(dy) + dy.element().bytes() * shape().output().elements() * sample;
        long images = frame.scratch();
        chunk.writeImage(frame, lines.image, images, exists ? image : 0, within, from);
        lines.result.writeRows(
                frame,
                images + lines.image.bytes(),
                exists ? result : 0,
                from,
                chunk.rows(),
                chunk.begin(within));
    }

    private TileConvolution shape() {
        return chunk.shape();
    }

    private long transposed(long images) {
        return images + lines.image.bytes() + lines.result.bytes();
    }

    private long pairs(long images) {
        return transposed(images) + shape().parts() * lines.transposedPlane();
    }

    private void arrange(long table, long images, long results) {
        for (int part = 0; part < shape().parts(); part++) {
            MachineCode.put(table, TileWriter.FROM, images + part * lines.image.plane());
            MachineCode.put(
                    table, TileWriter.TO, transposed(images) + part * lines.transposedPlane());
            codes.transpose.run(table, lines.image.pixels() / 32, 0);
            MachineCode.put(table, TileWriter.FROM, results + part * lines.result.plane());
            MachineCode.put(table, TileWriter.TO, pairs(images) + part * lines.result.plane());
            codes.pairs.run(table, lines.result.pixels() / 32, 0);
        }
    }

    private void products(Frame frame, boolean first) {
        long table = frame.conversion();
        long kernel = frame.address(operands.kernelGradient);
        for (int tap = 0; tap < shape().taps(); tap++) {
            MachineCode.put(
                    table, TileWriter.FROM, transposed(frame.scratch()) + 2L * shape().shift(tap));
            MachineCode.put(table, TileWriter.RIGHT, pairs(frame.scratch()));
            MachineCode.put(
                    table,
                    TileWriter.TO,
                    kernel + 4L * tap * shape().channels() * shape().filters());
            (first ? codes.first : codes.next).run(table, lines.result.pixels() / 32, 0);
        }
    }

    @Override
    public String describe() {
        return "conv2d kernel gradient%s amx %s, %d×%d rows"
                .formatted(
                        operands.biasGradient == null ? "" : " + bias gradient",
                        shape().parts() == 1 ? "bf16" : "3×bf16",
                        chunk.samples(),
                        chunk.rows());
    }

    @Override
    public double flops() {
        return shape().flops();
    }

    @Override
    public long scratchBytes() {
        return lines.scratchBytes();
    }
}
