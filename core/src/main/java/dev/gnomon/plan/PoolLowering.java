package dev.gnomon.plan;

import dev.gnomon.graph.Node;
import dev.gnomon.graph.Op;
import dev.gnomon.kernel.onednn.OneDnnKernels;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Lowers pooling and its gradients: a maximum that has a gradient keeps which value it chose.
final class PoolLowering {
    private final Lowering lowering;
    private final Map<Integer, ProductLowering.Choice> poolChoices = new HashMap<>();

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
                                .samples(OneDnnKernels.workspaceBytes(node.shape(), window))
                        : null;
        if (choice != null) {
            poolChoices.put(lowering.units().root(x), new ProductLowering.Choice(window, choice));
        }
        lowering.add(
                node,
                List.of(x),
                choice == null ? List.of() : List.of(choice),
                () ->
                        lowering.kernels()
                                .pool(
                                        kind,
                                        window,
                                        lowering.node(x).shape(),
                                        node.shape(),
                                        lowering.shards().sizes(),
                                        lowering.slot(x).buffer(),
                                        y.buffer(),
                                        choice == null ? null : choice.buffer()));
    }

    void poolGradient(Node node, Op.PoolKind kind, Op.Window window) {
        int x = node.inputs().get(0);
        int dy = node.inputs().get(1);
        var choice = poolChoices.get(lowering.units().root(x));
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
                        lowering.kernels()
                                .poolGradient(
                                        kind,
                                        window,
                                        lowering.node(x).shape(),
                                        lowering.node(dy).shape(),
                                        lowering.shards().sizes(),
                                        lowering.slot(dy).buffer(),
                                        dx.buffer(),
                                        max && choice != null ? choice.slot().buffer() : null));
    }
}
