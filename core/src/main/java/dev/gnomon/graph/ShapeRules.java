package dev.gnomon.graph;

import static dev.gnomon.check.Check.shape;

import dev.gnomon.check.ShapeException;
import dev.gnomon.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/// The shape of every op's result.
public final class ShapeRules {
    private ShapeRules() {}

    static Shape of(Op op, List<Shape> in) {
        return switch (op) {
            case Op.Input(var _, var shape) -> shape;
            case Op.Variable(var _, var shape) -> shape;
            case Op.Constant(var value) -> value.shape();
            case Op.BatchSize() -> Shape.SCALAR;
            case Op.Iteration() -> Shape.SCALAR;
            case Op.Unary(var _) -> in.get(0);
            case Op.Binary(var _) -> broadcast(in.get(0), in.get(1));
            case Op.Select() -> broadcast(in.get(0), broadcast(in.get(1), in.get(2)));
            case Op.Clip(var _, var _) -> in.get(0);
            case Op.MatMul(var a, var b) -> matMul(a, b, in.get(0), in.get(1));
            case Op.Conv2D(var window, var groups) -> conv(window, groups, in.get(0), in.get(1));
            case Op.Conv2DInputGradient(var _, var _, var input) -> input;
            case Op.Conv2DKernelGradient(var _, var _, var kernel) -> kernel;
            case Op.Pool2D(var _, var window) -> pool(window, in.get(0));
            case Op.Pool2DGradient(var _, var _) -> in.get(0);
            case Op.Reduce(var _, var axes, var keep) -> reduce(in.get(0), axes, keep);
            case Op.ArgMax() -> dropLast(in.get(0));
            case Op.Reshape(var shape) -> reshape(in.get(0), shape);
            case Op.Transpose(var order) -> transpose(in.get(0), order);
            case Op.BroadcastTo(var shape) -> broadcastTo(in.get(0), shape);
            case Op.Concat(var axis) -> concat(in, axis);
            case Op.Slice(var axis, var begin, var size) -> slice(in.get(0), axis, begin, size);
            case Op.Pad(var axis, var before, var after, var _) ->
                    pad(in.get(0), axis, before, after);
            case Op.OneHot(var depth) -> in.get(0).append(depth);
            case Op.GatherClass() -> classes(in.get(0), in.get(1));
            case Op.RankOfClass() -> classes(in.get(0), in.get(1));
            case Op.Softmax() -> vector("Softmax", in.get(0));
            case Op.LogSoftmax() -> vector("LogSoftmax", in.get(0));
            case Op.Dropout(var _, var _) -> in.get(0);
            case Op.StopGradient() -> in.get(0);
            case Op.CustomGradient(var _) -> in.get(0);
        };
    }

    /// The common shape of two arrays, as numpy broadcasts: axes are aligned at the end, a size of 1 is stretched.
    public static Shape broadcast(Shape a, Shape b) {
        if (a.equals(b)) {
            return a;
        }
        int rank = Math.max(a.rank(), b.rank());
        int[] dims = new int[rank];
        for (int i = 0; i < rank; i++) {
            int x = i < rank - a.rank() ? 1 : a.dim(i - rank + a.rank());
            int y = i < rank - b.rank() ? 1 : b.dim(i - rank + b.rank());
            shape(
                    x == y || x == 1 || y == 1,
                    "%s and %s do not broadcast: counted from the end, each pair of axes must be equal or one of them 1.",
                    a,
                    b);
            dims[i] = x == 1 ? y : x;
        }
        for (int i = 1; i < rank; i++) {
            shape(
                    dims[i] != Shape.BATCH,
                    "%s and %s do not broadcast: the batch would not be the first axis.",
                    a,
                    b);
        }
        return Shape.of(dims);
    }

    private static Shape matMul(boolean transposeA, boolean transposeB, Shape a, Shape b) {
        String text = "matmul of %s and %s: ";
        shape(a.rank() >= 2 && b.rank() >= 2, text + "both need at least two axes.", a, b);
        if (transposeA) {
            shape(!transposeB, text + "only one of the two can be transposed.", a, b);
            shape(
                    Shape.of(withoutLast(a)).equals(Shape.of(withoutLast(b))),
                    text + "all axes but the last must be equal.",
                    a,
                    b);
            return Shape.of(a.last(), b.last());
        }
        shape(
                b.rank() == 2 && !b.isBatched(),
                text + "the second must have two axes, none of them the batch.",
                a,
                b);
        int inner = b.dim(transposeB ? 1 : 0);
        shape(a.last() == inner, text + "the last axis of the first must be %d.", a, b, inner);
        return a.withDim(-1, b.dim(transposeB ? 0 : 1));
    }

    private static int[] withoutLast(Shape shape) {
        return java.util.Arrays.copyOf(shape.dims(), shape.rank() - 1);
    }

    private static Shape dropLast(Shape shape) {
        return Shape.of(withoutLast(vector("arg_max", shape)));
    }

    private static Shape vector(String what, Shape shape) {
        shape(
                shape.rank() >= 1 && shape.last() >= 1,
                "%s needs a last axis of at least 1, but received %s.",
                what,
                shape);
        return shape;
    }

    private static Shape image(String what, Shape shape) {
        shape(
                shape.rank() == 4,
                "%s needs [batch, height, width, channels], but received %s. Add the missing axis with Reshape or in the"
                        + " input's shape.",
                what,
                shape);
        return shape;
    }

    private static Shape conv(Op.Window w, int groups, Shape x, Shape kernel) {
        image("Conv2D", x);
        shape(
                kernel.rank() == 4 && kernel.dim(0) == w.height() && kernel.dim(1) == w.width(),
                "Conv2D: the kernel must be [%d, %d, in/groups, out], but is %s.",
                w.height(),
                w.width(),
                kernel);
        shape(
                groups >= 1 && x.last() == kernel.dim(2) * groups && kernel.dim(3) % groups == 0,
                "Conv2D: %d groups of a kernel %s do not fit %s.",
                groups,
                kernel,
                x);
        return places(w, x, kernel.dim(3));
    }

    private static Shape pool(Op.Window w, Shape x) {
        image("Pooling", x);
        shape(
                Math.max(w.top(), w.bottom()) < span(w.height(), w.dilationHeight())
                        && Math.max(w.left(), w.right()) < span(w.width(), w.dilationWidth()),
                "Pooling: a padding of %d+%d and %d+%d is not smaller than the window, which would see nothing else.",
                w.top(),
                w.bottom(),
                w.left(),
                w.right());
        return places(w, x, x.last());
    }

    private static Shape places(Op.Window w, Shape x, int channels) {
        int height = w.outputHeight(x.dim(1));
        int width = w.outputWidth(x.dim(2));
        shape(
                height > 0 && width > 0,
                "A %d×%d window does not fit an input of %d×%d. Received %s. Use padding SAME or a smaller window.",
                span(w.height(), w.dilationHeight()),
                span(w.width(), w.dilationWidth()),
                x.dim(1),
                x.dim(2),
                x);
        return Shape.of(x.dim(0), height, width, channels);
    }

    private static int span(int size, int dilation) {
        return (size - 1) * dilation + 1;
    }

    /// Refuses an axis that is not one of `0 .. rank-1`: in an op, axes never count from the end.
    private static int axis(String what, Shape x, int axis) {
        shape(axis >= 0 && axis < x.rank(), "%s of %s: there is no axis %d.", what, x, axis);
        return axis;
    }

    private static Shape reduce(Shape x, List<Integer> axes, boolean keep) {
        axes.forEach(axis -> axis("reduce", x, axis));
        shape(
                !axes.isEmpty() && axes.stream().distinct().count() == axes.size(),
                "reduce of %s needs at least one axis and each only once, but received %s.",
                x,
                axes);
        List<Integer> dims = new ArrayList<>();
        for (int axis = 0; axis < x.rank(); axis++) {
            if (!axes.contains(axis)) {
                dims.add(x.dim(axis));
            } else if (keep) {
                dims.add(1);
            }
        }
        return Shape.of(dims.stream().mapToInt(Integer::intValue).toArray());
    }

    private static Shape reshape(Shape x, Shape target) {
        shape(
                x.isBatched() == target.isBatched() && x.elements() == target.elements(),
                "%s cannot be reshaped to %s: the number of elements must stay %d.",
                x,
                target,
                x.elements());
        return target;
    }

    private static Shape transpose(Shape x, List<Integer> order) {
        int[] dims = order.stream().mapToInt(axis -> x.dim(axis("transpose", x, axis))).toArray();
        shape(
                order.size() == x.rank() && order.stream().distinct().count() == x.rank(),
                "transpose of %s needs each axis once, but received %s.",
                x,
                order);
        shape(
                !x.isBatched() || order.getFirst() == 0,
                "transpose of %s: the batch must stay the first axis.",
                x);
        return Shape.of(dims);
    }

    private static Shape broadcastTo(Shape x, Shape target) {
        shape(broadcast(x, target).equals(target), "%s cannot be broadcast to %s.", x, target);
        return target;
    }

    private static Shape concat(List<Shape> in, int axis) {
        Shape first = in.getFirst();
        axis("Concatenate", first, axis);
        shape(
                axis > 0 || in.stream().noneMatch(Shape::isBatched),
                "Concatenate along the batch is not possible: choose another axis.");
        int sum = 0;
        for (Shape shape : in) {
            boolean fits = shape.rank() == first.rank();
            for (int i = 0; fits && i < first.rank(); i++) {
                fits = i == axis || shape.dim(i) == first.dim(i);
            }
            shape(
                    fits,
                    "Concatenate along axis %d: all other axes must be equal, but received %s.",
                    axis,
                    in);
            sum += shape.dim(axis);
        }
        return first.withDim(axis, sum);
    }

    private static Shape slice(Shape x, int axis, int begin, int size) {
        int dim = x.dim(axis("slice", x, axis));
        shape(dim >= 0, "slice of %s: the batch cannot be sliced.", x);
        shape(
                begin >= 0 && size >= 1 && begin + size <= dim,
                "slice of %s: elements %d to %d are not within axis %d.",
                x,
                begin,
                begin + size,
                axis);
        return x.withDim(axis, size);
    }

    private static Shape pad(Shape x, int axis, int before, int after) {
        shape(x.dim(axis("pad", x, axis)) >= 0, "pad of %s: the batch cannot be padded.", x);
        shape(
                before >= 0 && after >= 0,
                "pad of %s: %d and %d must be at least 0.",
                x,
                before,
                after);
        return x.withDim(axis, x.dim(axis) + before + after);
    }

    private static Shape classes(Shape scores, Shape labels) {
        if (scores.rank() != labels.rank() + 1 || !Shape.of(withoutLast(scores)).equals(labels)) {
            throw new ShapeException(
                    "Class numbers of shape "
                            + labels
                            + " do not fit scores of shape "
                            + scores
                            + ": they need every axis but the last.");
        }
        return labels;
    }
}
