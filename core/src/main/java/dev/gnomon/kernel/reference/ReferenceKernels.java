package dev.gnomon.kernel.reference;

import dev.gnomon.graph.Op;
import dev.gnomon.graph.Value;
import dev.gnomon.kernel.StepContext;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import java.util.List;

/// Every op in plain Java and `double`. Arrays are in row order; nothing is changed in place, but a result may be an input
/// itself where the op does not change the elements.
public final class ReferenceKernels {
    private ReferenceKernels() {}

    /// The elements of a value from those of its inputs, for a number of samples (a whole batch or a shard of it).
    public static double[] evaluate(
            Value value, int samples, List<double[]> inputs, StepContext context) {
        List<Shape> shapes =
                value.inputs().stream().map(input -> input.shape().bind(samples)).toList();
        if (value.op() instanceof Op.Dropout(var rate, var stream) && !value.shape().isBatched()) {
            var whole = new StepContext(context.seed(), context.iteration(), context.batch(), 0);
            return RandomReference.dropout(rate, stream, 1, inputs.getFirst(), whole);
        }
        return evaluate(value.op(), value.shape().bind(samples), shapes, inputs, context);
    }

    /// The elements of an op's result, from shapes in which the batch has a size. Dropout takes the first axis for the
    /// samples; a value without a batch is given to it as `[1, …]`, with a context whose first sample is 0.
    public static double[] evaluate(
            Op op, Shape output, List<Shape> shapes, List<double[]> in, StepContext context) {
        return switch (op) {
            case Op.Input(var name, var _) -> throw given("input", name);
            case Op.Variable(var path, var _) -> throw given("variable", path);
            case Op.Constant(var value) -> doubles(value);
            case Op.BatchSize() -> new double[] {context.batch()};
            case Op.Iteration() -> new double[] {context.iteration()};
            case Op.Unary(var function) -> ElementwiseReference.unary(function, in.get(0));
            case Op.Binary(var function) ->
                    ElementwiseReference.binary(function, output, shapes, in.get(0), in.get(1));
            case Op.Select() -> ElementwiseReference.select(output, shapes, in);
            case Op.Clip(var low, var high) -> ElementwiseReference.clip(low, high, in.get(0));
            case Op.MatMul(var a, var b) ->
                    ProductReference.matMul(
                            a, b, shapes.get(0), shapes.get(1), in.get(0), in.get(1));
            case Op.Conv2D(var window, var groups) ->
                    ProductReference.conv(
                            window,
                            groups,
                            shapes.get(0),
                            shapes.get(1),
                            output,
                            in.get(0),
                            in.get(1));
            case Op.Conv2DInputGradient(var window, var groups, var _) ->
                    ProductReference.convInputGradient(
                            window,
                            groups,
                            output,
                            shapes.get(0),
                            shapes.get(1),
                            in.get(0),
                            in.get(1));
            case Op.Conv2DKernelGradient(var window, var groups, var _) ->
                    ProductReference.convKernelGradient(
                            window,
                            groups,
                            shapes.get(0),
                            output,
                            shapes.get(1),
                            in.get(0),
                            in.get(1));
            case Op.Pool2D(var kind, var window) ->
                    PoolingReference.pool(kind, window, shapes.get(0), output, in.get(0));
            case Op.Pool2DGradient(var kind, var window) ->
                    PoolingReference.gradient(
                            kind, window, output, shapes.get(1), in.get(0), in.get(1));
            case Op.Reduce(var kind, var axes, var _) ->
                    ReductionReference.reduce(kind, axes, shapes.get(0), in.get(0));
            case Op.ArgMax() -> ClassReference.argMax(shapes.get(0).last(), in.get(0));
            case Op.Reshape(var _) -> in.get(0);
            case Op.Transpose(var order) ->
                    ShapeReference.transpose(order, shapes.get(0), output, in.get(0));
            case Op.BroadcastTo(var _) ->
                    ShapeReference.broadcast(shapes.get(0), output, in.get(0));
            case Op.Concat(var axis) -> ShapeReference.concat(axis, shapes, output, in);
            case Op.Slice(var axis, var begin, var _) ->
                    ShapeReference.slice(axis, begin, shapes.get(0), output, in.get(0));
            case Op.Pad(var axis, var before, var _, var value) ->
                    ShapeReference.pad(axis, before, value, shapes.get(0), output, in.get(0));
            case Op.OneHot(var depth) -> ClassReference.oneHot(depth, in.get(0));
            case Op.GatherClass() ->
                    ClassReference.gather(shapes.get(0).last(), in.get(0), in.get(1));
            case Op.RankOfClass() ->
                    ClassReference.rank(shapes.get(0).last(), in.get(0), in.get(1));
            case Op.Softmax() -> ClassReference.softmax(output.last(), in.get(0));
            case Op.LogSoftmax() -> ClassReference.logSoftmax(output.last(), in.get(0));
            case Op.Dropout(var rate, var stream) ->
                    RandomReference.dropout(rate, stream, output.dim(0), in.get(0), context);
            case Op.StopGradient() -> in.get(0);
            case Op.CustomGradient(var _) -> in.get(0);
        };
    }

    private static double[] doubles(Tensor tensor) {
        double[] values = new double[tensor.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.values()[i];
        }
        return values;
    }

    private static IllegalArgumentException given(String what, String name) {
        return new IllegalArgumentException(
                "The " + what + " '" + name + "' is given, not computed.");
    }
}
