package dev.gnomon.kernel.amx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gnomon.graph.Op.UnaryFunction;
import dev.gnomon.graph.Op.Window;
import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.ConvolutionCase;
import dev.gnomon.kernel.ConvolutionOperands;
import dev.gnomon.kernel.Element;
import dev.gnomon.kernel.KernelArrays;
import dev.gnomon.tensor.Shape;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Convolutions as products of tiles against the reference in `double`.
final class TileConvolutionTest {
    private static final int BATCH = 5;

    /// How far results may be from the reference, of an array's largest number.
    private static final double TOLERANCE = 1e-5;

    @BeforeAll
    static void needsTheProcessor() {
        assumeTrue(Tiles.areSupported(), "this machine has no AMX, or is not Linux");
    }

    record Case(ConvolutionCase of, Element element) {
        TileConvolution convolution() {
            return Objects.requireNonNull(
                    TileConvolution.of(of.window(), 1, of.input(), of.output(), element));
        }

        KernelArrays arrays() {
            return new KernelArrays(
                    BATCH, BATCH * of.images() + 5 * of.kernel().elements() + of.filters());
        }
    }

    private static Window window(int size, int padding) {
        return new Window(size, size, 1, 1, 1, 1, padding, padding, padding, padding);
    }

    static Stream<Case> floats() {
        Stream<Case> chosen =
                Stream.of(
                        one(window(3, 0), Shape.batched(26, 26, 32), 64),
                        one(window(3, 1), Shape.batched(7, 7, 64), 96),
                        one(window(3, 1), Shape.batched(14, 15, 64), 32),
                        one(window(3, 2), Shape.batched(5, 5, 32), 32),
                        one(window(1, 0), Shape.batched(9, 8, 96), 64),
                        one(window(5, 2), Shape.batched(1, 1, 32), 32),
                        one(window(3, 0), Shape.batched(50, 60, 32), 32),
                        one(window(3, 1), Shape.batched(51, 60, 32), 32),
                        one(
                                new Window(3, 5, 1, 1, 1, 1, 2, 0, 4, 1),
                                Shape.batched(41, 50, 32),
                                32),
                        one(window(2, 0), Shape.batched(2, 31, 32), 64),
                        one(
                                new Window(4, 2, 1, 1, 1, 1, 0, 3, 1, 0),
                                Shape.batched(11, 9, 32),
                                32));
        var random = new Random(12);
        return Stream.concat(
                chosen,
                Stream.generate(() -> randomCase(random)).filter(Objects::nonNull).limit(30));
    }

    static Stream<Case> floatsAndBfloats() {
        return floats().flatMap(one -> Stream.of(one, new Case(one.of, Element.BFLOAT16)));
    }

    private static Case one(Window window, Shape input, int filters) {
        return new Case(new ConvolutionCase(window, input, filters), Element.FLOAT32);
    }

    private static @Nullable Case randomCase(Random random) {
        int height = 1 + random.nextInt(5);
        int width = 1 + random.nextInt(5);
        var window =
                new Window(
                        height,
                        width,
                        1,
                        1,
                        1,
                        1,
                        random.nextInt(height),
                        random.nextInt(height),
                        random.nextInt(width),
                        random.nextInt(width));
        Shape input =
                Shape.batched(
                        1 + random.nextInt(24),
                        1 + random.nextInt(24),
                        32 * (1 + random.nextInt(3)));
        var one = one(window, input, 32 * (1 + random.nextInt(3)));
        return one.of.fits() ? one : null;
    }

    @ParameterizedTest
    @MethodSource("floats")
    void forward(Case one) {
        forward(one, true, UnaryFunction.RELU, 1);
        forward(one, false, null, 1);
        forward(one, true, null, 4);
    }

    private static void forward(
            Case one, boolean withBias, @Nullable UnaryFunction activation, int blocks) {
        try (var arrays = one.arrays()) {
            long pixels = one.of.input().elements();
            long results = one.of.output().elements();
            Buffer x = arrays.random(pixels, true);
            Buffer kernel = arrays.random(one.of.kernel().elements(), false);
            Buffer bias = arrays.random(one.of.filters(), false);
            Buffer y = arrays.result(results, true);
            var convolution = one.convolution();
            Buffer packed = arrays.result(convolution.packedBytes() / 4, false);
            arrays.run(convolution.pack(kernel, packed), 0, 1);
            arrays.isUntouchedAround(packed, convolution.packedBytes() / 4);
            Call call =
                    convolution.forward(
                            "conv2d",
                            3,
                            blocks,
                            new ConvolutionOperands(x, packed, withBias ? bias : null, y),
                            activation);
            arrays.run(call, 0, 2);
            arrays.run(call, 2, 3);
            double[] biases =
                    withBias
                            ? arrays.values(bias, 0, one.of.filters())
                            : new double[one.of.filters()];
            double[] expected =
                    one.of.forward(
                            BATCH,
                            arrays.values(x, 0, BATCH * pixels),
                            arrays.values(kernel, 0, one.of.kernel().elements()),
                            biases,
                            activation != null);
            double[] actual = arrays.values(y, 0, BATCH * results);
            KernelArrays.close(actual, expected, TOLERANCE, call.describe());
            arrays.isUntouchedAround(y, BATCH * results);
        }
    }

    @ParameterizedTest
    @MethodSource("floats")
    void inputGradient(Case one) {
        try (var arrays = one.arrays()) {
            long pixels = one.of.input().elements();
            long results = one.of.output().elements();
            Buffer dy = arrays.random(results, true);
            Buffer kernel = arrays.random(one.of.kernel().elements(), false);
            Buffer dx = arrays.result(pixels, true);
            var convolution = one.convolution().ofInputGradient();
            Buffer packed = arrays.result(convolution.packedBytes() / 4, false);
            arrays.run(convolution.packReversed(kernel, packed), 0, 1);
            Call call =
                    convolution.forward(
                            "conv2d",
                            BATCH,
                            1,
                            new ConvolutionOperands(dy, packed, null, dx),
                            null);
            arrays.run(call, 0, BATCH);
            double[] expected =
                    one.of.inputGradient(
                            BATCH,
                            arrays.values(kernel, 0, one.of.kernel().elements()),
                            arrays.values(dy, 0, BATCH * results));
            double[] actual = arrays.values(dx, 0, BATCH * pixels);
            KernelArrays.close(actual, expected, TOLERANCE, call.describe());
            arrays.isUntouchedAround(dx, BATCH * pixels);
        }
    }

    @ParameterizedTest
    @MethodSource("floatsAndBfloats")
    void kernelGradient(Case one) {
        kernelGradient(one, true, 0, BATCH);
        kernelGradient(one, false, 1, 3);
    }

    private static void kernelGradient(Case one, boolean withBias, int first, int samples) {
        try (var arrays = one.arrays()) {
            long pixels = one.of.input().elements();
            long results = one.of.output().elements();
            Buffer x = arrays.random(pixels, true, one.element);
            Buffer dy = arrays.random(results, true, one.element);
            Buffer kernel = arrays.result(one.of.kernel().elements(), false);
            Buffer bias = arrays.result(one.of.filters(), false);
            Call call =
                    one.convolution().kernelGradient(BATCH, x, dy, kernel, withBias ? bias : null);
            arrays.run(call, first, samples);
            double[] gradient = arrays.values(dy, first * results, samples * results);
            double[] expected =
                    one.of.kernelGradient(
                            samples, arrays.values(x, first * pixels, samples * pixels), gradient);
            double[] actual = arrays.values(kernel, 0, expected.length);
            // the numbers are bfloat16 ones before, so nothing is rounded
            KernelArrays.close(actual, expected, call.describe());
            arrays.isUntouchedAround(kernel, expected.length);
            if (withBias) {
                double[] biases = arrays.values(bias, 0, one.of.filters());
                KernelArrays.close(biases, one.of.biasGradient(gradient), "bias");
            }
            arrays.isUntouchedAround(bias, withBias ? one.of.filters() : 0);
        }
    }

    @Test
    void noNumberStaysNoNumberBehindTheRectifier() {
        var one = one(window(3, 0), Shape.batched(3, 3, 32), 32);
        try (var arrays = one.arrays()) {
            Buffer x = arrays.random(one.of.input().elements(), true);
            arrays.set(x, 0, Float.NaN);
            Buffer y = arrays.result(32, true);
            Buffer kernel = arrays.random(one.of.kernel().elements(), false);
            var tiles = one.convolution();
            Buffer packed = arrays.result(tiles.packedBytes() / 4, false);
            arrays.run(tiles.pack(kernel, packed), 0, 1);
            var call =
                    tiles.forward(
                            "conv2d",
                            1,
                            1,
                            new ConvolutionOperands(x, packed, null, y),
                            UnaryFunction.RELU);
            arrays.run(call, 0, 1);
            assertThat(arrays.values(y, 0, 32)).containsOnly(Double.NaN);
        }
    }

    @Test
    void roundsNoMoreThanSumsInFloat32() {
        var one = one(window(3, 0), Shape.batched(10, 10, 128), 32);
        try (var arrays = one.arrays()) {
            Buffer x = arrays.random(one.of.input().elements(), true);
            Buffer kernel = arrays.random(one.of.kernel().elements(), false);
            Buffer y = arrays.result(one.of.output().elements(), true);
            var tiles = one.convolution();
            Buffer packed = arrays.result(tiles.packedBytes() / 4, false);
            arrays.run(tiles.pack(kernel, packed), 0, 1);
            arrays.run(
                    tiles.forward(
                            "conv2d", 1, 1, new ConvolutionOperands(x, packed, null, y), null),
                    0,
                    1);
            double[] image = arrays.values(x, 0, one.of.input().elements());
            double[] weights = arrays.values(kernel, 0, one.of.kernel().elements());
            double[] expected = one.of.forward(1, image, weights, new double[32], false);
            double[] inOrder = new double[expected.length];
            for (int i = 0; i < expected.length; i++) {
                float sum = 0;
                for (int tap = 0; tap < 9; tap++) {
                    int pixel = (i / 32 / 8 + tap / 3) * 10 + i / 32 % 8 + tap % 3;
                    for (int c = 0; c < 128; c++) {
                        double factor = weights[(tap * 128 + c) * 32 + i % 32];
                        sum = (float) (sum + image[pixel * 128 + c] * factor);
                    }
                }
                inOrder[i] = sum;
            }
            double[] actual = arrays.values(y, 0, expected.length);
            assertThat(error(actual, expected)).isLessThan(error(inOrder, expected));
        }
    }

    /// The root of the mean square of differences.
    private static double error(double[] actual, double[] expected) {
        double sum = 0;
        for (int i = 0; i < actual.length; i++) {
            sum += Math.pow(actual[i] - expected[i], 2);
        }
        return Math.sqrt(sum / actual.length);
    }

    @Test
    void whatHasOtherSizesIsLeftToOthers() {
        Shape x = Shape.batched(10, 10, 32);
        Shape y = Shape.batched(8, 8, 32);
        Window three = window(3, 0);
        assertThat(TileConvolution.of(three, 1, x, y, Element.FLOAT32)).isNotNull();
        assertThat(TileConvolution.of(three, 4, x, y, Element.FLOAT32)).isNull();
        assertThat(TileConvolution.of(three, 1, Shape.batched(10, 10, 24), y, Element.FLOAT32))
                .isNull();
        assertThat(TileConvolution.of(three, 1, x, Shape.batched(8, 8, 48), Element.FLOAT32))
                .isNull();
        assertThat(
                        TileConvolution.of(
                                window(13, 0), 1, Shape.batched(20, 20, 32), y, Element.FLOAT32))
                .isNull();
        var strided = new Window(3, 3, 2, 2, 1, 1, 0, 0, 0, 0);
        assertThat(TileConvolution.of(strided, 1, x, y, Element.FLOAT32)).isNull();
        assertThat(TileConvolution.fuses(UnaryFunction.TANH)).isFalse();
    }
}
