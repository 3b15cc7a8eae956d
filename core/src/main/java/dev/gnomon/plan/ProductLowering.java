package dev.gnomon.plan;

import dev.gnomon.graph.Node;
import dev.gnomon.graph.Op;
import dev.gnomon.graph.Op.ReduceKind;
import dev.gnomon.graph.Op.UnaryFunction;
import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.onednn.ConvolutionCalls;
import dev.gnomon.kernel.onednn.MatMulCall;
import dev.gnomon.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lowers convolutions and matrix products, with the bias and the activation that follow them.
final class ProductLowering {
    /// Where a maximum's choices are kept.
    record Choice(Op.Window window, Slot slot) {}

    /// A product's result with what was fused into it.
    private record Fused(Node last, @Nullable Integer bias, @Nullable UnaryFunction activation) {}

    /// A kernel packed for a purpose; packed once for all that use it.
    private record PackKey(int kernel, boolean forward, Shape input, Op.Window window) {}

    private record Packed(ConvolutionCalls.Packed layout, Slot slot, int level) {}

    private final Lowering lowering;
    private final Map<PackKey, Packed> packed = new HashMap<>();

    ProductLowering(Lowering lowering) {
        this.lowering = lowering;
    }

    private Fused fused(Units.Unit unit) {
        Integer bias = null;
        UnaryFunction activation = null;
        for (int id : unit.nodes().subList(1, unit.nodes().size())) {
            Node node = lowering.node(id);
            if (node.op() instanceof Op.Unary(var function)) {
                activation = function;
            } else {
                bias = node.inputs().get(1);
            }
        }
        return new Fused(lowering.node(unit.last()), bias, activation);
    }

    private @Nullable Buffer buffer(@Nullable Integer id) {
        return id == null ? null : lowering.slot(id).buffer();
    }

    // ---- convolutions

    private ConvolutionCalls calls(
            Op.Window window, int groups, Shape input, Shape kernel, Shape output) {
        return lowering.kernels().convolution(window, groups, input, kernel, output);
    }

    void convolution(Units.Unit unit, Op.Conv2D op) {
        Node head = lowering.node(unit.first());
        Fused fused = fused(unit);
        int x = head.inputs().get(0);
        int kernel = head.inputs().get(1);
        var calls =
                calls(
                        op.window(),
                        op.groups(),
                        lowering.node(x).shape(),
                        lowering.node(kernel).shape(),
                        head.shape());
        Packed weights = pack(kernel, true, lowering.node(x).shape(), op.window(), calls);
        Slot y = lowering.result(fused.last.id());
        lowering.schedule()
                .sharded(
                        lowering.units().stage(head.id()),
                        List.of(lowering.slot(x), weights.slot, y),
                        () ->
                                calls.forward(
                                        lowering.shards().sizes(),
                                        weights.layout,
                                        lowering.slot(x).buffer(),
                                        weights.slot.buffer(),
                                        buffer(fused.bias),
                                        y.buffer(),
                                        fused.activation));
    }

    void inputGradient(Node node, Op.Conv2DInputGradient op) {
        int kernel = node.inputs().get(0);
        int dy = node.inputs().get(1);
        var calls =
                calls(
                        op.window(),
                        op.groups(),
                        node.shape(),
                        lowering.node(kernel).shape(),
                        lowering.node(dy).shape());
        Packed weights = pack(kernel, false, node.shape(), op.window(), calls);
        Slot dx = lowering.result(node.id());
        lowering.schedule()
                .sharded(
                        lowering.units().stage(node.id()),
                        List.of(lowering.slot(dy), weights.slot, dx),
                        () ->
                                calls.inputGradient(
                                        lowering.shards().sizes(),
                                        weights.layout,
                                        weights.slot.buffer(),
                                        lowering.slot(dy).buffer(),
                                        dx.buffer()));
    }

    void kernelGradient(Node node, Op.Conv2DKernelGradient op) {
        int x = node.inputs().get(0);
        int dy = node.inputs().get(1);
        var calls =
                calls(
                        op.window(),
                        op.groups(),
                        lowering.node(x).shape(),
                        node.shape(),
                        lowering.node(dy).shape());
        var layout = calls.kernelGradientLayout(lowering.shards().largest());
        Slot parts = lowering.schedule().lanes(layout.bytes());
        Slot joined = lowering.schedule().whole(layout.bytes());
        Slot result = lowering.result(node.id());
        int stage = lowering.units().stage(node.id());
        Node bias = lowering.biasGradient(dy);
        Slot biasParts =
                bias == null ? null : lowering.schedule().lanes(4 * bias.shape().elements());
        lowering.schedule()
                .sharded(
                        stage - 1,
                        biasParts == null
                                ? List.of(lowering.slot(x), lowering.slot(dy), parts)
                                : List.of(lowering.slot(x), lowering.slot(dy), parts, biasParts),
                        () ->
                                calls.kernelGradient(
                                        lowering.shards().sizes(),
                                        layout,
                                        lowering.slot(x).buffer(),
                                        lowering.slot(dy).buffer(),
                                        parts.buffer(),
                                        biasParts == null ? null : biasParts.buffer()));
        if (bias != null && biasParts != null) {
            lowering.join(
                    bias,
                    ReduceKind.SUM,
                    1,
                    biasParts,
                    lowering.result(bias.id()),
                    bias.shape().elements());
        }
        lowering.join(node, ReduceKind.SUM, 1, parts, joined, layout.bytes() / 4);
        lowering.schedule()
                .whole(
                        stage,
                        1,
                        List.of(joined, result),
                        () -> calls.unpack(layout, joined.buffer(), result.buffer()));
        lowering.readyAt(node.id(), 2);
    }

    private Packed pack(
            int kernel, boolean forward, Shape input, Op.Window window, ConvolutionCalls calls) {
        var key = new PackKey(lowering.units().root(kernel), forward, input, window);
        Packed known = packed.get(key);
        if (known != null) {
            return known;
        }
        int largest = lowering.shards().largest();
        var layout = forward ? calls.forwardLayout(largest) : calls.inputGradientLayout(largest);
        Slot slot = lowering.schedule().whole(layout.bytes());
        int stage = lowering.units().stage(kernel);
        int level = lowering.levelFor(stage, List.of(kernel));
        lowering.schedule()
                .whole(
                        stage,
                        level,
                        List.of(lowering.slot(kernel), slot),
                        () -> calls.pack(lowering.slot(kernel).buffer(), layout, slot.buffer()));
        var made = new Packed(layout, slot, level);
        packed.put(key, made);
        return made;
    }

    // ---- matrix products

    void matMul(Units.Unit unit, Op.MatMul op) {
        Node head = lowering.node(unit.first());
        if (op.transposeA()
                && Units.sumsOverBatch(lowering.graph(), head)
                && !lowering.units().isWide(head)) {
            partialSum(head);
            return;
        }
        Fused fused = fused(unit);
        int a = head.inputs().get(0);
        int b = head.inputs().get(1);
        Shape left = lowering.node(a).shape();
        Slot y = lowering.result(fused.last.id());
        boolean sharded = lowering.units().stage(head.id()) % 2 == 0;
        List<Integer> reads = fused.bias == null ? List.of(a, b) : List.of(a, b, fused.bias);
        lowering.addUnit(
                unit,
                reads,
                y,
                () -> {
                    Shape right = lowering.node(b).shape();
                    long n = fused.last.shape().last();
                    long leading = left.elements() / Math.max(1, left.last());
                    boolean batched = left.isBatched();
                    long m =
                            op.transposeA()
                                    ? left.last()
                                    : batched ? leading * lowering.shards().batch() : leading;
                    long k =
                            op.transposeA()
                                    ? (batched ? leading * lowering.shards().batch() : leading)
                                    : left.last();
                    var operands =
                            new MatMulCall.Operands(
                                    lowering.slot(a).buffer(),
                                    op.transposeA(),
                                    lowering.slot(b).buffer(),
                                    op.transposeB(),
                                    buffer(fused.bias),
                                    y.buffer(),
                                    m,
                                    k,
                                    n,
                                    sharded && !op.transposeA() ? leading : 0,
                                    0);
                    if (right.rank() < 2) {
                        throw new AssertionError(right);
                    }
                    return lowering.kernels()
                            .matMul(
                                    operands,
                                    sharded
                                            ? MatMulCall.Cut.sharded(lowering.shards().sizes())
                                            : cut(m, n),
                                    fused.activation);
                });
    }

    /// Blocks of a fixed size, about eight to sixteen where the result is large enough.
    private MatMulCall.Cut cut(long m, long n) {
        int[] batch = {lowering.shards().batch()};
        if (m >= 512) {
            return new MatMulCall.Cut(batch, roundUp(m / 12, 64), Long.MAX_VALUE);
        }
        if (n >= 256) {
            return new MatMulCall.Cut(batch, Long.MAX_VALUE, roundUp(n / 8, 32));
        }
        return m >= 64
                ? new MatMulCall.Cut(batch, 32, Long.MAX_VALUE)
                : new MatMulCall.Cut(batch, Long.MAX_VALUE, 32);
    }

    private static long roundUp(long value, long to) {
        return Math.max(to, (value + to - 1) / to * to);
    }

    private void partialSum(Node node) {
        int a = node.inputs().get(0);
        int b = node.inputs().get(1);
        Shape left = lowering.node(a).shape();
        long perSample = left.elements() / left.last();
        lowering.addSum(
                node,
                ReduceKind.SUM,
                1,
                List.of(a, b),
                to ->
                        lowering.kernels()
                                .matMul(
                                        new MatMulCall.Operands(
                                                lowering.slot(a).buffer(),
                                                true,
                                                lowering.slot(b).buffer(),
                                                false,
                                                null,
                                                to,
                                                left.last(),
                                                0,
                                                node.shape().last(),
                                                0,
                                                perSample),
                                        MatMulCall.Cut.sharded(lowering.shards().sizes()),
                                        null));
    }
}
