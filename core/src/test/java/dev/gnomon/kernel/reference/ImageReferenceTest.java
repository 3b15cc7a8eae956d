package dev.gnomon.kernel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gnomon.graph.Op;
import dev.gnomon.graph.Op.PoolKind;
import dev.gnomon.graph.Op.Window;
import dev.gnomon.kernel.StepContext;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImageReferenceTest {
    private static final Shape X = Shape.of(2, 5, 6, 4);

    static List<Window> windows() {
        return List.of(
                new Window(1, 1, 1, 1, 1, 1, 0, 0, 0, 0),
                new Window(3, 3, 1, 1, 1, 1, 1, 1, 1, 1),
                new Window(2, 4, 1, 1, 1, 1, 0, 1, 1, 2),
                new Window(3, 2, 2, 3, 1, 1, 1, 1, 0, 0),
                new Window(2, 3, 1, 1, 3, 2, 1, 2, 2, 2),
                new Window(2, 2, 2, 2, 2, 1, 0, 1, 0, 0),
                new Window(5, 6, 7, 7, 1, 1, 0, 0, 0, 0));
    }

    @ParameterizedTest
    @MethodSource("windows")
    void convolvesLikeTheNaiveFormula(Window window) {
        for (int groups : new int[] {1, 2, 4}) {
            Shape kernel = Shape.of(window.height(), window.width(), 4 / groups, 8);
            double[] x = random("x", X);
            double[] weights = random("kernel", kernel);
            double[] y = conv(window, groups, x, kernel, weights);
            assertThat(y)
                    .containsExactly(
                            NaiveImages.conv(window, groups, X, x, kernel, weights), within(1e-12));
        }
    }

    /// Convolution is linear in both inputs, so that the gradient for one element of an input is the sum of the output's
    /// gradient times what the naive formula makes of that element alone.
    @ParameterizedTest
    @MethodSource("windows")
    void convolutionGradientsAreThoseOfTheNaiveFormula(Window window) {
        int groups = 2;
        Shape kernel = Shape.of(window.height(), window.width(), 2, 4);
        Shape output = Shape.of(2, window.outputHeight(5), window.outputWidth(6), 4);
        double[] x = random("x", X);
        double[] weights = random("kernel", kernel);
        double[] dy = random("dy", output);
        double[] dx =
                evaluate(
                        new Op.Conv2DInputGradient(window, groups, X),
                        X,
                        List.of(kernel, output),
                        weights,
                        dy);
        double[] dk =
                evaluate(
                        new Op.Conv2DKernelGradient(window, groups, kernel),
                        kernel,
                        List.of(X, output),
                        x,
                        dy);
        for (int i = 0; i < dx.length; i++) {
            double[] alone =
                    NaiveImages.conv(window, groups, X, unit(dx.length, i), kernel, weights);
            assertThat(dx[i]).isCloseTo(dot(alone, dy), within(1e-12));
        }
        for (int i = 0; i < dk.length; i++) {
            double[] alone = NaiveImages.conv(window, groups, X, x, kernel, unit(dk.length, i));
            assertThat(dk[i]).isCloseTo(dot(alone, dy), within(1e-12));
        }
    }

    @ParameterizedTest
    @MethodSource("windows")
    void poolsLikeTheNaiveFormula(Window w) {
        double[] x = random("x", X);
        Shape output = Shape.of(2, w.outputHeight(5), w.outputWidth(6), 4);
        double[] largest = evaluate(new Op.Pool2D(PoolKind.MAX, w), output, List.of(X), x);
        double[] mean = evaluate(new Op.Pool2D(PoolKind.AVERAGE, w), output, List.of(X), x);
        for (int i = 0; i < largest.length; i++) {
            List<Double> seen = seen(w, x, output, i);
            assertThat(largest[i]).isEqualTo(Collections.max(seen));
            double sum = seen.stream().mapToDouble(value -> value).sum();
            assertThat(mean[i]).isCloseTo(sum / seen.size(), within(1e-12));
        }
    }

    /// What the window of an output's element sees of the input, padding excluded.
    private static List<Double> seen(Window w, double[] x, Shape output, int position) {
        double[][][][] image = NaiveImages.padded(w, X, x, Double.NaN);
        int channel = position % 4;
        int column = position / 4 % output.dim(2) * w.strideWidth();
        int row = position / 4 / output.dim(2) % output.dim(1) * w.strideHeight();
        int sample = position / 4 / output.dim(2) / output.dim(1);
        List<Double> seen = new ArrayList<>();
        for (int i = 0; i < w.height(); i++) {
            for (int j = 0; j < w.width(); j++) {
                seen.add(
                        image[sample][row + i * w.dilationHeight()][column + j * w.dilationWidth()][
                                channel]);
            }
        }
        seen.removeIf(value -> value.isNaN());
        return seen;
    }

    @Test
    void maxPoolingGradientGoesToTheFirstOfEquals() {
        var window = new Window(2, 2, 2, 2, 1, 1, 0, 1, 0, 1);
        Shape x = Shape.of(1, 3, 3, 1);
        double[] input = {1, 5, 2, 5, 5, 2, -4, -4, -9};
        double[] dx =
                evaluate(
                        new Op.Pool2DGradient(PoolKind.MAX, window),
                        x,
                        List.of(x, Shape.of(1, 2, 2, 1)),
                        input,
                        10,
                        20,
                        30,
                        40);
        assertThat(dx).containsExactly(0, 10, 20, 0, 0, 0, 30, 0, 40);
    }

    @Test
    void overlappingWindowsAddTheirGradients() {
        var window = new Window(1, 2, 1, 1, 1, 1, 0, 0, 0, 0);
        Shape x = Shape.of(1, 1, 3, 1);
        List<Shape> shapes = List.of(x, Shape.of(1, 1, 2, 1));
        double[] input = {1, 9, 3};
        assertThat(evaluate(new Op.Pool2DGradient(PoolKind.MAX, window), x, shapes, input, 10, 20))
                .containsExactly(0, 30, 0);
        assertThat(
                        evaluate(
                                new Op.Pool2DGradient(PoolKind.AVERAGE, window),
                                x,
                                shapes,
                                input,
                                10,
                                20))
                .containsExactly(5, 15, 10);
    }

    @Test
    void averagePoolingGradientSharesAmongWhatTheWindowSees() {
        var window = new Window(2, 2, 2, 2, 1, 1, 0, 1, 0, 1);
        Shape x = Shape.of(1, 3, 3, 1);
        double[] dx =
                evaluate(
                        new Op.Pool2DGradient(PoolKind.AVERAGE, window),
                        x,
                        List.of(x, Shape.of(1, 2, 2, 1)),
                        new double[9],
                        8,
                        4,
                        2,
                        1);
        assertThat(dx).containsExactly(2, 2, 2, 2, 2, 2, 1, 1, 1);
    }

    private static double[] conv(
            Window window, int groups, double[] x, Shape kernel, double[] weights) {
        Shape output = Shape.of(2, window.outputHeight(5), window.outputWidth(6), kernel.dim(3));
        return evaluate(new Op.Conv2D(window, groups), output, List.of(X, kernel), x, weights);
    }

    private static double[] evaluate(
            Op op, Shape output, List<Shape> shapes, double[] x, double... other) {
        List<double[]> inputs = shapes.size() == 1 ? List.of(x) : List.of(x, other);
        return ReferenceKernels.evaluate(op, output, shapes, inputs, StepContext.of(1, 2));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[] unit(int size, int position) {
        double[] unit = new double[size];
        unit[position] = 1;
        return unit;
    }

    private static double[] random(String name, Shape shape) {
        double[] values = new double[(int) shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Key.of(3).child(name).normalAt(i);
        }
        return values;
    }
}
