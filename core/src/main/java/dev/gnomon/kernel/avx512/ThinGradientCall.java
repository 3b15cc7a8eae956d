package dev.gnomon.kernel.avx512;

import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.Frame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A lane's part of the gradients of a [ThinConvolution]'s kernel and bias. Sums are made over some rows in registers and then
/// added in memory, so that a sum has few terms and its rounding errors stay small.
///
/// @param rowBlocks the blocks of rows of a sample that a sum in registers goes over
@SuppressWarnings("ArrayRecordComponent")
record ThinGradientCall(
        ThinConvolution shape,
        int rowBlocks,
        Pass[] passes,
        Buffer x,
        Buffer dy,
        Buffer kernelGradient,
        @Nullable Buffer biasGradient)
        implements Call {
    private static final int MOST_VECTORS = 2;

    /// The pixels that a sum in registers goes over, about.
    private static final int PIXELS = 512;

    /// One way through a block of rows: for some channels, some taps of the window.
    record Pass(ThinConvolution.Chunk chunk, MachineCode code) {}

    static Call of(
            ThinConvolution shape,
            Buffer x,
            Buffer dy,
            Buffer kernelGradient,
            @Nullable Buffer biasGradient) {
        List<Pass> passes = new ArrayList<>();
        for (ThinConvolution.Chunk chunk : shape.chunks(MOST_VECTORS)) {
            int sums = shape.taps() + (biasGradient == null ? 0 : 1);
            int most = ConvolutionWriter.sums(chunk.vectors());
            int cuts = (sums + most - 1) / most;
            for (int i = 0; i < cuts; i++) {
                int from = i * sums / cuts;
                int to = Math.min(shape.taps(), (i + 1) * sums / cuts);
                boolean bias = biasGradient != null && i == cuts - 1;
                byte[] code =
                        new ConvolutionWriter(shape)
                                .kernelGradient(chunk.vectors(), from, to, bias);
                passes.add(new Pass(chunk, ThinConvolution.code(code)));
            }
        }
        int rowBlocks =
                Math.clamp(
                        Math.ceilDiv((long) shape.rows() * shape.columns(), PIXELS),
                        1,
                        shape.rows());
        return new ThinGradientCall(
                shape, rowBlocks, passes.toArray(new Pass[0]), x, dy, kernelGradient, biasGradient);
    }

    @Override
    public void run(Frame frame, int block) {
        long image = frame.address(x);
        long gradient = frame.address(dy);
        long kernel = frame.address(kernelGradient);
        long bias = biasGradient == null ? 0 : frame.address(biasGradient);
        Frame.zero(kernel, kernel + 4L * shape.taps() * shape.filters());
        Frame.zero(bias, biasGradient == null ? 0 : bias + 4L * shape.filters());
        shape.clearFrame(frame.scratch());
        for (int sample = 0; sample < frame.samples(); sample++) {
            long framed = shape.framed(image, frame.scratch(), 0, shape.rows());
            for (int i = 0; i < rowBlocks; i++) {
                rows(frame.conversion(), framed, gradient, kernel, bias, i);
            }
            image += 4 * shape.input().elements();
            gradient += 4 * shape.output().elements();
        }
    }

    private void rows(long table, long image, long gradient, long kernel, long bias, int block) {
        int from = (int) ((long) shape.rows() * block / rowBlocks);
        int rows = (int) ((long) shape.rows() * (block + 1) / rowBlocks) - from;
        long first = image + (long) from * shape.rowBytes();
        long firstGradient = gradient + 4L * from * shape.columns() * shape.filters();
        for (Pass pass : passes) {
            long at = pass.chunk.bytes();
            MachineCode.put(table, ConvolutionWriter.X, first);
            MachineCode.put(table, ConvolutionWriter.DY, firstGradient + at);
            MachineCode.put(table, ConvolutionWriter.KERNEL_GRADIENT, kernel + at);
            MachineCode.put(table, ConvolutionWriter.BIAS_GRADIENT, bias + at);
            pass.code.run(table, rows, 0);
        }
    }

    @Override
    public String describe() {
        return "conv2d kernel gradient%s avx512 %d ways"
                .formatted(biasGradient == null ? "" : " + bias gradient", passes.length);
    }

    @Override
    public double flops() {
        return shape.flops();
    }

    @Override
    public long scratchBytes() {
        return shape.scratchBytes();
    }
}
