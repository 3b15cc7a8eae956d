package dev.gnomon.kernel.amx;

import dev.gnomon.graph.Op;
import dev.gnomon.graph.Op.UnaryFunction;
import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.ConvolutionOperands;
import dev.gnomon.kernel.Element;
import dev.gnomon.kernel.Frame;
import dev.gnomon.tensor.Shape;
import org.jspecify.annotations.Nullable;

/// A convolution with stride 1 as products of tiles. The pixels of an image lie in one line, row after row with zeros between
/// them, as wide as the window reaches over the edge; so a tap of the window is the same step along the line for all pixels,
/// and sixteen neighbours on the line are the rows of a tile. What the line gives for the places between rows is left out.
///
/// A number is kept in parts: one bfloat16 number, or three whose sum is the float32 number. Of the nine products of the
/// parts of two numbers the six largest are added.
///
/// @param window the window
/// @param input the image, `[batch, height, width, channels]`
/// @param output the result, `[batch, height, width, filters]`
/// @param parts 3 to compute with float32 numbers, 1 with bfloat16 numbers
public record TileConvolution(Op.Window window, Shape input, Shape output, int parts) {
    /// The code goes through the taps of a window without a loop, so it is longer the more there are.
    private static final int MOST_TAPS = 150;

    private static final int TWO_TILES = 2 * Tiles.ROWS;

    /// The convolution, where it is of this kind and the machine has tiles; else null.
    ///
    /// @param element the numbers that it computes with
    public static @Nullable TileConvolution of(
            Op.Window window, int groups, Shape input, Shape output, Element element) {
        boolean suits =
                groups == 1
                        && window.strideHeight() == 1
                        && window.strideWidth() == 1
                        && window.dilationHeight() == 1
                        && window.dilationWidth() == 1
                        && Math.max(window.top(), window.bottom()) < window.height()
                        && Math.max(window.left(), window.right()) < window.width()
                        && window.height() * window.width() <= MOST_TAPS
                        && input.isBatched()
                        && input.last() % Tiles.INNER == 0
                        && output.last() % Tiles.INNER == 0;
        if (!suits || !Tiles.areSupported()) {
            return null;
        }
        return new TileConvolution(window, input, output, element == Element.FLOAT32 ? 3 : 1);
    }

    /// Whether an activation can be fused behind it.
    public static boolean fuses(@Nullable UnaryFunction activation) {
        return activation == null || activation == UnaryFunction.RELU;
    }

    /// The convolution that gives the gradient of this one's input from that of its result.
    public TileConvolution ofInputGradient() {
        var reversed =
                new Op.Window(
                        window.height(),
                        window.width(),
                        1,
                        1,
                        1,
                        1,
                        window.height() - 1 - window.top(),
                        window.height() - 1 - window.bottom(),
                        window.width() - 1 - window.left(),
                        window.width() - 1 - window.right());
        return new TileConvolution(reversed, /* input= */ output, /* output= */ input, parts);
    }

    /// Bytes of a packed kernel.
    public long packedBytes() {
        return 2L * parts * taps() * channels() * filters();
    }

    /// Packs a kernel `[height, width, in, out]`.
    public Call pack(Buffer kernel, Buffer packed) {
        return TilePackCall.forward(this, kernel, packed);
    }

    /// Packs a kernel, `[height, width, out, in]` as seen from here, of which this is the input's gradient.
    public Call packReversed(Buffer kernel, Buffer packed) {
        return TilePackCall.reversed(this, kernel, packed);
    }

    /// The result, of float32 numbers.
    ///
    /// @param samples the samples of the largest shard
    /// @param blocks the blocks of rows that it is cut into when there is one sample only, else 1
    public Call forward(
            String name,
            int samples,
            int blocks,
            ConvolutionOperands operands,
            @Nullable UnaryFunction activation) {
        return TileForwardCall.of(
                name, this, samples, blocks, operands, activation == UnaryFunction.RELU);
    }

    /// A lane's part of the kernel's gradient, and of the bias's where it is wanted.
    ///
    /// @param samples the samples of the largest shard
    public Call kernelGradient(
            int samples,
            Buffer x,
            Buffer dy,
            Buffer kernelGradient,
            @Nullable Buffer biasGradient) {
        return TileGradientCall.of(this, samples, x, dy, kernelGradient, biasGradient);
    }

    // ---- sizes

    int channels() {
        return input.last();
    }

    int filters() {
        return output.last();
    }

    int taps() {
        return window.height() * window.width();
    }

    int steps() {
        return channels() / Tiles.INNER;
    }

    double flops() {
        return 2.0 * output.elements() * taps() * channels();
    }

    // ---- the line of pixels

    /// Pixels of the line from a row to the next.
    int pitch() {
        return input.dim(2) + Math.max(window.left(), window.right());
    }

    /// The step along the line from a pixel of the result to what a tap of the window takes.
    int shift(int tap) {
        return tap / window.width() * pitch() + tap % window.width();
    }

    int farthest() {
        return shift(taps() - 1);
    }

    /// Pixels from a sample's line to the next one's, which begins with the zeros that the one before ends with.
    private int sampleLine() {
        return (input.dim(1) + Math.max(window.top(), window.bottom())) * pitch();
    }

    /// What is computed at once: some rows of the result of a sample, or a few whole samples whose lines are joined.
    ///
    /// @param rows the rows of each sample
    record Chunk(TileConvolution shape, int samples, int rows) {
        /// The place on the line of a sample's first pixel.
        int begin(int sample) {
            return sample * shape.sampleLine();
        }

        TileLine lineOfImages(Element element) {
            return TileLine.of(imagePixels(), shape.input, shape.pitch(), shape.parts, element);
        }

        TileLine lineOfResults(Element element) {
            return TileLine.of(pixels(), shape.output, shape.pitch(), shape.parts, element);
        }

        /// Writes the rows of a sample's image that its results need.
        ///
        /// @param image where the sample's image lies; 0 where there is none
        /// @param sample counted within the chunk
        /// @param from the first row of the results
        void writeImage(Frame frame, TileLine line, long to, long image, int sample, int from) {
            int first = from - shape.window.top();
            int at = begin(sample) + shape.window.left();
            line.writeRows(frame, to, image, first, imageRows(), at);
        }

        private int imageRows() {
            return rows + shape.window.height() - 1;
        }

        /// Pixels of the line of results, in whole tiles.
        int pixels() {
            return pixels(samples);
        }

        /// Pixels of the line of the results of so many samples.
        int pixels(int some) {
            int last = (rows - 1) * shape.pitch() + shape.output.dim(2);
            return roundUp(begin(some - 1) + last, TWO_TILES);
        }

        /// Pixels of the line of images that the results need.
        int imagePixels() {
            int image = begin(samples - 1) + imageRows() * shape.pitch() + shape.window.left();
            return roundUp(Math.max(image, pixels() + shape.farthest()), TWO_TILES);
        }
    }

    /// A chunk of about so many pixels.
    ///
    /// @param most the most samples that there are
    /// @param mostRows the most rows
    Chunk chunk(int pixels, int most, int mostRows) {
        int height = output.dim(1);
        int cuts = Math.min(Math.ceilDiv(height * pitch(), 2 * pixels), height);
        int rows = Math.min(mostRows, Math.ceilDiv(height, cuts));
        int chunks = Math.ceilDiv(most, Math.max(1, pixels / sampleLine()));
        return new Chunk(this, rows < height ? 1 : Math.ceilDiv(most, chunks), rows);
    }

    static int roundUp(int value, int to) {
        return (value + to - 1) / to * to;
    }
}
