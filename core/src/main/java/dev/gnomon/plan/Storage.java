package dev.gnomon.plan;

import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Node;
import dev.gnomon.graph.Op;
import dev.gnomon.kernel.Element;
import dev.gnomon.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/// Which values of a graph are kept as bfloat16 under [Precision#MIXED_BFLOAT16]: results of products, pooling and
/// elementwise ops on the way between products, where all who read them can. All others are float32: weights, what leaves
/// the graph, statistics, the loss.
final class Storage {
    private final Graph graph;
    private final Units units;
    private final boolean[] half;
    private final List<List<Node>> readers = new ArrayList<>();

    Storage(Graph graph, Units units, Precision precision) {
        this.graph = graph;
        this.units = units;
        this.half = new boolean[graph.nodes().size()];
        if (precision == Precision.FLOAT32) {
            return;
        }
        findReaders();
        for (Node node : graph.nodes()) {
            half[node.id()] =
                    units.needed(node.id()) && units.root(node.id()) == node.id() && suits(node);
        }
        graph.outputs().values().forEach(value -> half[units.root(value.id())] = false);
        graph.assignments().values().forEach(value -> half[units.root(value.id())] = false);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Node node : graph.nodes()) {
                if (half[node.id()] && !isReadAsHalf(node)) {
                    half[node.id()] = false;
                    changed = true;
                }
            }
        }
    }

    private void findReaders() {
        graph.nodes().forEach(_ -> readers.add(new ArrayList<>()));
        for (Node node : graph.nodes()) {
            if (units.needed(node.id()) && units.root(node.id()) == node.id()) {
                node.inputs().forEach(input -> readers.get(units.root(input)).add(node));
            }
        }
    }

    Element element(int root) {
        return half[root] ? Element.BFLOAT16 : Element.FLOAT32;
    }

    /// Whether a value is one that Keras's layers would give in bfloat16, as far as its own op tells.
    private boolean suits(Node node) {
        boolean image = node.shape().rank() == 4;
        boolean kind =
                isProduct(node.op())
                        || node.op() instanceof Op.Pool2D
                        || node.op() instanceof Op.Pool2DGradient
                        || Units.isElementwise(node.op());
        return kind
                && node.shape().isBatched()
                && node.shape().rank() >= 2
                && (image
                        || readers.get(node.id()).stream()
                                .anyMatch(reader -> isProduct(reader.op())));
    }

    private static boolean isProduct(Op op) {
        return op instanceof Op.Conv2D
                || op instanceof Op.Conv2DInputGradient
                || op instanceof Op.Conv2DKernelGradient
                || op instanceof Op.MatMul;
    }

    private boolean isReadAsHalf(Node node) {
        boolean itself =
                switch (node.op()) {
                    case Op.Pool2D _ -> half[units.root(node.inputs().getFirst())];
                    case Op.Pool2DGradient _ -> half[units.root(node.inputs().get(1))];
                    default -> true;
                };
        return itself && readers.get(node.id()).stream().allMatch(reader -> reads(reader, node));
    }

    private boolean reads(Node reader, Node value) {
        return switch (reader.op()) {
            case Op.Conv2D _, Op.Conv2DInputGradient _ -> reader.shape().isBatched();
            case Op.Conv2DKernelGradient _ -> Units.sumsOverBatch(graph, reader);
            case Op.MatMul _ -> true;
            case Op.Reduce(var _, var axes, var _) ->
                    axes.getLast() - axes.getFirst() + 1 == axes.size();
            case Op.Pool2D _ -> half[reader.id()];
            case Op.Pool2DGradient(var kind, var window) ->
                    units.root(reader.inputs().get(1)) == value.id()
                            ? half[reader.id()] && isPooled(reader, kind, window)
                            : isPooled(reader, kind, window);
            default -> Units.isElementwise(reader.op()) && readsPlainly(reader, value);
        };
    }

    /// Whether the pooling of a gradient is in the graph, so that it left what the gradient needs.
    private boolean isPooled(Node gradient, Op.PoolKind kind, Op.Window window) {
        int x = units.root(gradient.inputs().getFirst());
        return kind == Op.PoolKind.AVERAGE
                || readers.get(x).stream()
                        .anyMatch(reader ->
                                reader.op() instanceof Op.Pool2D(var k, var w)
                                        && k == kind
                                        && w.equals(window));
    }

    /// Whether an elementwise op reads a value element by element, not stretched.
    private boolean readsPlainly(Node reader, Node value) {
        Shape shape = value.shape();
        return reader.inputs().stream()
                .filter(input -> units.root(input) == value.id())
                .allMatch(input ->
                        graph.node(input).shape().equals(reader.shape())
                                && shape.elements() == reader.shape().elements());
    }
}
