package dev.gnomon.graph;

import dev.gnomon.graph.Op.PoolKind;
import dev.gnomon.graph.Op.ReduceKind;
import dev.gnomon.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reverse-mode differentiation: adds the nodes that compute gradients to the graph.
public final class Gradients {
    private final Graph graph;
    private final Value[] sums;
    private final boolean[] wanted;

    private Gradients(Graph graph, int count) {
        this.graph = graph;
        this.sums = new Value[count];
        this.wanted = new boolean[count];
    }

    /// The gradients of the sum of `loss` for each of `sources`; zeros for a source that the loss does not depend on.
    /// Only what lies between the two is differentiated.
    public static List<Value> of(Value loss, List<Value> sources) {
        Graph graph = loss.graph();
        var pass = new Gradients(graph, loss.id() + 1);
        pass.markWanted(sources);
        pass.sums[loss.id()] = graph.constant(1).broadcastTo(loss.shape());
        for (int id = loss.id(); id >= 0; id--) {
            Value output = pass.sums[id];
            if (output != null && pass.wanted[id]) {
                pass.propagate(new Value(graph, id), output);
            }
        }
        List<Value> result = new ArrayList<>();
        for (Value source : sources) {
            Value sum = source.id() <= loss.id() ? pass.sums[source.id()] : null;
            result.add(sum != null ? sum : graph.constant(0).broadcastTo(source.shape()));
        }
        return result;
    }

    private void markWanted(List<Value> sources) {
        sources.stream()
                .filter(source -> source.id() < wanted.length)
                .forEach(source -> wanted[source.id()] = true);
        for (int id = 0; id < wanted.length; id++) {
            Node node = graph.node(id);
            if (!(node.op() instanceof Op.StopGradient)) {
                wanted[id] |= node.inputs().stream().anyMatch(input -> wanted[input]);
            }
        }
    }

    private void propagate(Value y, Value dy) {
        List<Value> x = y.inputs();
        if (x.stream().noneMatch(input -> wanted[input.id()])) {
            return;
        }
        List<@Nullable Value> gradients = gradients(y, x, dy);
        for (int i = 0; i < gradients.size(); i++) {
            Value gradient = gradients.get(i);
            int id = x.get(i).id();
            if (gradient != null && wanted[id]) {
                Value fitted = fit(gradient, x.get(i).shape());
                sums[id] = sums[id] == null ? fitted : sums[id].add(fitted);
            }
        }
    }

    private boolean wants(Value value) {
        return wanted[value.id()];
    }

    /// The gradient of each input, null where none flows. It may have a shape that still has to be summed to the input's.
    private List<@Nullable Value> gradients(Value y, List<Value> x, Value dy) {
        return switch (y.op()) {
            case Op.Input(var _, var _) -> List.of();
            case Op.Variable(var _, var _) -> List.of();
            case Op.Constant(var _) -> List.of();
            case Op.BatchSize() -> List.of();
            case Op.Iteration() -> List.of();
            case Op.Unary(var function) -> one(unary(function, x.get(0), y, dy));
            case Op.Binary(var function) -> binary(function, x.get(0), x.get(1), y, dy);
            case Op.Select() -> {
                Value zero = graph.constant(0);
                yield list(null, x.get(0).select(dy, zero), x.get(0).select(zero, dy));
            }
            case Op.Clip(var low, var high) -> {
                Value inside =
                        x.get(0)
                                .greaterEqual(graph.constant(low))
                                .mul(x.get(0).lessEqual(graph.constant(high)));
                yield one(dy.mul(inside));
            }
            case Op.MatMul(var a, var b) -> matMul(a, b, x.get(0), x.get(1), dy);
            case Op.Conv2D(var window, var groups) -> conv(window, groups, x.get(0), x.get(1), dy);
            case Op.Conv2DInputGradient(var window, var groups, var _) ->
                    list(
                            graph.add(
                                    new Op.Conv2DKernelGradient(window, groups, x.get(0).shape()),
                                    dy,
                                    x.get(1)),
                            dy.conv2d(x.get(0), window, groups));
            case Op.Conv2DKernelGradient(var window, var groups, var _) ->
                    list(
                            graph.add(
                                    new Op.Conv2DInputGradient(window, groups, x.get(0).shape()),
                                    dy,
                                    x.get(1)),
                            x.get(0).conv2d(dy, window, groups));
            case Op.Pool2D(var kind, var window) ->
                    one(graph.add(new Op.Pool2DGradient(kind, window), x.get(0), dy));
            case Op.Pool2DGradient(var kind, var window) ->
                    list(null, wants(x.get(1)) ? poolAgain(kind, window, dy) : null);
            case Op.Reduce(var kind, var axes, var _) -> one(reduce(kind, axes, x.get(0), y, dy));
            case Op.ArgMax() -> one(null);
            case Op.Reshape(var _) -> one(dy.reshape(x.get(0).shape()));
            case Op.Transpose(var order) -> one(dy.transpose(inverse(order)));
            case Op.BroadcastTo(var _) -> one(dy);
            case Op.Concat(var axis) -> concat(axis, x, dy);
            case Op.Slice(var axis, var begin, var size) ->
                    one(dy.pad(axis, begin, x.get(0).shape().dim(axis) - begin - size, 0));
            case Op.Pad(var axis, var before, var _, var _) ->
                    one(dy.slice(axis, before, x.get(0).shape().dim(axis)));
            case Op.OneHot(var _) -> one(null);
            case Op.GatherClass() ->
                    list(spread(dy).mul(x.get(1).oneHot(x.get(0).shape().last())), null);
            case Op.RankOfClass() -> list(null, null);
            case Op.Softmax() -> one(y.mul(dy.sub(dy.mul(y).reduce(ReduceKind.SUM, true, -1))));
            case Op.LogSoftmax() ->
                    one(dy.sub(x.get(0).softmax().mul(dy.reduce(ReduceKind.SUM, true, -1))));
            case Op.Dropout(var rate, var stream) -> one(dy.dropout(rate, stream));
            case Op.StopGradient() -> one(null);
            case Op.CustomGradient(var rule) -> custom(rule, x, dy);
        };
    }

    private @Nullable Value unary(Op.UnaryFunction function, Value x, Value y, Value dy) {
        return switch (function) {
            case NEGATE -> dy.neg();
            case ABS -> dy.mul(x.sign());
            case SIGN, FLOOR -> null;
            case SQRT -> dy.mul(0.5).div(y);
            case SQUARE -> dy.mul(x).mul(2);
            case RECIPROCAL -> dy.mul(y.square()).neg();
            case EXP -> dy.mul(y);
            case EXPM1 -> dy.mul(y.add(1));
            case LOG -> dy.div(x);
            case LOG1P -> dy.div(x.add(1));
            case SIN -> dy.mul(x.cos());
            case COS -> dy.mul(x.sin()).neg();
            case TAN -> dy.mul(y.square().add(1));
            case ASIN -> dy.div(graph.constant(1).sub(x.square()).sqrt());
            case ACOS -> dy.div(graph.constant(1).sub(x.square()).sqrt()).neg();
            case ATAN -> dy.div(x.square().add(1));
            case TANH -> dy.mul(graph.constant(1).sub(y.square()));
            case SIGMOID -> dy.mul(y).mul(graph.constant(1).sub(y));
            case ERF -> dy.mul(x.square().neg().exp()).mul(2 / Math.sqrt(Math.PI));
            case RELU -> relu(y, dy);
        };
    }

    /// A rectifier's gradient. Before max pooling it is taken of the maxima: each is as positive as the element that it is,
    /// and they are fewer.
    private Value relu(Value y, Value dy) {
        Value maxima =
                dy.op() instanceof Op.Pool2DGradient(var kind, var window)
                        ? pooled(y, kind, window)
                        : null;
        if (maxima == null || dy.inputs().getFirst().id() != y.id()) {
            return dy.mul(y.greater(0));
        }
        return graph.add(dy.op(), y, dy.inputs().getLast().mul(maxima.greater(0)));
    }

    private @Nullable Value pooled(Value x, PoolKind kind, Op.Window window) {
        if (kind == PoolKind.MAX) {
            for (Node node : graph.nodes()) {
                if (node.op().equals(new Op.Pool2D(kind, window))
                        && node.inputs().getFirst() == x.id()) {
                    return new Value(graph, node.id());
                }
            }
        }
        return null;
    }

    private List<@Nullable Value> binary(
            Op.BinaryFunction function, Value a, Value b, Value y, Value dy) {
        return switch (function) {
            case ADD -> list(dy, dy);
            case SUBTRACT -> list(dy, wants(b) ? dy.neg() : null);
            case MULTIPLY -> list(wants(a) ? dy.mul(b) : null, wants(b) ? dy.mul(a) : null);
            case DIVIDE ->
                    list(wants(a) ? dy.div(b) : null, wants(b) ? dy.mul(y).div(b).neg() : null);
            case POWER ->
                    list(
                            wants(a) ? dy.mul(b).mul(a.pow(b.sub(1))) : null,
                            wants(b)
                                    ? dy.mul(y).mul(a.greater(0).select(a, graph.constant(1)).log())
                                    : null);
            case MAXIMUM -> sides(a.greaterEqual(b), dy, a, b);
            case MINIMUM -> sides(a.lessEqual(b), dy, a, b);
            case ATAN2 -> {
                Value scale = dy.div(a.square().add(b.square()));
                yield list(scale.mul(b), scale.mul(a).neg());
            }
            case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> list(null, null);
        };
    }

    /// The gradient goes to the side that was chosen; of equals, half to each.
    private List<@Nullable Value> sides(Value first, Value dy, Value a, Value b) {
        Value share = first.sub(a.equal(b).mul(0.5));
        return list(dy.mul(share), wants(b) ? dy.mul(graph.constant(1).sub(share)) : null);
    }

    private List<@Nullable Value> matMul(
            boolean transposeA, boolean transposeB, Value a, Value b, Value dy) {
        if (transposeA) {
            return list(
                    wants(a) ? graph.add(new Op.MatMul(false, true), b, dy) : null,
                    wants(b) ? graph.add(new Op.MatMul(false, false), a, dy) : null);
        }
        Value da = wants(a) ? graph.add(new Op.MatMul(false, !transposeB), dy, b) : null;
        if (!wants(b)) {
            return list(da, null);
        }
        var product = new Op.MatMul(true, false);
        return list(da, transposeB ? graph.add(product, dy, a) : graph.add(product, a, dy));
    }

    private List<@Nullable Value> conv(
            Op.Window window, int groups, Value x, Value kernel, Value dy) {
        return list(
                wants(x)
                        ? graph.add(
                                new Op.Conv2DInputGradient(window, groups, x.shape()), kernel, dy)
                        : null,
                wants(kernel)
                        ? graph.add(
                                new Op.Conv2DKernelGradient(window, groups, kernel.shape()), x, dy)
                        : null);
    }

    private @Nullable Value poolAgain(PoolKind kind, Op.Window window, Value dy) {
        if (kind == PoolKind.MAX) {
            throw new UnsupportedOperationException(
                    "The gradient of max pooling cannot be differentiated again; use average pooling.");
        }
        return dy.pool2d(kind, window);
    }

    private Value reduce(ReduceKind kind, List<Integer> axes, Value x, Value y, Value dy) {
        int[] kept = x.shape().dims();
        axes.forEach(axis -> kept[axis] = 1);
        Value wide = dy.reshape(Shape.of(kept));
        return switch (kind) {
            case SUM -> wide.broadcastTo(x.shape());
            case MEAN -> wide.div(count(axes, x.shape())).broadcastTo(x.shape());
            case MAX, MIN -> {
                Value best = x.equal(y.reshape(Shape.of(kept)));
                Value ties =
                        best.reduce(
                                ReduceKind.SUM,
                                true,
                                axes.stream().mapToInt(axis -> axis).toArray());
                yield best.mul(wide).div(ties);
            }
        };
    }

    /// How many elements a reduction over the axes sums, as a value: the batch's size may be among them.
    private Value count(List<Integer> axes, Shape shape) {
        double product = 1;
        boolean batch = false;
        for (int axis : axes) {
            batch |= shape.dim(axis) == Shape.BATCH;
            product *= shape.dim(axis) == Shape.BATCH ? 1 : shape.dim(axis);
        }
        return batch ? graph.batchSize().mul(product) : graph.constant(product);
    }

    private static Integer[] inverse(List<Integer> order) {
        Integer[] inverse = new Integer[order.size()];
        for (int i = 0; i < inverse.length; i++) {
            inverse[order.get(i)] = i;
        }
        return inverse;
    }

    private static List<@Nullable Value> concat(int axis, List<Value> x, Value dy) {
        List<@Nullable Value> parts = new ArrayList<>();
        int begin = 0;
        for (Value part : x) {
            int size = part.shape().dim(axis);
            parts.add(dy.slice(axis, begin, size));
            begin += size;
        }
        return parts;
    }

    /// The value with a last axis of 1.
    private static Value spread(Value value) {
        return value.reshape(value.shape().append(1));
    }

    private static List<@Nullable Value> custom(Op.GradientRule rule, List<Value> x, Value dy) {
        List<@Nullable Value> gradients = new ArrayList<>();
        gradients.add(null);
        gradients.addAll(rule.gradients(dy));
        if (gradients.size() != x.size()) {
            throw new IllegalArgumentException(
                    "A custom gradient of "
                            + (x.size() - 1)
                            + " sources gave "
                            + (gradients.size() - 1)
                            + " gradients.");
        }
        return gradients;
    }

    /// Sums a gradient over the axes that were broadcast.
    private static Value fit(Value gradient, Shape target) {
        Shape from = gradient.shape();
        if (from.equals(target)) {
            return gradient;
        }
        Shape common = ShapeRules.broadcast(from, target);
        if (common.equals(target)) {
            return gradient.broadcastTo(target);
        }
        int lead = from.rank() - target.rank();
        int[] axes = new int[from.rank()];
        int count = 0;
        for (int axis = 0; axis < from.rank(); axis++) {
            if (axis < lead || (target.dim(axis - lead) == 1 && from.dim(axis) != 1)) {
                axes[count++] = axis;
            }
        }
        return gradient.sum(Arrays.copyOf(axes, count)).reshape(target);
    }

    private static List<@Nullable Value> one(@Nullable Value value) {
        return Arrays.asList(value);
    }

    private static List<@Nullable Value> list(@Nullable Value... values) {
        return Arrays.asList(values);
    }
}
