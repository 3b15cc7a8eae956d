package dev.gnomon.plan;

import dev.gnomon.graph.Node;
import dev.gnomon.graph.Op;
import dev.gnomon.kernel.onednn.PoolCalls;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Lowers pooling and its gradients: a maximum that has a gradient keeps which value it chose.
final class PoolLowering {
    /// Where a maximum's choices are kept.
    private record Choice(Op.Window window, Slot slot) {}

    private final Lowering lowering;
    private final Map<Integer, Choice> choices = new HashMap<>();

    PoolLowering(Lowering lowering) {
        this.lowering = lowering;
    }

    void pool(Node node, Op.PoolKind kind, Op.Window window, List<Units.Unit> order) {
        int x = node.inputs().getFirst();
        if (!node.shape().isBatched()) {
            lowering.reference(node);
            return;
        }
        boolean keeps =
                kind == Op.PoolKind.MAX
                        && order.stream()
                                .anyMatch(unit ->
                                        lowering.node(unit.first()).op()
                                                        instanceof Op.Pool2DGradient(var k, var w)
                                                && k == kind
                                                && w.equals(window)
                                                && lowering.units()
                                                                .root(
                                                                        lowering.node(unit.first())
                                                                                .inputs()
                                                                                .getFirst())
                                                        == lowering.units().root(x));
        Slot y = lowering.result(node.id());
        Slot choice =
                keeps
                        ? lowering.schedule()
                                .samples(PoolCalls.workspaceBytes(node.shape(), window))
                        : null;
        if (choice != null) {
            choices.put(lowering.units().root(x), new Choice(window, choice));
        }
        lowering.add(
                node,
                List.of(x),
                choice == null ? List.of() : List.of(choice),
                () ->
                        calls(kind, window, lowering.node(x), node)
                                .forward(
                                        lowering.slot(x).buffer(),
                                        y.buffer(),
                                        choice == null ? null : choice.buffer()));
    }

    private PoolCalls calls(Op.PoolKind kind, Op.Window window, Node x, Node y) {
        return lowering.kernels()
                .pool(kind, window, x.shape(), y.shape(), lowering.shards().sizes());
    }

    void poolGradient(Node node, Op.PoolKind kind, Op.Window window) {
        int x = node.inputs().get(0);
        int dy = node.inputs().get(1);
        var choice = choices.get(lowering.units().root(x));
        if (!node.shape().isBatched()
                || (kind == Op.PoolKind.MAX
                        && (choice == null || !choice.window().equals(window)))) {
            lowering.reference(node);
            return;
        }
        Slot dx = lowering.result(node.id());
        boolean max = kind == Op.PoolKind.MAX;
        lowering.add(
                node,
                List.of(dy),
                max && choice != null ? List.of(choice.slot()) : List.of(),
                () ->
                        calls(kind, window, lowering.node(x), lowering.node(dy))
                                .gradient(
                                        lowering.slot(dy).buffer(),
                                        dx.buffer(),
                                        max && choice != null ? choice.slot().buffer() : null));
    }
}
