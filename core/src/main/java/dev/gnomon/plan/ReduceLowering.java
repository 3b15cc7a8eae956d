package dev.gnomon.plan;

import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Node;
import dev.gnomon.graph.Op;
import dev.gnomon.graph.Op.ReduceKind;
import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.java.JavaKernels;
import dev.gnomon.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lowers reductions: over a sample's own axes, or over the batch in lanes that are then joined.
final class ReduceLowering {
    private final Lowering lowering;
    private final Graph graph;
    private final Units units;

    ReduceLowering(Lowering lowering) {
        this.lowering = lowering;
        this.graph = lowering.graph();
        this.units = lowering.units();
    }

    /// What a sum is multiplied by: one over the number of values for a mean.
    float scale(ReduceKind kind, List<Integer> axes, Shape shape) {
        if (kind != ReduceKind.MEAN) {
            return 1;
        }
        double count = 1;
        for (int axis : axes) {
            count *= shape.dim(axis) == Shape.BATCH ? lowering.shards().batch() : shape.dim(axis);
        }
        return (float) (1 / count);
    }

    /// The kernel gradient that could give this sum, if it can be computed now and is not yet.
    private @Nullable Node kernelGradientOf(Node sum, ReduceKind kind, List<Integer> axes) {
        if (lowering.isLowered(sum.id())
                || kind != ReduceKind.SUM
                || !axes.equals(List.of(0, 1, 2))) {
            return null;
        }
        int dy = units.root(sum.inputs().getFirst());
        for (Node node : graph.nodes()) {
            if (units.needed(node.id())
                    && node.op() instanceof Op.Conv2DKernelGradient
                    && !lowering.isLowered(node.id())
                    && units.root(node.inputs().get(1)) == dy
                    && lowering.isLowered(units.root(node.inputs().get(0)))) {
                return node;
            }
        }
        return null;
    }

    void reduce(Node node, ReduceKind kind, List<Integer> axes) {
        Node gradient = kernelGradientOf(node, kind, axes);
        if (gradient != null && gradient.op() instanceof Op.Conv2DKernelGradient op) {
            lowering.convolutions().kernelGradient(gradient, op);
        }
        if (lowering.isLowered(node.id())) {
            return;
        }
        int x = node.inputs().getFirst();
        Shape shape = lowering.node(x).shape();
        if (axes.getLast() - axes.getFirst() + 1 != axes.size()) {
            lowering.reference(node);
            return;
        }
        float scale = scale(kind, axes, shape);
        if (Units.sumsOverBatch(graph, node)) {
            lowering.addSum(
                    node,
                    kind,
                    scale,
                    List.of(lowering.slot(x)),
                    to -> reduceCall(kind, axes, shape, 1, lowering.slot(x).buffer(), to));
            return;
        }
        Slot result = lowering.result(node.id());
        lowering.add(
                node,
                List.of(x),
                List.of(),
                () ->
                        reduceCall(
                                kind,
                                axes,
                                shape,
                                scale,
                                lowering.slot(x).buffer(),
                                result.buffer()));
    }

    private static Call reduceCall(
            ReduceKind kind, List<Integer> axes, Shape shape, float scale, Buffer from, Buffer to) {
        Call call = JavaKernels.reduce(kind, axes, shape, scale, from, to);
        if (call == null) {
            throw new AssertionError(axes + " of " + shape);
        }
        return call;
    }
}
