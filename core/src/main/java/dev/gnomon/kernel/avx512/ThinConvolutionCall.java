package dev.gnomon.kernel.avx512;

import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.ConvolutionOperands;
import dev.gnomon.kernel.Frame;

/// The result of a [ThinConvolution], sample after sample.
///
/// @param blocks the blocks of rows that the result is cut into
/// @param codes a function for each chunk of channels
@SuppressWarnings("ArrayRecordComponent")
record ThinConvolutionCall(
        ThinConvolution shape,
        int blocks,
        ThinConvolution.Chunk[] chunks,
        MachineCode[] codes,
        ConvolutionOperands operands,
        String name)
        implements Call {
    private static final int MOST_VECTORS = 4;

    static Call of(ThinConvolution shape, int blocks, ConvolutionOperands operands, boolean relu) {
        boolean bias = operands.bias() != null;
        var chunks = shape.chunks(MOST_VECTORS);
        var codes = new MachineCode[chunks.length];
        for (int i = 0; i < chunks.length; i++) {
            codes[i] =
                    ThinConvolution.code(
                            new ConvolutionWriter(shape).forward(chunks[i].vectors(), bias, relu));
        }
        int vectors = chunks[chunks.length - 1].vectors();
        String name =
                "conv2d%s%s avx512 %dx%d"
                        .formatted(
                                bias ? " + bias" : "",
                                relu ? " + relu" : "",
                                new ConvolutionWriter(shape).forwardCut(vectors).pixels(),
                                vectors);
        return new ThinConvolutionCall(
                shape, Math.min(blocks, shape.rows()), chunks, codes, operands, name);
    }

    @Override
    public void run(Frame frame, int block) {
        int from = shape.rows() * block / blocks;
        int rows = shape.rows() * (block + 1) / blocks - from;
        long x = frame.address(operands.x());
        long kernel = frame.address(operands.kernel());
        long bias = operands.bias() == null ? 0 : frame.address(operands.bias());
        long y = frame.address(operands.y()) + 4L * from * shape.columns() * shape.filters();
        long table = frame.conversion();
        shape.clearFrame(frame.scratch());
        for (int sample = 0; sample < frame.samples(); sample++) {
            long image =
                    shape.framed(x, frame.scratch(), from, rows) + (long) from * shape.rowBytes();
            for (int i = 0; i < chunks.length; i++) {
                MachineCode.put(table, ConvolutionWriter.X, image);
                MachineCode.put(table, ConvolutionWriter.KERNEL, kernel + chunks[i].bytes());
                MachineCode.put(table, ConvolutionWriter.BIAS, bias + chunks[i].bytes());
                MachineCode.put(table, ConvolutionWriter.Y, y + chunks[i].bytes());
                codes[i].run(table, rows, 0);
            }
            x += 4 * shape.input().elements();
            y += 4 * shape.output().elements();
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
        return shape.scratchBytes();
    }
}
