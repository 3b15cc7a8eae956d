package dev.gnomon.plan;

import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Node;
import dev.gnomon.graph.Op;
import dev.gnomon.graph.Op.ReduceKind;
import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.Element;
import dev.gnomon.kernel.Region;
import dev.gnomon.kernel.java.JavaKernels;
import dev.gnomon.kernel.onednn.OneDnnKernels;
import dev.gnomon.kernel.reference.ReferenceCall;
import dev.gnomon.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Turns the units of a graph into calls: which kernel computes what, from where to where. One exhaustive switch over the
/// ops.
final class Lowering {
    private final Graph graph;
    private final Parameters parameters;
    private final Shards shards;
    private final Units units;
    private final Storage storage;
    private final Element compute;
    private final Map<Integer, Slot> operands = new HashMap<>();
    private final Schedule schedule;
    private final @Nullable OneDnnKernels kernels;
    private final Slot[] slots;
    private final int[] level;
    private final Leaves leaves;
    private final ConvolutionLowering convolutions;
    private final MatMulLowering matMuls;
    private final ProgramLowering programs;
    private final PoolLowering pools;
    private final CopyLowering copies;
    private final ReduceLowering reductions;

    Lowering(
            Graph graph,
            Parameters parameters,
            Shards shards,
            @Nullable OneDnnKernels kernels,
            Precision precision) {
        this.graph = graph;
        this.parameters = parameters;
        this.shards = shards;
        this.kernels = kernels;
        this.units =
                new Units(graph, kernels == null ? null : OneDnnKernels::fuses, shards.batch());
        this.compute = precision == Precision.MIXED_BFLOAT16 ? Element.BFLOAT16 : Element.FLOAT32;
        this.storage = new Storage(graph, units, precision);
        this.schedule = new Schedule(shards);
        this.slots = new Slot[graph.nodes().size()];
        this.level = new int[graph.nodes().size()];
        var assignments = new Assignments(this);
        this.convolutions = new ConvolutionLowering(this);
        this.matMuls = new MatMulLowering(this);
        this.programs = new ProgramLowering(this, assignments, matMuls);
        this.pools = new PoolLowering(this);
        this.copies = new CopyLowering(this);
        this.reductions = new ReduceLowering(this);
        this.leaves = new Leaves(this, parameters);
        leaves.place(slots);
        List<Units.Unit> order = units.ordered();
        for (Units.Unit unit : order) {
            lower(unit, order);
        }
        assignments.copyTheRest();
        keepOutputs();
    }

    private void lower(Units.Unit unit, List<Units.Unit> order) {
        Node head = graph.node(unit.first());
        if (slots[head.id()] != null) {
            return;
        }
        if (kernels == null) {
            reference(head);
            return;
        }
        switch (head.op()) {
            case Op.Input _, Op.Variable _, Op.Constant _, Op.BatchSize _, Op.Iteration _ ->
                    throw new AssertionError(head);
            case Op.Reshape _, Op.StopGradient _, Op.CustomGradient _ ->
                    throw new AssertionError(head);
            case Op.Unary _, Op.Binary _, Op.Select _, Op.Clip _, Op.Dropout _, Op.BroadcastTo _ ->
                    programs.program(unit);
            case Op.MatMul matMul -> matMuls.matMul(unit, matMul);
            case Op.Conv2D conv -> {
                if (head.shape().isBatched()) {
                    convolutions.convolution(unit, conv);
                } else {
                    reference(head);
                }
            }
            case Op.Conv2DInputGradient gradient -> {
                if (head.shape().isBatched()) {
                    convolutions.inputGradient(head, gradient);
                } else {
                    reference(head);
                }
            }
            case Op.Conv2DKernelGradient gradient -> {
                if (Units.sumsOverBatch(graph, head)) {
                    convolutions.kernelGradient(head, gradient);
                } else {
                    reference(head);
                }
            }
            case Op.Pool2D(var kind, var window) -> pools.pool(head, kind, window, order);
            case Op.Pool2DGradient(var kind, var window) -> pools.poolGradient(head, kind, window);
            case Op.Reduce(var kind, var axes, var _) -> reductions.reduce(head, kind, axes);
            case Op.Concat(var axis) -> copies.concat(head, axis);
            case Op.Slice(var axis, var begin, var size) -> copies.slice(head, axis, begin, size);
            case Op.Pad(var axis, var before, var _, var value) ->
                    copies.pad(head, axis, before, value);
            case Op.OneHot _ -> classes(head, head.shape());
            case Op.ArgMax _, Op.GatherClass _, Op.RankOfClass _, Op.Softmax _, Op.LogSoftmax _ ->
                    classes(head, node(head.inputs().getFirst()).shape());
            case Op.Transpose _ -> reference(head);
        }
    }

    // ---- helpers that all lowerings share

    Node node(int id) {
        return graph.node(id);
    }

    Graph graph() {
        return graph;
    }

    Shards shards() {
        return shards;
    }

    OneDnnKernels kernels() {
        if (kernels == null) {
            throw new AssertionError("reference kernels only");
        }
        return kernels;
    }

    ConvolutionLowering convolutions() {
        return convolutions;
    }

    Schedule schedule() {
        return schedule;
    }

    Units units() {
        return units;
    }

    /// Where a node's value lies.
    Slot slot(int id) {
        Slot slot = slots[units.root(id)];
        if (slot == null) {
            throw new AssertionError(node(id) + " has no memory yet");
        }
        return slot;
    }

    /// Where a variable lies.
    Buffer variable(String path) {
        return Buffer.fixed(Region.PARAMETERS, parameters.address(path));
    }

    /// Whether a node's value has memory, and so a call that makes it.
    boolean isLowered(int id) {
        return slots[id] != null;
    }

    /// The level from which on a node can be read in its stage.
    int level(int id) {
        return level[id];
    }

    /// Memory for a node's result.
    Slot result(int id) {
        slots[id] = schedule.value(node(id).shape(), storage.element(id));
        return slots[id];
    }

    /// The level at which a call of a stage of odd number can read all the nodes.
    int levelFor(int stage, List<Integer> reads) {
        int first = 0;
        for (int read : reads) {
            if (units.stage(read) == stage) {
                first = Math.max(first, level[units.root(read)]);
            }
        }
        return first;
    }

    /// Says from which level on the node can be read in its stage.
    void readyAt(int id, int newLevel) {
        level[id] = newLevel;
    }

    /// Adds a call that gives one node's result in the node's own stage.
    void add(Node result, List<Integer> reads, List<Slot> extra, Supplier<Call> call) {
        int stage = units.stage(result.id());
        List<Slot> uses = new ArrayList<>(extra);
        reads.forEach(read -> uses.add(slot(read)));
        uses.add(slot(result.id()));
        if (stage % 2 == 0) {
            schedule.sharded(stage, uses, call);
        } else {
            int at = Math.max(levelFor(stage, reads), level[result.id()]);
            schedule.whole(stage, at, uses, call);
            readyAt(result.id(), at + 1);
        }
    }

    /// Adds a call that gives a whole unit's result.
    ///
    /// @param reads the nodes that must be there before
    /// @param uses all memory that the call reads and writes
    void addUnit(Units.Unit unit, List<Integer> reads, List<Slot> uses, Supplier<Call> call) {
        int stage = units.stage(unit.first());
        if (stage % 2 == 0) {
            schedule.sharded(stage, uses, call);
        } else {
            int at = levelFor(stage, reads);
            schedule.whole(stage, at, uses, call);
            readyAt(unit.last(), at + 1);
        }
    }

    /// Adds a sum over the batch: `part` writes a lane's part, which are then joined.
    void addSum(
            Node result,
            ReduceKind kind,
            float scale,
            List<Slot> reads,
            java.util.function.Function<Buffer, Call> part) {
        Slot parts = schedule.lanes(4 * result.shape().elements());
        Slot whole = result(result.id());
        int stage = units.stage(result.id());
        List<Slot> uses = new ArrayList<>(reads);
        uses.add(parts);
        schedule.sharded(stage - 1, uses, () -> part.apply(parts.buffer()));
        join(result, kind, scale, parts, whole, result.shape().elements());
    }

    void join(Node result, ReduceKind kind, float scale, Slot parts, Slot whole, long elements) {
        int stage = units.stage(result.id());
        schedule.whole(
                stage,
                0,
                List.of(parts, whole),
                () ->
                        JavaKernels.combine(
                                kind,
                                shards.count(),
                                elements,
                                scale,
                                parts.buffer(),
                                whole.buffer()));
        readyAt(result.id(), 1);
    }

    // ---- everything else

    /// A reference kernel, for ops without a fast one and for the whole graph where asked for.
    void reference(Node node) {
        List<Integer> reads = node.inputs();
        List<Shape> shapes = reads.stream().map(id -> node(id).shape()).toList();
        if (Units.sumsOverBatch(graph, node)) {
            ReduceKind kind =
                    node.op() instanceof Op.Reduce(var reduce, var _, var _)
                            ? reduce
                            : ReduceKind.SUM;
            Op part =
                    node.op() instanceof Op.Reduce(var reduce, var axes, var keep)
                                    && reduce == ReduceKind.MEAN
                            ? new Op.Reduce(ReduceKind.SUM, axes, keep)
                            : node.op();
            float scale =
                    node.op() instanceof Op.Reduce(var _, var axes, var _)
                            ? reductions.scale(kind, axes, shapes.getFirst())
                            : 1;
            addSum(
                    node,
                    kind,
                    scale,
                    slots(reads),
                    to -> new ReferenceCall(part, node.shape(), shapes, buffers(reads), to, true));
            return;
        }
        Slot result = result(node.id());
        boolean sharded = units.stage(node.id()) % 2 == 0;
        add(
                node,
                reads,
                List.of(),
                () ->
                        new ReferenceCall(
                                node.op(),
                                node.shape(),
                                shapes,
                                buffers(reads),
                                result.buffer(),
                                sharded));
    }

    /// What products take.
    Element compute() {
        return compute;
    }

    /// A node's value as products take it: where it is kept otherwise, a copy that is made as soon as it is there.
    Slot operand(int id) {
        Slot slot = slot(id);
        if (slot.element == compute) {
            return slot;
        }
        int root = units.root(id);
        Slot known = operands.get(root);
        if (known != null) {
            return known;
        }
        Shape shape = node(root).shape();
        Slot copy = schedule.value(shape, compute);
        operands.put(root, copy);
        int stage = units.stage(root);
        Supplier<Call> call =
                () ->
                        JavaKernels.convert(
                                stage % 2 == 0 ? shape : shape.bind(shards.batch()),
                                slot.buffer(),
                                copy.buffer());
        if (stage % 2 == 0) {
            schedule.sharded(stage, List.of(slot, copy), call);
        } else {
            int at = levelFor(stage, List.of(root));
            schedule.whole(stage, at, List.of(slot, copy), call);
            readyAt(root, at + 1);
        }
        return copy;
    }

    List<Slot> slots(List<Integer> ids) {
        return ids.stream().map(this::slot).toList();
    }

    List<Buffer> buffers(List<Integer> ids) {
        return ids.stream().map(id -> slot(id).buffer()).toList();
    }

    /// The sum of an image's gradient over batch, height and width, if it is still to be computed: a convolution's kernel
    /// gradient gives it for nothing.
    @Nullable Node biasGradient(int dy) {
        for (Node node : graph.nodes()) {
            if (units.needed(node.id())
                    && slots[node.id()] == null
                    && node.op() instanceof Op.Reduce(var kind, var axes, var keep)
                    && kind == ReduceKind.SUM
                    && !keep
                    && axes.equals(List.of(0, 1, 2))
                    && units.root(node.inputs().getFirst()) == units.root(dy)
                    && node(node.inputs().getFirst()).shape().rank() == 4) {
                return node;
            }
        }
        return null;
    }

    private void classes(Node node, Shape scores) {
        List<Integer> reads = node.inputs();
        Slot result = result(node.id());
        add(
                node,
                reads,
                List.of(),
                () ->
                        JavaKernels.classes(
                                node.op(),
                                scores,
                                slot(reads.getFirst()).buffer(),
                                reads.size() > 1 ? slot(reads.get(1)).buffer() : null,
                                result.buffer()));
    }

    // ---- what leaves the plan

    private void keepOutputs() {
        int end = schedule.lastStage() + 1;
        graph.outputs()
                .values()
                .forEach(value -> slot(value.id()).use(end + end % 2 + 1, Integer.MAX_VALUE));
        leaves.inputs().values().forEach(slot -> slot.use(end + end % 2 + 1, Integer.MAX_VALUE));
        if (graph.assignments().isEmpty()) {
            schedule.keepFrom(-1, end + end % 2 + 1);
        }
    }

    Leaves leaves() {
        return leaves;
    }
}
