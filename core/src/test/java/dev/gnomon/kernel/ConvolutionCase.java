package dev.gnomon.kernel;

import dev.gnomon.graph.Op;
import dev.gnomon.graph.Op.Window;
import dev.gnomon.kernel.reference.ReferenceKernels;
import dev.gnomon.tensor.Shape;
import java.util.List;

/// A convolution of one group, and what the reference in `double` makes of it.
public record ConvolutionCase(Window window, Shape input, int filters) {
    public Shape output() {
        return Shape.batched(
                window.outputHeight(input.dim(1)), window.outputWidth(input.dim(2)), filters);
    }

    public Shape kernel() {
        return Shape.of(window.height(), window.width(), input.last(), filters);
    }

    /// Whether there is a result.
    public boolean fits() {
        return window.outputHeight(input.dim(1)) > 0 && window.outputWidth(input.dim(2)) > 0;
    }

    /// Numbers in an image and its result.
    public long images() {
        return input.elements() + output().elements();
    }

    private static double[] reference(
            Op op, Shape result, List<Shape> shapes, List<double[]> values) {
        return ReferenceKernels.evaluate(op, result, shapes, values, new StepContext(1, 1, 1, 0));
    }

    /// The result with a bias, which may be all zeros.
    public double[] forward(
            int batch, double[] x, double[] kernel, double[] bias, boolean rectified) {
        double[] y =
                reference(
                        new Op.Conv2D(window, 1),
                        output().bind(batch),
                        List.of(input.bind(batch), kernel()),
                        List.of(x, kernel));
        for (int i = 0; i < y.length; i++) {
            y[i] += bias[i % filters];
            y[i] = rectified ? Math.max(0, y[i]) : y[i];
        }
        return y;
    }

    public double[] inputGradient(int batch, double[] kernel, double[] dy) {
        return reference(
                new Op.Conv2DInputGradient(window, 1, input),
                input.bind(batch),
                List.of(kernel(), output().bind(batch)),
                List.of(kernel, dy));
    }

    public double[] kernelGradient(int batch, double[] x, double[] dy) {
        return reference(
                new Op.Conv2DKernelGradient(window, 1, kernel()),
                kernel(),
                List.of(input.bind(batch), output().bind(batch)),
                List.of(x, dy));
    }

    public double[] biasGradient(double[] dy) {
        double[] sums = new double[filters];
        for (int i = 0; i < dy.length; i++) {
            sums[i % filters] += dy[i];
        }
        return sums;
    }
}
