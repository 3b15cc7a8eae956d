package dev.gnomon.kernel.avx512;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gnomon.graph.Op.UnaryFunction;
import dev.gnomon.graph.Op.Window;
import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.ConvolutionCase;
import dev.gnomon.kernel.ConvolutionOperands;
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

/// The convolution in machine code against the reference in `double`.
final class ThinConvolutionTest {
    private static final int BATCH = 5;

    @BeforeAll
    static void needsTheProcessor() {
        assumeTrue(MachineCode.isSupported(), "this machine has no AVX-512, or is not Linux");
    }

    private static ThinConvolution convolution(ConvolutionCase one) {
        return Objects.requireNonNull(
                ThinConvolution.of(one.window(), 1, one.input(), one.output()));
    }

    private static Window window(int height, int width, int stride, int padding) {
        return new Window(height, width, stride, stride, 1, 1, padding, padding, padding, padding);
    }

    private static KernelArrays arrays(ConvolutionCase one) {
        return new KernelArrays(
                BATCH, BATCH * one.images() + one.kernel().elements() + one.filters());
    }

    static Stream<ConvolutionCase> cases() {
        Stream<ConvolutionCase> chosen =
                Stream.of(
                        new ConvolutionCase(window(3, 3, 1, 0), Shape.batched(28, 28, 1), 32),
                        new ConvolutionCase(window(5, 5, 1, 0), Shape.batched(75, 75, 1), 32),
                        new ConvolutionCase(window(3, 3, 1, 1), Shape.batched(32, 32, 3), 64),
                        new ConvolutionCase(window(7, 7, 2, 3), Shape.batched(37, 38, 3), 64),
                        new ConvolutionCase(window(3, 3, 1, 1), Shape.batched(1, 1, 3), 16),
                        new ConvolutionCase(window(3, 3, 1, 0), Shape.batched(3, 3, 1), 128),
                        new ConvolutionCase(window(2, 2, 1, 0), Shape.batched(2, 31, 1), 48),
                        new ConvolutionCase(window(1, 4, 1, 0), Shape.batched(40, 4, 1), 16),
                        new ConvolutionCase(window(5, 5, 2, 2), Shape.batched(33, 29, 1), 96),
                        new ConvolutionCase(window(3, 3, 2, 1), Shape.batched(17, 18, 2), 80),
                        new ConvolutionCase(window(4, 4, 4, 0), Shape.batched(16, 16, 2), 112),
                        new ConvolutionCase(
                                new Window(3, 2, 1, 2, 3, 2, 0, 4, 1, 3),
                                Shape.batched(11, 9, 4),
                                16));
        var random = new Random(11);
        return Stream.concat(
                chosen,
                Stream.generate(() -> randomCase(random)).filter(Objects::nonNull).limit(60));
    }

    private static @Nullable ConvolutionCase randomCase(Random random) {
        var window =
                new Window(
                        1 + random.nextInt(5),
                        1 + random.nextInt(5),
                        1 + random.nextInt(3),
                        1 + random.nextInt(3),
                        1 + random.nextInt(2),
                        1 + random.nextInt(2),
                        random.nextInt(3),
                        random.nextInt(3),
                        random.nextInt(3),
                        random.nextInt(3));
        Shape input =
                Shape.batched(
                        1 + random.nextInt(24), 1 + random.nextInt(40), 1 + random.nextInt(8));
        int filters = 16 * (1 + random.nextInt(8));
        int taps = window.height() * window.width() * input.last();
        var one = new ConvolutionCase(window, input, filters);
        return one.fits() && taps >= 4 && taps <= 150 ? one : null;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void forward(ConvolutionCase one) {
        for (boolean withBias : new boolean[] {true, false}) {
            for (UnaryFunction activation : new UnaryFunction[] {null, UnaryFunction.RELU}) {
                forward(one, withBias, activation, 1);
            }
        }
        forward(one, true, UnaryFunction.RELU, 4);
    }

    private static void forward(
            ConvolutionCase one, boolean withBias, @Nullable UnaryFunction activation, int blocks) {
        try (var arrays = arrays(one)) {
            long pixels = one.input().elements();
            long results = one.output().elements();
            Buffer x = arrays.random(pixels, true);
            Buffer kernel = arrays.random(one.kernel().elements(), false);
            Buffer bias = arrays.random(one.filters(), false);
            Buffer y = arrays.result(results, true);
            Call call =
                    convolution(one)
                            .forward(
                                    blocks,
                                    new ConvolutionOperands(x, kernel, withBias ? bias : null, y),
                                    activation);
            arrays.run(call, 0, 2);
            arrays.run(call, 2, 3);
            double[] biases =
                    withBias ? arrays.values(bias, 0, one.filters()) : new double[one.filters()];
            double[] expected =
                    one.forward(
                            BATCH,
                            arrays.values(x, 0, BATCH * pixels),
                            arrays.values(kernel, 0, one.kernel().elements()),
                            biases,
                            activation != null);
            KernelArrays.close(arrays.values(y, 0, BATCH * results), expected, call.describe());
            arrays.isUntouchedAround(y, BATCH * results);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradients(ConvolutionCase one) {
        for (boolean withBias : new boolean[] {true, false}) {
            for (int samples : new int[] {1, 3}) {
                gradients(one, withBias, 1, samples);
            }
        }
    }

    private static void gradients(ConvolutionCase one, boolean withBias, int first, int samples) {
        try (var arrays = arrays(one)) {
            long pixels = one.input().elements();
            long results = one.output().elements();
            Buffer x = arrays.random(pixels, true);
            Buffer dy = arrays.random(results, true);
            Buffer kernel = arrays.result(one.kernel().elements(), false);
            Buffer bias = arrays.result(one.filters(), false);
            Call call = convolution(one).kernelGradient(x, dy, kernel, withBias ? bias : null);
            arrays.run(call, first, samples);
            double[] gradient = arrays.values(dy, first * results, samples * results);
            double[] expected =
                    one.kernelGradient(
                            samples, arrays.values(x, first * pixels, samples * pixels), gradient);
            KernelArrays.close(
                    arrays.values(kernel, 0, expected.length),
                    expected,
                    call.describe() + " kernel");
            arrays.isUntouchedAround(kernel, expected.length);
            if (withBias) {
                KernelArrays.close(
                        arrays.values(bias, 0, one.filters()),
                        one.biasGradient(gradient),
                        call.describe() + " bias");
            }
            arrays.isUntouchedAround(bias, withBias ? one.filters() : 0);
        }
    }

    @Test
    void noNumberStaysNoNumberBehindTheRectifier() {
        var one = new ConvolutionCase(window(3, 3, 1, 0), Shape.batched(3, 3, 1), 16);
        try (var arrays = arrays(one)) {
            Buffer x = arrays.random(9, true);
            arrays.set(x, 0, Float.NaN);
            Buffer y = arrays.result(16, true);
            Buffer kernel = arrays.random(144, false);
            var operands = new ConvolutionOperands(x, kernel, null, y);
            arrays.run(convolution(one).forward(1, operands, UnaryFunction.RELU), 0, 1);
            assertThat(arrays.values(y, 0, 16)).containsOnly(Double.NaN);
        }
    }

    @Test
    void whatHasOtherSizesIsLeftToOthers() {
        Window three = window(3, 3, 1, 0);
        Shape y = Shape.batched(8, 8, 32);
        assertThat(ThinConvolution.of(three, 1, Shape.batched(10, 10, 3), y)).isNotNull();
        assertThat(ThinConvolution.of(three, 1, Shape.batched(10, 10, 16), y)).isNull();
        assertThat(ThinConvolution.of(three, 3, Shape.batched(10, 10, 3), y)).isNull();
        assertThat(ThinConvolution.of(three, 1, Shape.batched(10, 10, 3), Shape.batched(8, 8, 24)))
                .isNull();
        assertThat(
                        ThinConvolution.of(
                                window(9, 9, 1, 0),
                                1,
                                Shape.batched(16, 16, 2),
                                Shape.batched(8, 8, 32)))
                .isNull();
        assertThat(ThinConvolution.fuses(UnaryFunction.TANH)).isFalse();
    }
}
