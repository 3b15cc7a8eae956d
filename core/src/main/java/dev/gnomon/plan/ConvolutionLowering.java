package dev.gnomon.plan;

import dev.gnomon.graph.Node;
import dev.gnomon.graph.Op;
import dev.gnomon.graph.Op.ReduceKind;
import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.ConvolutionOperands;
import dev.gnomon.kernel.Element;
import dev.gnomon.kernel.amx.TileConvolution;
import dev.gnomon.kernel.avx512.ThinConvolution;
import dev.gnomon.kernel.onednn.ConvolutionCalls;
import dev.gnomon.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Lowers convolutions, with the bias and the activation that follow them.
final class ConvolutionLowering {
    /// The blocks of rows that a convolution of a single sample is cut into.
    private static final int ROW_BLOCKS = 4;

    /// The width below which oneDNN's kernel gradients of bfloat16 images are slow: it fills tiles from one row only.
    private static final int NARROW = 16;

    /// A kernel packed for a purpose; packed once for all that use it.
    private record PackKey(int kernel, Purpose purpose, Shape input, Op.Window window) {}

    /// What a kernel is packed for; each has a layout of its own.
    private enum Purpose {
        FORWARD,
        INPUT_GRADIENT,
        TILES_FORWARD,
        TILES_INPUT_GRADIENT
    }

    private record Packed(Slot slot, int level) {}

    private final Lowering lowering;
    private final Map<PackKey, Packed> packed = new HashMap<>();

    ConvolutionLowering(Lowering lowering) {
        this.lowering = lowering;
    }

    private ConvolutionOperands operands(Slot x, Slot kernel, Fused fused, Slot y) {
        Buffer bias = fused.bias() == null ? null : lowering.slot(fused.bias()).buffer();
        return new ConvolutionOperands(x.buffer(), kernel.buffer(), bias, y.buffer());
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
        var thin = thin(op.window(), op.groups(), lowering.node(x), head);
        if (thin != null && ThinConvolution.fuses(fused.activation())) {
            thinConvolution(head, fused, thin);
            return;
        }
        var tiles = tiles(op.window(), op.groups(), lowering.node(x), head);
        if (tiles != null && TileConvolution.fuses(fused.activation())) {
            tileConvolution(head, fused, tiles);
            return;
        }
        directConvolution(head, fused, op);
    }

    private void directConvolution(Node head, Fused fused, Op.Conv2D op) {
        Node image = lowering.node(head.inputs().get(0));
        int kernel = head.inputs().get(1);
        Slot x = lowering.operand(head.inputs().get(0));
        Slot y = lowering.result(fused.last().id());
        var calls = calls(op.window(), op.groups(), image, x, lowering.node(kernel), head, y);
        var layout = calls.forwardLayout(lowering.shards().largest());
        Packed weights =
                pack(
                        new PackKey(kernel, Purpose.FORWARD, image.shape(), op.window()),
                        layout.bytes(),
                        (plain, packed) -> calls.pack(plain, layout, packed));
        addForward(
                head,
                fused.last(),
                levelBehind(weights, kernel, head),
                List.of(x, weights.slot, y),
                blocks ->
                        calls.forward(
                                lowering.shards().sizes(),
                                blocks,
                                layout,
                                operands(x, weights.slot, fused, y),
                                fused.activation()));
    }

    private int levelBehind(Packed weights, int kernel, Node head) {
        return lowering.units().stage(kernel) == lowering.units().stage(head.id())
                ? weights.level + 1
                : 0;
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
                blocks -> thin.forward(blocks, operands(x, kernel, fused, y), fused.activation()));
    }

    // ---- as products of tiles

    private @Nullable TileConvolution tiles(Op.Window window, int groups, Node x, Node y) {
        return lowering.compute() == Element.FLOAT32
                ? TileConvolution.of(window, groups, x.shape(), y.shape(), lowering.compute())
                : null;
    }

    private @Nullable TileConvolution tilesOfGradient(
            Op.Conv2DKernelGradient op, Shape x, Shape dy) {
        return lowering.compute() == Element.FLOAT32 || dy.dim(2) < NARROW
                ? TileConvolution.of(op.window(), op.groups(), x, dy, lowering.compute())
                : null;
    }

    private void tileConvolution(Node head, Fused fused, TileConvolution tiles) {
        int kernel = head.inputs().get(1);
        Slot x = lowering.operand(head.inputs().get(0));
        Slot y = lowering.result(fused.last().id());
        Packed weights =
                pack(
                        new PackKey(kernel, Purpose.TILES_FORWARD, tiles.input(), tiles.window()),
                        tiles.packedBytes(),
                        tiles::pack);
        addForward(
                head,
                fused.last(),
                levelBehind(weights, kernel, head),
                List.of(x, weights.slot, y),
                blocks ->
                        tiles.forward(
                                "conv2d",
                                lowering.shards().largest(),
                                blocks,
                                operands(x, weights.slot, fused, y),
                                fused.activation()));
    }

    private void tileInputGradient(Node node, int kernel, TileConvolution tiles, Slot dy, Slot dx) {
        Packed weights =
                pack(
                        new PackKey(
                                kernel,
                                Purpose.TILES_INPUT_GRADIENT,
                                tiles.input(),
                                tiles.window()),
                        tiles.packedBytes(),
                        tiles::packReversed);
        lowering.schedule()
                .sharded(
                        lowering.units().stage(node.id()),
                        List.of(dy, weights.slot, dx),
                        () ->
                                tiles.forward(
                                        "conv2d input gradient",
                                        lowering.shards().largest(),
                                        1,
                                        new ConvolutionOperands(
                                                dy.buffer(),
                                                weights.slot.buffer(),
                                                null,
                                                dx.buffer()),
                                        null));
    }

    // ---- gradients

    void inputGradient(Node node, Op.Conv2DInputGradient op) {
        int kernel = node.inputs().get(0);
        int dy = node.inputs().get(1);
        Slot operand = lowering.operand(dy);
        Slot dx = lowering.result(node.id());
        var tiles = tiles(op.window(), op.groups(), node, lowering.node(dy));
        if (tiles != null) {
            tileInputGradient(node, kernel, tiles.ofInputGradient(), operand, dx);
            return;
        }
        var calls =
                calls(
                        op.window(),
                        op.groups(),
                        node,
                        dx,
                        lowering.node(kernel),
                        lowering.node(dy),
                        operand);
        var layout = calls.inputGradientLayout(lowering.shards().largest());
        Packed weights =
                pack(
                        new PackKey(kernel, Purpose.INPUT_GRADIENT, node.shape(), op.window()),
                        layout.bytes(),
                        (plain, packed) -> calls.pack(plain, layout, packed));
        lowering.schedule()
                .sharded(
                        lowering.units().stage(node.id()),
                        List.of(operand, weights.slot, dx),
                        () ->
                                calls.inputGradient(
                                        lowering.shards().sizes(),
                                        layout,
                                        weights.slot.buffer(),
                                        operand.buffer(),
                                        dx.buffer()));
    }

    void kernelGradient(Node node, Op.Conv2DKernelGradient op) {
        int x = node.inputs().get(0);
        int dy = node.inputs().get(1);
        Slot left = lowering.operand(x);
        Slot right = lowering.operand(dy);
        var thin = thin(op.window(), op.groups(), lowering.node(x), lowering.node(dy));
        var tiles = tilesOfGradient(op, lowering.node(x).shape(), lowering.node(dy).shape());
        if (thin != null) {
            plainGradient(
                    node,
                    left,
                    right,
                    (parts, bias) ->
                            thin.kernelGradient(left.buffer(), right.buffer(), parts, bias));
            return;
        }
        if (tiles != null) {
            int largest = lowering.shards().largest();
            plainGradient(
                    node,
                    left,
                    right,
                    (parts, bias) ->
                            tiles.kernelGradient(
                                    largest, left.buffer(), right.buffer(), parts, bias));
            return;
        }
        directKernelGradient(node, op, left, right);
    }

    private void directKernelGradient(
            Node node, Op.Conv2DKernelGradient op, Slot left, Slot right) {
        Node x = lowering.node(node.inputs().get(0));
        Node dy = lowering.node(node.inputs().get(1));
        var calls = calls(op.window(), op.groups(), x, left, node, dy, right);
        Slot result = lowering.result(node.id());
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
                        lowering.units().stage(node.id()),
                        1,
                        List.of(joined, result),
                        () -> calls.unpack(layout, joined.buffer(), result.buffer()));
        lowering.readyAt(node.id(), 2);
    }

    private interface Gradient {
        Call call(Buffer parts, @Nullable Buffer biasParts);
    }

    /// A kernel's gradient whose parts lie as the kernel does.
    private void plainGradient(Node node, Slot x, Slot dy, Gradient gradient) {
        Slot result = lowering.result(node.id());
        Slot parts = lowering.schedule().lanes(4 * node.shape().elements());
        gradientParts(node, List.of(x, dy, parts), bias -> gradient.call(parts.buffer(), bias));
        lowering.join(node, ReduceKind.SUM, 1, parts, result, node.shape().elements());
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

    /// Packs a kernel, unless that was done.
    ///
    /// @param call packs the first buffer into the second
    private Packed pack(PackKey key, long bytes, BiFunction<Buffer, Buffer, Call> call) {
        int kernel = lowering.units().root(key.kernel);
        return packed.computeIfAbsent(
                new PackKey(kernel, key.purpose, key.input, key.window),
                _ -> {
                    Slot slot = lowering.schedule().whole(bytes);
                    int stage = lowering.units().stage(kernel);
                    int level = lowering.levelFor(stage, List.of(kernel));
                    Slot plain = lowering.slot(kernel);
                    lowering.schedule()
                            .whole(
                                    stage,
                                    level,
                                    List.of(plain, slot),
                                    () -> call.apply(plain.buffer(), slot.buffer()));
                    return new Packed(slot, level);
                });
    }
}
