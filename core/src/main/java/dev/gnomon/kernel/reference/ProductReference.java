package dev.gnomon.kernel.reference;

import dev.gnomon.graph.Op.Window;
import dev.gnomon.tensor.Shape;

/// Matrix products and convolutions.
final class ProductReference {
    private ProductReference() {}

    /// The leading axes of `a` count as one axis of rows.
    static double[] matMul(
            boolean transposeA, boolean transposeB, Shape a, Shape b, double[] x, double[] z) {
        return transposeA
                ? sumOverRows(a.last(), b.last(), x, z)
                : rowsTimesMatrix(transposeB, a.last(), b.dim(transposeB ? 0 : 1), x, z);
    }

    private static double[] rowsTimesMatrix(
            boolean transposed, int inner, int columns, double[] a, double[] b) {
        int rows = inner == 0 ? 0 : a.length / inner;
        double[] y = new double[rows * columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double sum = 0;
                for (int k = 0; k < inner; k++) {
                    sum +=
                            a[row * inner + k]
                                    * b[transposed ? column * inner + k : k * columns + column];
                }
                y[row * columns + column] = sum;
            }
        }
        return y;
    }

    private static double[] sumOverRows(int rows, int columns, double[] a, double[] b) {
        double[] y = new double[rows * columns];
        int count = rows == 0 ? 0 : a.length / rows;
        for (int k = 0; k < count; k++) {
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    y[row * columns + column] += a[k * rows + row] * b[k * columns + column];
                }
            }
        }
        return y;
    }

    static double[] conv(
            Window window,
            int groups,
            Shape x,
            Shape kernel,
            Shape y,
            double[] input,
            double[] weights) {
        double[] output = new double[Indexing.size(y)];
        new Convolution(window, groups, x, kernel, y)
                .visit((inX, inK, inY) -> output[inY] += input[inX] * weights[inK]);
        return output;
    }

    static double[] convInputGradient(
            Window window,
            int groups,
            Shape x,
            Shape kernel,
            Shape y,
            double[] weights,
            double[] gradient) {
        double[] result = new double[Indexing.size(x)];
        new Convolution(window, groups, x, kernel, y)
                .visit((inX, inK, inY) -> result[inX] += gradient[inY] * weights[inK]);
        return result;
    }

    static double[] convKernelGradient(
            Window window,
            int groups,
            Shape x,
            Shape kernel,
            Shape y,
            double[] input,
            double[] gradient) {
        double[] result = new double[Indexing.size(kernel)];
        new Convolution(window, groups, x, kernel, y)
                .visit((inX, inK, inY) -> result[inK] += input[inX] * gradient[inY]);
        return result;
    }

    /// A product of a convolution: which element of the input meets which of the kernel for which of the output.
    @FunctionalInterface
    private interface Product {
        void at(int x, int kernel, int y);
    }

    private record Convolution(Window window, int groups, Shape x, Shape kernel, Shape y) {
        void visit(Product product) {
            Places.visit(
                    window,
                    x,
                    y,
                    (sample, row, column, i, j, outRow, outColumn) -> {
                        int inX = ((sample * x.dim(1) + row) * x.dim(2) + column) * x.dim(3);
                        int inK = (i * window.width() + j) * kernel.dim(2) * kernel.dim(3);
                        int inY = ((sample * y.dim(1) + outRow) * y.dim(2) + outColumn) * y.dim(3);
                        channels(product, inX, inK, inY);
                    });
        }

        private void channels(Product product, int inX, int inK, int inY) {
            int in = kernel.dim(2);
            int out = kernel.dim(3);
            for (int o = 0; o < out; o++) {
                int firstOfGroup = o / (out / groups) * in;
                for (int c = 0; c < in; c++) {
                    product.at(inX + firstOfGroup + c, inK + c * out + o, inY + o);
                }
            }
        }
    }
}
