package dev.gnomon.kernel.avx512;

import dev.gnomon.graph.Op;
import dev.gnomon.graph.Op.UnaryFunction;
import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.ConvolutionOperands;
import dev.gnomon.kernel.Frame;
import dev.gnomon.tensor.Shape;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A convolution of images with few channels, as the first one of a network is. A window has so few taps (its places times
/// the channels) that the code goes through them without a loop. Kernels are read and gradients are written as they are, in
/// the layout `[height, width, in, out]`.
///
/// @param window the window
/// @param input the image, `[batch, height, width, channels]`
/// @param output the result, `[batch, height, width, filters]`
public record ThinConvolution(Op.Window window, Shape input, Shape output) {
    // within these bounds it was faster than oneDNN wherever it was measured
    private static final int MOST_CHANNELS = 8;
    private static final int FEWEST_TAPS = 4;
    private static final int MOST_TAPS = 150;
    private static final int LANES = 16;

    /// The convolution, where it is of this kind and the machine can run the code; else null.
    public static @Nullable ThinConvolution of(
            Op.Window window, int groups, Shape input, Shape output) {
        var made = new ThinConvolution(window, input, output);
        boolean suits =
                groups == 1
                        && input.last() <= MOST_CHANNELS
                        && made.taps() >= FEWEST_TAPS
                        && made.taps() <= MOST_TAPS
                        && output.last() % LANES == 0
                        && output.isBatched()
                        && made.framedBytes() < Integer.MAX_VALUE;
        return suits && MachineCode.isSupported() ? made : null;
    }

    /// Whether an activation can be fused behind it.
    public static boolean fuses(@Nullable UnaryFunction activation) {
        return activation == null || activation == UnaryFunction.RELU;
    }

    /// The result.
    ///
    /// @param blocks the blocks of rows that it is cut into when there is one sample only, else 1
    public Call forward(
            int blocks, ConvolutionOperands operands, @Nullable UnaryFunction activation) {
        return ThinConvolutionCall.of(this, blocks, operands, activation == UnaryFunction.RELU);
    }

    /// A lane's part of the kernel's gradient, and of the bias's where it is wanted.
    public Call kernelGradient(
            Buffer x, Buffer dy, Buffer kernelGradient, @Nullable Buffer biasGradient) {
        return ThinGradientCall.of(this, x, dy, kernelGradient, biasGradient);
    }

    // ---- sizes

    int channels() {
        return input.last();
    }

    int filters() {
        return output.last();
    }

    int rows() {
        return output.dim(1);
    }

    int columns() {
        return output.dim(2);
    }

    int taps() {
        return window.height() * window.width() * channels();
    }

    double flops() {
        return 2.0 * output.elements() * taps();
    }

    /// Bytes from a row of the result to the next, in the framed image.
    int rowBytes() {
        return window.strideHeight() * framedRowBytes();
    }

    /// Bytes from a pixel of the result to the next, in the framed image.
    int columnBytes() {
        return 4 * window.strideWidth() * channels();
    }

    /// Bytes from the first pixel of a block to where a tap of the window meets the image for another of its pixels.
    int tapAt(int pixel, int tap) {
        int row = tap / channels() / window.width() * window.dilationHeight();
        int column = tap / channels() % window.width() * window.dilationWidth();
        return row * framedRowBytes()
                + pixel * columnBytes()
                + 4 * (column * channels() + tap % channels());
    }

    // ---- the frame of zeros around an image

    private boolean isFramed() {
        return (window.top() | window.bottom() | window.left() | window.right()) != 0;
    }

    private int framedRowBytes() {
        return 4 * (input.dim(2) + window.left() + window.right()) * channels();
    }

    private long framedBytes() {
        return (long) (input.dim(1) + window.top() + window.bottom()) * framedRowBytes();
    }

    /// Bytes of scratch for one framed image; 0 where the window stays within the image.
    long scratchBytes() {
        return isFramed() ? framedBytes() : 0;
    }

    /// Writes the frame of zeros around the place of an image.
    void clearFrame(long scratch) {
        if (!isFramed()) {
            return;
        }
        long pixels = 4L * input.dim(2) * channels();
        long at = scratch;
        long image = placeOfImage(scratch);
        for (int row = 0; row < input.dim(1); row++) {
            Frame.zero(at, image);
            at = image + pixels;
            image += framedRowBytes();
        }
        Frame.zero(at, scratch + framedBytes());
    }

    private long placeOfImage(long scratch) {
        return scratch + (long) window.top() * framedRowBytes() + 4L * window.left() * channels();
    }

    /// Where an image with its frame lies: in place, or copied into the frame, as far as some rows of the result need it.
    long framed(long image, long scratch, int from, int rows) {
        if (!isFramed()) {
            return image;
        }
        int first = from * window.strideHeight() - window.top();
        int last =
                (from + rows - 1) * window.strideHeight()
                        + (window.height() - 1) * window.dilationHeight()
                        - window.top();
        long bytes = 4L * input.dim(2) * channels();
        long place = placeOfImage(scratch);
        for (int row = Math.max(0, first); row < Math.min(last + 1, input.dim(1)); row++) {
            MemorySegment.copy(
                    Frame.MEMORY,
                    image + row * bytes,
                    Frame.MEMORY,
                    place + (long) row * framedRowBytes(),
                    bytes);
        }
        return scratch;
    }

    // ---- channels

    /// Some vectors of channels that one function works on.
    ///
    /// @param first the first vector
    record Chunk(int first, int vectors) {
        long bytes() {
            return 64L * first;
        }
    }

    /// All channels in chunks of at most so many vectors, nearly equal.
    Chunk[] chunks(int most) {
        int vectors = filters() / LANES;
        Chunk[] chunks = new Chunk[(vectors + most - 1) / most];
        for (int i = 0; i < chunks.length; i++) {
            int first = i * vectors / chunks.length;
            chunks[i] = new Chunk(first, (i + 1) * vectors / chunks.length - first);
        }
        return chunks;
    }

    static MachineCode code(byte[] bytes) {
        return MachineCode.required(bytes);
    }
}
