package dev.gnomon.graph;

import java.util.Locale;
import java.util.stream.Collectors;

/// The text form of ops and nodes.
public final class OpText {
    private OpText() {}

    /// `%7 = Conv2D(3x3)(%1, %2) : [batch, 26, 26, 32]`.
    public static String line(Node node) {
        String inputs =
                node.inputs().stream().map(input -> "%" + input).collect(Collectors.joining(", "));
        return "%" + node.id() + " = " + name(node.op()) + "(" + inputs + ") : " + node.shape();
    }

    /// The op's name with its settings.
    public static String name(Op op) {
        return switch (op) {
            case Op.Input(var name, var _) -> "input '" + name + "'";
            case Op.Variable(var path, var _) -> "variable '" + path + "'";
            case Op.Constant(var value) ->
                    "constant " + (value.size() == 1 ? value.values()[0] : value.shape());
            case Op.BatchSize() -> "batch_size";
            case Op.Iteration() -> "iteration";
            case Op.Unary(var function) -> lower(function);
            case Op.Binary(var function) -> lower(function);
            case Op.Select() -> "select";
            case Op.Clip(var low, var high) -> "clip[" + low + ", " + high + "]";
            case Op.MatMul(var a, var b) ->
                    "matmul" + (a ? "_transposed_a" : "") + (b ? "_transposed_b" : "");
            case Op.Conv2D(var window, var groups) -> "conv2d" + settings(window, groups);
            case Op.Conv2DInputGradient(var window, var groups, var _) ->
                    "conv2d_input_gradient" + settings(window, groups);
            case Op.Conv2DKernelGradient(var window, var groups, var _) ->
                    "conv2d_kernel_gradient" + settings(window, groups);
            case Op.Pool2D(var kind, var window) -> lower(kind) + "_pool2d" + settings(window, 1);
            case Op.Pool2DGradient(var kind, var window) ->
                    lower(kind) + "_pool2d_gradient" + settings(window, 1);
            case Op.Reduce(var kind, var axes, var keep) ->
                    "reduce_" + lower(kind) + axes + (keep ? " keeping dims" : "");
            case Op.ArgMax() -> "arg_max";
            case Op.Reshape(var shape) -> "reshape " + shape;
            case Op.Transpose(var order) -> "transpose " + order;
            case Op.BroadcastTo(var shape) -> "broadcast " + shape;
            case Op.Concat(var axis) -> "concat[" + axis + "]";
            case Op.Slice(var axis, var begin, var size) ->
                    "slice[axis " + axis + ", " + begin + " to " + (begin + size) + "]";
            case Op.Pad(var axis, var before, var after, var value) ->
                    "pad[axis " + axis + ", " + before + "+" + after + ", " + value + "]";
            case Op.OneHot(var depth) -> "one_hot[" + depth + "]";
            case Op.GatherClass() -> "gather_class";
            case Op.RankOfClass() -> "rank_of_class";
            case Op.Softmax() -> "softmax";
            case Op.LogSoftmax() -> "log_softmax";
            case Op.Dropout(var rate, var stream) -> "dropout[" + rate + ", '" + stream + "']";
            case Op.StopGradient() -> "stop_gradient";
            case Op.CustomGradient(var _) -> "custom_gradient";
        };
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String settings(Op.Window w, int groups) {
        var text = new StringBuilder("[" + w.height() + "x" + w.width());
        if (w.strideHeight() != 1 || w.strideWidth() != 1) {
            text.append(" /").append(w.strideHeight()).append('x').append(w.strideWidth());
        }
        if (w.dilationHeight() != 1 || w.dilationWidth() != 1) {
            text.append(" dilated ")
                    .append(w.dilationHeight())
                    .append('x')
                    .append(w.dilationWidth());
        }
        if (w.top() + w.bottom() + w.left() + w.right() > 0) {
            text.append(" pad ").append(w.top()).append('+').append(w.bottom());
            text.append(' ').append(w.left()).append('+').append(w.right());
        }
        return text.append(groups > 1 ? " groups " + groups + "]" : "]").toString();
    }
}
