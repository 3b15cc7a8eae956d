package dev.gnomon.graph;

import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import java.util.List;

/// What a node computes. Every concept over ops is one exhaustive switch: shapes ([ShapeRules]), gradients
/// ([Gradients]), text ([OpText]), the reference kernels and the lowering of the plan. A new op fails to compile exactly
/// there.
public sealed interface Op {
    // ---- leaves

    /// Values fed at every run.
    record Input(String name, Shape shape) implements Op {}

    /// The value of a parameter or of state at the beginning of the step.
    record Variable(String path, Shape shape) implements Op {}

    /// A constant: one number, or an array.
    record Constant(Tensor value) implements Op {}

    /// The number of samples in the batch, as a scalar.
    record BatchSize() implements Op {}

    /// The number of optimizer steps done before this one, as a scalar.
    record Iteration() implements Op {}

    // ---- elementwise

    /// A function of one array.
    record Unary(UnaryFunction function) implements Op {}

    /// A function of two arrays, which are broadcast as numpy does.
    record Binary(BinaryFunction function) implements Op {}

    /// `condition != 0 ? a : b`, broadcast.
    record Select() implements Op {}

    /// `max(low, min(high, x))`.
    record Clip(float low, float high) implements Op {}

    // ---- products

    /// Matrix product: `a·b`, `a·bᵀ` (b of rank 2; leading axes of a are kept), or `aᵀ·b`, which sums over all axes but the
    /// last of both.
    record MatMul(boolean transposeA, boolean transposeB) implements Op {}

    /// 2-D correlation of `[batch, h, w, in]` with a kernel `[kh, kw, in/groups, out]`.
    record Conv2D(Window window, int groups) implements Op {}

    /// Gradient of [Conv2D] for its input of the given shape, from (kernel, gradient of the output).
    record Conv2DInputGradient(Window window, int groups, Shape input) implements Op {}

    /// Gradient of [Conv2D] for its kernel of the given shape, from (input, gradient of the output).
    record Conv2DKernelGradient(Window window, int groups, Shape kernel) implements Op {}

    // ---- pooling

    /// Largest or mean value of each window of `[batch, h, w, c]`; padding never counts.
    record Pool2D(PoolKind kind, Window window) implements Op {}

    /// Gradient of [Pool2D], from (input, gradient of the output).
    record Pool2DGradient(PoolKind kind, Window window) implements Op {}

    // ---- reductions and shape

    record Reduce(ReduceKind kind, List<Integer> axes, boolean keepDims) implements Op {}

    /// The index of the largest element of the last axis, the first of equals.
    record ArgMax() implements Op {}

    /// The elements of each sample in another shape.
    record Reshape(Shape shape) implements Op {}

    /// The axes in another order; the batch stays first.
    record Transpose(List<Integer> order) implements Op {}

    record BroadcastTo(Shape shape) implements Op {}

    record Concat(int axis) implements Op {}

    /// `size` elements from `begin` of one axis, not of the batch.
    record Slice(int axis, int begin, int size) implements Op {}

    /// `before` and `after` elements of `value` around one axis, not the batch.
    record Pad(int axis, int before, int after, float value) implements Op {}

    // ---- classes

    /// `[...] -> [..., depth]`: one where the last index equals the class number, else zero.
    record OneHot(int depth) implements Op {}

    /// From `[..., n]` and class numbers `[...]` the chosen elements `[...]`.
    record GatherClass() implements Op {}

    /// How many elements of the last axis are larger than the one chosen by the class number: from `[..., n]`, `[...]`.
    record RankOfClass() implements Op {}

    /// Softmax over the last axis.
    record Softmax() implements Op {}

    record LogSoftmax() implements Op {}

    // ---- random, gradients' rules

    /// Sets each element to zero with probability `rate` and scales the rest by `1 / (1 - rate)`; the same stream drops the
    /// same elements of a sample in one step, so it is its own gradient.
    record Dropout(float rate, String stream) implements Op {}

    /// The value, through which no gradient flows.
    record StopGradient() implements Op {}

    /// The first input; its gradient for the other inputs is what the rule says.
    record CustomGradient(GradientRule rule) implements Op {}

    /// The gradients of a custom gradient's inputs (without the first) from the gradient of its output.
    @FunctionalInterface
    interface GradientRule {
        List<Value> gradients(Value output);
    }

    enum PoolKind {
        MAX,
        AVERAGE
    }

    enum ReduceKind {
        SUM,
        MEAN,
        MAX,
        MIN
    }

    enum UnaryFunction {
        NEGATE,
        ABS,
        SIGN,
        SQRT,
        SQUARE,
        RECIPROCAL,
        EXP,
        EXPM1,
        LOG,
        LOG1P,
        SIN,
        COS,
        TAN,
        ASIN,
        ACOS,
        ATAN,
        TANH,
        SIGMOID,
        ERF,
        RELU,
        FLOOR
    }

    enum BinaryFunction {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        POWER,
        MAXIMUM,
        MINIMUM,
        ATAN2,
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_EQUAL,
        GREATER,
        GREATER_EQUAL
    }

    /// Size, strides, dilation and padding of a 2-D window.
    record Window(
            int height,
            int width,
            int strideHeight,
            int strideWidth,
            int dilationHeight,
            int dilationWidth,
            int top,
            int bottom,
            int left,
            int right) {
        /// The same window with other padding above and below.
        public Window withRowsAround(int newTop, int newBottom) {
            return new Window(
                    height,
                    width,
                    strideHeight,
                    strideWidth,
                    dilationHeight,
                    dilationWidth,
                    newTop,
                    newBottom,
                    left,
                    right);
        }

        /// The number of places of the window along the height.
        public int outputHeight(int input) {
            return places(input + top + bottom, height, strideHeight, dilationHeight);
        }

        /// The number of places of the window along the width.
        public int outputWidth(int input) {
            return places(input + left + right, width, strideWidth, dilationWidth);
        }

        private static int places(int input, int size, int stride, int dilation) {
            int span = (size - 1) * dilation + 1;
            return input < span ? 0 : (input - span) / stride + 1;
        }
    }
}
