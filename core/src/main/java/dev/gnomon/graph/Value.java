package dev.gnomon.graph;

import dev.gnomon.graph.Op.BinaryFunction;
import dev.gnomon.graph.Op.ReduceKind;
import dev.gnomon.graph.Op.UnaryFunction;
import dev.gnomon.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A handle to the result of a node: what layers, losses and own programs compute with. Nothing is computed until a plan
/// runs; every method adds a node to the graph.
public record Value(Graph graph, int id) {
    public Shape shape() {
        return node().shape();
    }

    public Node node() {
        return graph.node(id);
    }

    public Op op() {
        return node().op();
    }

    /// The node's inputs as values.
    public List<Value> inputs() {
        return node().inputs().stream().map(input -> new Value(graph, input)).toList();
    }

    // ---- arithmetic, broadcast as numpy does

    public Value add(Value other) {
        return binary(BinaryFunction.ADD, other);
    }

    public Value add(double number) {
        return add(graph.constant(number));
    }

    public Value sub(Value other) {
        return binary(BinaryFunction.SUBTRACT, other);
    }

    public Value sub(double number) {
        return sub(graph.constant(number));
    }

    public Value mul(Value other) {
        return binary(BinaryFunction.MULTIPLY, other);
    }

    public Value mul(double number) {
        return mul(graph.constant(number));
    }

    public Value div(Value other) {
        return binary(BinaryFunction.DIVIDE, other);
    }

    public Value div(double number) {
        return div(graph.constant(number));
    }

    public Value pow(Value other) {
        return binary(BinaryFunction.POWER, other);
    }

    public Value pow(double number) {
        return pow(graph.constant(number));
    }

    public Value max(Value other) {
        return binary(BinaryFunction.MAXIMUM, other);
    }

    public Value max(double number) {
        return max(graph.constant(number));
    }

    public Value min(Value other) {
        return binary(BinaryFunction.MINIMUM, other);
    }

    public Value min(double number) {
        return min(graph.constant(number));
    }

    public Value atan2(Value x) {
        return binary(BinaryFunction.ATAN2, x);
    }

    /// 1 where equal, else 0; no gradient, like all comparisons.
    public Value equal(Value other) {
        return binary(BinaryFunction.EQUAL, other);
    }

    public Value notEqual(Value other) {
        return binary(BinaryFunction.NOT_EQUAL, other);
    }

    public Value less(Value other) {
        return binary(BinaryFunction.LESS, other);
    }

    public Value lessEqual(Value other) {
        return binary(BinaryFunction.LESS_EQUAL, other);
    }

    public Value greater(Value other) {
        return binary(BinaryFunction.GREATER, other);
    }

    public Value greater(double number) {
        return greater(graph.constant(number));
    }

    public Value less(double number) {
        return less(graph.constant(number));
    }

    public Value lessEqual(double number) {
        return lessEqual(graph.constant(number));
    }

    public Value greaterEqual(Value other) {
        return binary(BinaryFunction.GREATER_EQUAL, other);
    }

    /// `this != 0 ? a : b`.
    public Value select(Value a, Value b) {
        return graph.add(new Op.Select(), this, a, b);
    }

    // ---- functions

    public Value neg() {
        return unary(UnaryFunction.NEGATE);
    }

    public Value abs() {
        return unary(UnaryFunction.ABS);
    }

    public Value sign() {
        return unary(UnaryFunction.SIGN);
    }

    public Value sqrt() {
        return unary(UnaryFunction.SQRT);
    }

    public Value square() {
        return unary(UnaryFunction.SQUARE);
    }

    public Value reciprocal() {
        return unary(UnaryFunction.RECIPROCAL);
    }

    public Value exp() {
        return unary(UnaryFunction.EXP);
    }

    public Value expm1() {
        return unary(UnaryFunction.EXPM1);
    }

    public Value log() {
        return unary(UnaryFunction.LOG);
    }

    public Value log1p() {
        return unary(UnaryFunction.LOG1P);
    }

    public Value sin() {
        return unary(UnaryFunction.SIN);
    }

    public Value cos() {
        return unary(UnaryFunction.COS);
    }

    public Value tan() {
        return unary(UnaryFunction.TAN);
    }

    public Value asin() {
        return unary(UnaryFunction.ASIN);
    }

    public Value acos() {
        return unary(UnaryFunction.ACOS);
    }

    public Value atan() {
        return unary(UnaryFunction.ATAN);
    }

    public Value tanh() {
        return unary(UnaryFunction.TANH);
    }

    public Value sigmoid() {
        return unary(UnaryFunction.SIGMOID);
    }

    public Value erf() {
        return unary(UnaryFunction.ERF);
    }

    public Value relu() {
        return unary(UnaryFunction.RELU);
    }

    public Value floor() {
        return unary(UnaryFunction.FLOOR);
    }

    public Value clip(double low, double high) {
        return graph.add(new Op.Clip((float) low, (float) high), this);
    }

    public Value softmax() {
        return graph.add(new Op.Softmax(), this);
    }

    public Value logSoftmax() {
        return graph.add(new Op.LogSoftmax(), this);
    }

    public Value dropout(double rate, String stream) {
        return graph.add(new Op.Dropout((float) rate, stream), this);
    }

    public Value stopGradient() {
        return graph.add(new Op.StopGradient(), this);
    }

    /// This value with a gradient of its own: `rule` gives the gradients for `sources` from the gradient of this value.
    public Value withGradient(List<Value> sources, Op.GradientRule rule) {
        List<Value> inputs = new ArrayList<>(sources);
        inputs.addFirst(this);
        return graph.add(new Op.CustomGradient(rule), inputs.toArray(new Value[0]));
    }

    // ---- products

    public Value matmul(Value other) {
        return graph.add(new Op.MatMul(false, false), this, other);
    }

    // ---- reductions; without axes over all but the batch

    /// Sum over the given axes; negative ones count from the end.
    public Value sum(int... axes) {
        return reduce(ReduceKind.SUM, false, axes);
    }

    public Value mean(int... axes) {
        return reduce(ReduceKind.MEAN, false, axes);
    }

    public Value reduceMax(int... axes) {
        return reduce(ReduceKind.MAX, false, axes);
    }

    public Value reduceMin(int... axes) {
        return reduce(ReduceKind.MIN, false, axes);
    }

    public Value reduce(ReduceKind kind, boolean keepDims, int... axes) {
        int rank = shape().rank();
        int[] over =
                axes.length > 0
                        ? axes
                        : IntStream.range(shape().isBatched() ? 1 : 0, rank).toArray();
        return over.length == 0
                ? this
                : graph.add(new Op.Reduce(kind, Graph.axes(rank, over), keepDims), this);
    }

    /// Sum over all axes, the batch included: one number.
    public Value sumAll() {
        return sum(IntStream.range(0, shape().rank()).toArray());
    }

    public Value argMax() {
        return graph.add(new Op.ArgMax(), this);
    }

    // ---- shape

    /// The elements in another shape; for a batched value a shape that begins with [Shape#BATCH].
    public Value reshape(Shape shape) {
        return shape.equals(shape()) ? this : graph.add(new Op.Reshape(shape), this);
    }

    public Value transpose(Integer... order) {
        return graph.add(new Op.Transpose(List.of(order)), this);
    }

    public Value broadcastTo(Shape shape) {
        return shape.equals(shape()) ? this : graph.add(new Op.BroadcastTo(shape), this);
    }

    public Value slice(int axis, int begin, int size) {
        int index = axis < 0 ? axis + shape().rank() : axis;
        return graph.add(new Op.Slice(index, begin, size), this);
    }

    public Value pad(int axis, int before, int after, double value) {
        int index = axis < 0 ? axis + shape().rank() : axis;
        return before == 0 && after == 0
                ? this
                : graph.add(new Op.Pad(index, before, after, (float) value), this);
    }

    // ---- classes

    public Value oneHot(int depth) {
        return graph.add(new Op.OneHot(depth), this);
    }

    /// The elements of the last axis that the class numbers choose.
    public Value gatherClass(Value classes) {
        return graph.add(new Op.GatherClass(), this, classes);
    }

    /// How many elements of the last axis are larger than the one that the class number chooses.
    public Value rankOfClass(Value classes) {
        return graph.add(new Op.RankOfClass(), this, classes);
    }

    // ---- images

    public Value conv2d(Value kernel, Op.Window window, int groups) {
        return graph.add(new Op.Conv2D(window, groups), this, kernel);
    }

    public Value pool2d(Op.PoolKind kind, Op.Window window) {
        return graph.add(new Op.Pool2D(kind, window), this);
    }

    private Value unary(UnaryFunction function) {
        return graph.add(new Op.Unary(function), this);
    }

    private Value binary(BinaryFunction function, Value other) {
        return graph.add(new Op.Binary(function), this, other);
    }

    @Override
    public String toString() {
        return OpText.line(node());
    }
}
