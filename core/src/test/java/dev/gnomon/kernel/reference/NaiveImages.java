package dev.gnomon.kernel.reference;

import dev.gnomon.graph.Op.Window;
import dev.gnomon.tensor.Shape;

/// Convolution by other steps than the reference kernels take: the padding is written out, the kernel is blown up with
/// zeros for its dilation and for its groups, everything is computed without strides, and the strides choose from that.
final class NaiveImages {
    private NaiveImages() {}

    static double[] conv(
            Window w, int groups, Shape x, double[] input, Shape kernel, double[] weights) {
        double[][][][] image = padded(w, x, input, 0);
        double[][][][] full = blownUp(w, groups, kernel, weights, x.last());
        int rows = w.outputHeight(x.dim(1));
        int columns = w.outputWidth(x.dim(2));
        int out = kernel.dim(3);
        double[] y = new double[x.dim(0) * rows * columns * out];
        int position = 0;
        for (double[][][] sample : image) {
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    for (int o = 0; o < out; o++) {
                        y[position++] =
                                at(
                                        sample,
                                        full,
                                        row * w.strideHeight(),
                                        column * w.strideWidth(),
                                        o);
                    }
                }
            }
        }
        return y;
    }

    private static double at(
            double[][][] image, double[][][][] kernel, int top, int left, int out) {
        double sum = 0;
        for (int i = 0; i < kernel.length; i++) {
            for (int j = 0; j < kernel[0].length; j++) {
                for (int c = 0; c < kernel[0][0].length; c++) {
                    sum += image[top + i][left + j][c] * kernel[i][j][c][out];
                }
            }
        }
        return sum;
    }

    /// `[sample][row][column][channel]` with the padding around.
    static double[][][][] padded(Window w, Shape x, double[] input, double padding) {
        int height = x.dim(1) + w.top() + w.bottom();
        int width = x.dim(2) + w.left() + w.right();
        double[][][][] image = new double[x.dim(0)][height][width][x.dim(3)];
        for (int n = 0; n < x.dim(0); n++) {
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    for (int c = 0; c < x.dim(3); c++) {
                        int r = row - w.top();
                        int k = column - w.left();
                        boolean inside = r >= 0 && r < x.dim(1) && k >= 0 && k < x.dim(2);
                        int position = ((n * x.dim(1) + r) * x.dim(2) + k) * x.dim(3) + c;
                        image[n][row][column][c] = inside ? input[position] : padding;
                    }
                }
            }
        }
        return image;
    }

    /// The kernel of one group over all channels, zero where the groups do not meet and between its dilated elements.
    private static double[][][][] blownUp(
            Window w, int groups, Shape kernel, double[] weights, int channels) {
        int height = (w.height() - 1) * w.dilationHeight() + 1;
        int width = (w.width() - 1) * w.dilationWidth() + 1;
        int out = kernel.dim(3);
        double[][][][] full = new double[height][width][channels][out];
        int position = 0;
        for (int i = 0; i < w.height(); i++) {
            for (int j = 0; j < w.width(); j++) {
                for (int c = 0; c < kernel.dim(2); c++) {
                    for (int o = 0; o < out; o++) {
                        int group = o * groups / out;
                        int channel = group * kernel.dim(2) + c;
                        full[i * w.dilationHeight()][j * w.dilationWidth()][channel][o] =
                                weights[position++];
                    }
                }
            }
        }
        return full;
    }
}
