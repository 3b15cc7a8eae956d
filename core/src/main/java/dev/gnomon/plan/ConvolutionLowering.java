package dev.gnomon.plan;

import dev.gnomon.graph.Node;
import dev.gnomon.graph.Op;
import dev.gnomon.graph.Op.ReduceKind;
import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.Element;
import dev.gnomon.kernel.avx512.ThinConvolution;
import dev.gnomon.kernel.onednn.ConvolutionCalls;
import dev.gnomon.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Lowers convolutions, with the bias and the activation that follow them.
final class ConvolutionLowering {
    /// The blocks of rows that a convolution of a single sample is cut into.
    private static final int ROW_BLOCKS = 4;

    /// A kernel packed for a purpose; packed once for all that use it.
    private record PackKey(int kernel, boolean forward, Shape input, Op.Window window) {}

    private record Packed(ConvolutionCalls.Packed layout, Slot slot, int level) {}

    private final Lowering lowering;
    private final Map<PackKey, Packed> packed = new HashMap<>();

    ConvolutionLowering(Lowering lowering) {
        this.lowering = lowering;
    }

    private @Nullable Buffer buffer(@Nullable Integer id) {
        return id == null ? null : lowering.slot(id).buffer();
    }

    /// The calls of a convolution whose arrays lie as they do in the slots.
    private ConvolutionCalls calls(
            Op.Window window, int groups, Node x, Slot xSlot, Node kernel, Node y, Slot ySlot) {
        return lowering.kernels()
                .convolution(
                        window,
                        groups,
                        new ConvolutionCalls.Array(x.shape(), xSlot.element),
                        new ConvolutionCalls.Array(kernel.shape(), lowering.compute()),
                        new ConvolutionCalls.Array(y.shape(), ySlot.element));
    }

    void convolution(Units.Unit unit, Op.Conv2D op) {
        Node head = lowering.node(unit.first());
        Fused fused = Fused.of(unit, lowering);
        int x = head.inputs().get(0);
        int kernel = head.inputs().get(1);
        var thin = thin(op.window(), op.groups(), lowering.node(x), head);
        if (thin != null && ThinConvolution.fuses(fused.activation())) {
            thinConvolution(head, fused, thin);
            return;
        }
        Slot operand = lowering.operand(x);
        Slot y = lowering.result(fused.last().id());
        var calls =
                calls(
                        op.window(),
                        op.groups(),
                        lowering.node(x),
                        operand,
                        lowering.node(kernel),
                        head,
                        y);
        Packed weights = pack(kernel, true, lowering.node(x).shape(), op.window(), calls);
        boolean packedInStage = lowering.units().stage(kernel) == lowering.units().stage(head.id());
        addForward(
                head,
                fused.last(),
                packedInStage ? weights.level + 1 : 0,
                List.of(operand, weights.slot, y),
                blocks ->
                        calls.forward(
                                lowering.shards().sizes(),
                                blocks,
                                weights.layout,
                                operand.buffer(),
                                weights.slot.buffer(),
                                buffer(fused.bias()),
                                y.buffer(),
                                fused.activation()));
    }

    /// Adds a call per shard, or for a single sample in blocks of rows.
    ///
    /// @param level the first level at which a call for a single sample can run
    /// @param call the call, by the number of its blocks
    private void addForward(
            Node head, Node last, int level, List<Slot> uses, IntFunction<Call> call) {
        int stage = lowering.units().stage(head.id());
        if (stage % 2 == 0) {
            lowering.schedule().sharded(stage, uses, () -> call.apply(1));
        } else {
            int at = Math.max(lowering.levelFor(stage, head.inputs()), level);
            lowering.schedule().whole(stage, at, uses, () -> call.apply(ROW_BLOCKS));
            lowering.readyAt(last.id(), at + 1);
        }
    }

    private @Nullable ThinConvolution thin(Op.Window window, int groups, Node x, Node y) {
        return lowering.compute() == Element.FLOAT32
                ? ThinConvolution.of(window, groups, x.shape(), y.shape())
                : null;
    }

    private void thinConvolution(Node head, Fused fused, ThinConvolution thin) {
        Slot x = lowering.operand(head.inputs().get(0));
        Slot kernel = lowering.slot(head.inputs().get(1));
        Slot y = lowering.result(fused.last().id());
        addForward(
                head,
                fused.last(),
                0,
                List.of(x, kernel, y),
                blocks ->
                        thin.forward(
                                blocks,
                                x.buffer(),
                                kernel.buffer(),
                                buffer(fused.bias()),
                                y.buffer(),
                                fused.activation()));
    }

    void inputGradient(Node node, Op.Conv2DInputGradient op) {
        int kernel = node.inputs().get(0);
        int dy = node.inputs().get(1);
        Slot operand = lowering.operand(dy);
        Slot dx = lowering.result(node.id());
        var calls =
                calls(
                        op.window(),
                        op.groups(),
                        node,
                        dx,
                        lowering.node(kernel),
                        lowering.node(dy),
                        operand);
        Packed weights = pack(kernel, false, node.shape(), op.window(), calls);
        lowering.schedule()
                .sharded(
                        lowering.units().stage(node.id()),
                        List.of(operand, weights.slot, dx),
                        () ->
                                calls.inputGradient(
                                        lowering.shards().sizes(),
                                        weights.layout,
                                        weights.slot.buffer(),
                                        operand.buffer(),
                                        dx.buffer()));
    }

    void kernelGradient(Node node, Op.Conv2DKernelGradient op) {
        int x = node.inputs().get(0);
        int dy = node.inputs().get(1);
        Slot left = lowering.operand(x);
        Slot right = lowering.operand(dy);
        Slot result = lowering.result(node.id());
        int stage = lowering.units().stage(node.id());
        var thin = thin(op.window(), op.groups(), lowering.node(x), lowering.node(dy));
        if (thin != null) {
            long bytes = 4 * node.shape().elements();
            Slot parts = lowering.schedule().lanes(bytes);
            gradientParts(
                    node,
                    List.of(left, right, parts),
                    biasParts ->
                            thin.kernelGradient(
                                    left.buffer(), right.buffer(), parts.buffer(), biasParts));
            lowering.join(node, ReduceKind.SUM, 1, parts, result, bytes / 4);
            return;
        }
        var calls =
                calls(
                        op.window(),
                        op.groups(),
                        lowering.node(x),
                        left,
                        node,
                        lowering.node(dy),
                        right);
        var layout = calls.kernelGradientLayout(lowering.shards().largest());
        Slot parts = lowering.schedule().lanes(layout.bytes());
        Slot joined = lowering.schedule().whole(layout.bytes());
        gradientParts(
                node,
                List.of(left, right, parts),
                biasParts ->
                        calls.kernelGradient(
                                lowering.shards().sizes(),
                                layout,
                                left.buffer(),
                                right.buffer(),
                                parts.buffer(),
                                biasParts));
        lowering.join(node, ReduceKind.SUM, 1, parts, joined, layout.bytes() / 4);
        lowering.schedule()
                .whole(
                        stage,
                        1,
                        List.of(joined, result),
                        () -> calls.unpack(layout, joined.buffer(), result.buffer()));
        lowering.readyAt(node.id(), 2);
    }

    /// The lanes' parts of a kernel's gradient, and of the bias's where nobody else computes it.
    private void gradientParts(Node node, List<Slot> slots, Function<@Nullable Buffer, Call> call) {
        int dy = node.inputs().get(1);
        List<Slot> uses = new ArrayList<>(slots);
        Node bias = lowering.biasGradient(dy);
        Slot biasParts =
                bias == null ? null : lowering.schedule().lanes(4 * bias.shape().elements());
        if (biasParts != null) {
            uses.add(biasParts);
        }
        lowering.schedule()
                .sharded(
                        lowering.units().stage(node.id()) - 1,
                        uses,
                        () -> call.apply(biasParts == null ? null : biasParts.buffer()));
        if (bias != null && biasParts != null) {
            lowering.join(
                    bias,
                    ReduceKind.SUM,
                    1,
                    biasParts,
                    lowering.result(bias.id()),
                    bias.shape().elements());
        }
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
}
