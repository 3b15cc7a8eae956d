package dev.gnomon.plan;

import dev.gnomon.graph.Node;
import dev.gnomon.graph.Op;
import dev.gnomon.graph.Op.ReduceKind;
import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.java.JavaKernels;
import dev.gnomon.kernel.onednn.MatMulCalls;
import dev.gnomon.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lowers matrix products, with the bias and the activation that follow them: per shard, or on the whole batch in blocks of
/// fixed size. Where a product has few results for its weights, the blocks are of the weights' rows, and their sums are
/// joined; so each worker reads the rows that it updated.
final class MatMulLowering {
    /// How many parts the inner axis is cut into.
    private static final int PARTS = 8;

    /// The least length of an inner axis that is cut.
    private static final int LONG = 512;

    /// A gradient of weights whose call waits for the program that reads it.
    ///
    /// @param block elements of the gradient in a block of the call
    private record Waiting(Node node, List<Slot> uses, long block, Supplier<Call> call) {}

    private final Lowering lowering;
    private final Map<Integer, Waiting> waiting = new HashMap<>();

    MatMulLowering(Lowering lowering) {
        this.lowering = lowering;
    }

    /// A product as it is computed: `m`, `k`, `n` of the whole batch, or of weights.
    private record Sizes(long m, long k, long n) {}

    private Sizes sizes(Shape left, boolean transposeA, Shape result) {
        long leading = left.elements() / Math.max(1, left.last());
        long rows = left.isBatched() ? leading * lowering.shards().batch() : leading;
        return transposeA
                ? new Sizes(left.last(), rows, result.last())
                : new Sizes(rows, left.last(), result.last());
    }

    void matMul(Units.Unit unit, Op.MatMul op) {
        Node head = lowering.node(unit.first());
        boolean overBatch = Units.sumsOverBatch(lowering.graph(), head);
        if (op.transposeA() && overBatch && !lowering.units().isWide(head)) {
            partialSum(head);
            return;
        }
        Fused fused = Fused.of(unit, lowering);
        int a = head.inputs().get(0);
        Shape left = lowering.node(a).shape();
        Sizes sizes = sizes(left, op.transposeA(), fused.last().shape());
        Slot y = lowering.result(fused.last().id());
        if (lowering.units().stage(head.id()) % 2 == 0) {
            long rows = op.transposeA() ? 0 : left.elements() / Math.max(1, left.last());
            var cut = MatMulCalls.Cut.sharded(lowering.shards().sizes());
            var call = product(head, op, sizes, rows, fused, cut);
            lowering.addUnit(unit, reads(head, fused), uses(head, fused, y), call);
        } else if (!op.transposeA() && !op.transposeB() && splits(sizes)) {
            split(unit, sizes, fused, y);
        } else {
            var cut = cut(sizes.m, sizes.n);
            var call = product(head, op, sizes, 0, fused, cut);
            if (op.transposeA() && cut.columnBlock() >= sizes.n && isReadByOneProgram(head)) {
                int stage = lowering.units().stage(head.id());
                long block = Math.min(cut.rowBlock(), sizes.m) * sizes.n;
                waiting.put(head.id(), new Waiting(head, operands(head), block, call));
                lowering.readyAt(head.id(), lowering.levelFor(stage, head.inputs()) + 1);
            } else {
                lowering.addUnit(unit, reads(head, fused), uses(head, fused, y), call);
            }
        }
    }

    private List<Slot> operands(Node head) {
        return head.inputs().stream().map(lowering::operand).toList();
    }

    private List<Slot> uses(Node head, Fused fused, Slot y) {
        List<Slot> uses = new ArrayList<>(operands(head));
        if (fused.bias() != null) {
            uses.add(lowering.slot(fused.bias()));
        }
        uses.add(y);
        return uses;
    }

    private static List<Integer> reads(Node head, Fused fused) {
        List<Integer> reads = new ArrayList<>(head.inputs());
        if (fused.bias() != null) {
            reads.add(fused.bias());
        }
        return reads;
    }

    private Supplier<Call> product(
            Node head,
            Op.MatMul op,
            Sizes sizes,
            long rowsPerSample,
            Fused fused,
            MatMulCalls.Cut cut) {
        Slot a = lowering.operand(head.inputs().get(0));
        Slot b = lowering.operand(head.inputs().get(1));
        return () ->
                lowering.kernels()
                        .matMul(
                                new MatMulCalls.Operands(
                                        a.buffer(),
                                        op.transposeA(),
                                        b.buffer(),
                                        op.transposeB(),
                                        buffer(fused.bias()),
                                        lowering.slot(fused.last().id()).buffer(),
                                        sizes.m,
                                        sizes.k,
                                        sizes.n,
                                        rowsPerSample,
                                        0),
                                cut,
                                fused.activation());
    }

    private @Nullable Buffer buffer(@Nullable Integer id) {
        return id == null ? null : lowering.slot(id).buffer();
    }

    /// Blocks of a fixed size, about eight to sixteen where the result is large enough.
    private MatMulCalls.Cut cut(long m, long n) {
        int[] batch = {lowering.shards().batch()};
        if (m >= 512) {
            long blocks = m <= 2048 ? PARTS : 2 * PARTS;
            return new MatMulCalls.Cut(batch, (m + blocks - 1) / blocks, Long.MAX_VALUE);
        }
        if (n >= 256) {
            return new MatMulCalls.Cut(batch, Long.MAX_VALUE, roundUp(n / 8, 32));
        }
        return m >= 64
                ? new MatMulCalls.Cut(batch, 32, Long.MAX_VALUE)
                : new MatMulCalls.Cut(batch, Long.MAX_VALUE, 32);
    }

    private static long roundUp(long value, long to) {
        return Math.max(to, (value + to - 1) / to * to);
    }

    // ---- the inner axis in parts

    private static boolean splits(Sizes sizes) {
        return sizes.k >= LONG && sizes.k >= 2 * sizes.n && sizes.m <= sizes.k;
    }

    private void split(Units.Unit unit, Sizes sizes, Fused fused, Slot y) {
        Node head = lowering.node(unit.first());
        long partBytes = Parameters.align(4 * sizes.m * sizes.n);
        Slot parts = lowering.schedule().whole(PARTS * partBytes);
        int stage = lowering.units().stage(head.id());
        int at = lowering.levelFor(stage, reads(head, fused));
        List<Slot> operands = operands(head);
        List<Slot> uses = new ArrayList<>(operands);
        uses.add(parts);
        lowering.schedule()
                .whole(
                        stage,
                        at,
                        uses,
                        () ->
                                lowering.kernels()
                                        .matMul(
                                                new MatMulCalls.Operands(
                                                        operands.get(0).buffer(),
                                                        false,
                                                        operands.get(1).buffer(),
                                                        false,
                                                        null,
                                                        parts.buffer(),
                                                        sizes.m,
                                                        sizes.k,
                                                        sizes.n,
                                                        0,
                                                        0),
                                                MatMulCalls.Cut.inner(
                                                        lowering.shards().batch(),
                                                        (sizes.k + PARTS - 1) / PARTS,
                                                        partBytes),
                                                null));
        List<Slot> joins = new ArrayList<>(List.of(parts, y));
        if (fused.bias() != null) {
            joins.add(lowering.slot(fused.bias()));
        }
        lowering.schedule()
                .whole(
                        stage,
                        at + 1,
                        joins,
                        () ->
                                JavaKernels.joinProduct(
                                        Shape.of((int) sizes.m, (int) sizes.n),
                                        PARTS,
                                        partBytes,
                                        parts.buffer(),
                                        buffer(fused.bias()),
                                        fused.activation(),
                                        y.buffer()));
        lowering.readyAt(fused.last().id(), at + 2);
    }

    // ---- gradients of weights, and the programs that read them

    /// Whether nothing but one elementwise op reads the node's value.
    private boolean isReadByOneProgram(Node node) {
        Node reader = null;
        for (Node other : lowering.graph().nodes()) {
            if (!lowering.units().needed(other.id()) || !other.inputs().contains(node.id())) {
                continue;
            }
            if (!Units.isElementwise(other.op())
                    || lowering.units().stage(other.id()) != lowering.units().stage(node.id())
                    || (reader != null
                            && lowering.units().unit(other.id())
                                    != lowering.units().unit(reader.id()))) {
                return false;
            }
            reader = other;
        }
        return reader != null
                && lowering.graph().outputs().values().stream()
                        .noneMatch(value -> value.id() == node.id())
                && lowering.graph().assignments().values().stream()
                        .noneMatch(value -> value.id() == node.id());
    }

    /// The one value among those that a program reads whose call can make each block just before the program goes over it;
    /// null if there is none. The calls of all others are added.
    @Nullable Integer takeWaiting(List<Integer> loads, Shape shape) {
        Integer taken = null;
        for (int load : loads) {
            Waiting one = waiting.get(load);
            if (one == null) {
                continue;
            }
            if (taken == null && one.node.shape().equals(shape)) {
                taken = load;
            } else {
                waiting.remove(load);
                lowering.add(one.node, one.node.inputs(), one.uses, one.call);
            }
        }
        return taken;
    }

    /// The buffers that a waiting call reads.
    List<Slot> waitingReads(int id) {
        return waitingFor(id).uses;
    }

    /// A waiting call and the program in one: block by block.
    Call withProgram(int id, Call program) {
        Waiting one = waitingFor(id);
        return JavaKernels.thenProgram(one.call.get(), one.block, program);
    }

    private Waiting waitingFor(int id) {
        Waiting one = waiting.get(id);
        if (one == null) {
            throw new AssertionError(lowering.node(id));
        }
        return one;
    }

    private void partialSum(Node node) {
        Slot a = lowering.operand(node.inputs().get(0));
        Slot b = lowering.operand(node.inputs().get(1));
        Shape left = lowering.node(node.inputs().get(0)).shape();
        long perSample = left.elements() / left.last();
        lowering.addSum(
                node,
                ReduceKind.SUM,
                1,
                List.of(a, b),
                to ->
                        lowering.kernels()
                                .matMul(
                                        new MatMulCalls.Operands(
                                                a.buffer(),
                                                true,
                                                b.buffer(),
                                                false,
                                                null,
                                                to,
                                                left.last(),
                                                0,
                                                node.shape().last(),
                                                0,
                                                perSample),
                                        MatMulCalls.Cut.sharded(lowering.shards().sizes()),
                                        null));
    }
}
