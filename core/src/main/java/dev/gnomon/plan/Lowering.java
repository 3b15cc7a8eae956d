package dev.gnomon.plan;

import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Node;
import dev.gnomon.graph.Op;
import dev.gnomon.graph.Op.ReduceKind;
import dev.gnomon.graph.Value;
import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.Region;
import dev.gnomon.kernel.java.JavaKernels;
import dev.gnomon.kernel.java.ProgramBuilder;
import dev.gnomon.kernel.onednn.OneDnnKernels;
import dev.gnomon.kernel.reference.ReferenceCall;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
    private final Schedule schedule;
    private final @Nullable OneDnnKernels kernels;
    private final Slot[] slots;
    private final int[] level;
    private final Map<Tensor, Long> constants = new LinkedHashMap<>();
    private final Map<String, Slot> inputs = new LinkedHashMap<>();
    private final Map<Integer, ProductLowering.Choice> poolChoices = new HashMap<>();
    private final ProductLowering products;
    private final Slot iteration;
    private final List<String> direct = new ArrayList<>();
    private long constantBytes;

    Lowering(Graph graph, Parameters parameters, Shards shards, @Nullable OneDnnKernels kernels) {
        this.graph = graph;
        this.parameters = parameters;
        this.shards = shards;
        this.kernels = kernels;
        this.units = new Units(graph, kernels == null ? null : OneDnnKernels::fuses);
        this.schedule = new Schedule(shards);
        this.slots = new Slot[graph.nodes().size()];
        this.level = new int[graph.nodes().size()];
        this.products = new ProductLowering(this);
        this.iteration = schedule.whole(4);
        iteration.use(-1, 0);
        leaves();
        List<Units.Unit> order = units.ordered();
        for (Units.Unit unit : order) {
            lower(unit, order);
        }
        assignments();
        keepOutputs();
    }

    private void leaves() {
        for (Node node : graph.nodes()) {
            if (!units.needed(node.id()) || !Units.isLeaf(node.op())) {
                continue;
            }
            slots[node.id()] =
                    switch (node.op()) {
                        case Op.Input(var name, var shape) -> {
                            Slot slot =
                                    shape.isBatched()
                                            ? schedule.samples(4 * shape.elements())
                                            : schedule.whole(4 * shape.elements());
                            slot.use(-1, 0);
                            inputs.put(name, slot);
                            yield slot;
                        }
                        case Op.Variable(var path, var _) ->
                                Slot.placed(Region.PARAMETERS, parameters.address(path));
                        case Op.Constant(var value) ->
                                Slot.placed(Region.CONSTANTS, constant(value));
                        case Op.BatchSize() ->
                                Slot.placed(
                                        Region.CONSTANTS, constant(Tensor.scalar(shards.batch())));
                        case Op.Iteration() -> iteration;
                        default -> throw new AssertionError(node);
                    };
        }
    }

    private long constant(Tensor value) {
        return constants.computeIfAbsent(
                value,
                tensor -> {
                    long at = constantBytes;
                    constantBytes += Parameters.align(4L * tensor.size());
                    return at;
                });
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
                    program(unit);
            case Op.MatMul matMul -> products.matMul(unit, matMul);
            case Op.Conv2D conv -> {
                if (head.shape().isBatched()) {
                    products.convolution(unit, conv);
                } else {
                    reference(head);
                }
            }
            case Op.Conv2DInputGradient gradient -> {
                if (head.shape().isBatched()) {
                    products.inputGradient(head, gradient);
                } else {
                    reference(head);
                }
            }
            case Op.Conv2DKernelGradient gradient -> {
                if (Units.sumsOverBatch(graph, head)) {
                    products.kernelGradient(head, gradient);
                } else {
                    reference(head);
                }
            }
            case Op.Pool2D(var kind, var window) -> pool(head, kind, window, order);
            case Op.Pool2DGradient(var kind, var window) -> poolGradient(head, kind, window);
            case Op.Reduce(var kind, var axes, var _) -> reduce(head, kind, axes);
            case Op.Concat(var axis) -> concat(head, axis);
            case Op.Slice(var axis, var begin, var size) -> slice(head, axis, begin, size);
            case Op.Pad(var axis, var before, var _, var value) -> pad(head, axis, before, value);
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

    /// Memory for a node's result.
    Slot result(int id) {
        Shape shape = node(id).shape();
        Slot slot =
                shape.isBatched()
                        ? schedule.samples(4 * shape.elements())
                        : schedule.whole(4 * shape.elements());
        slots[id] = slot;
        return slot;
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
    void addUnit(Units.Unit unit, List<Integer> reads, Slot result, Supplier<Call> call) {
        int stage = units.stage(unit.first());
        List<Slot> uses = new ArrayList<>(reads.stream().map(this::slot).toList());
        uses.add(result);
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
            List<Integer> reads,
            java.util.function.Function<Buffer, Call> part) {
        Slot parts = schedule.lanes(4 * result.shape().elements());
        Slot whole = result(result.id());
        int stage = units.stage(result.id());
        List<Slot> uses = new ArrayList<>(reads.stream().map(this::slot).toList());
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

    // ---- elementwise programs

    private void program(Units.Unit unit) {
        stretchedLevel = 0;
        Map<Integer, Integer> uses = new HashMap<>();
        List<Integer> loads = new ArrayList<>();
        List<Node> nodes = unit.nodes().stream().map(this::node).toList();
        Shape shape = nodes.getFirst().shape();
        for (Node node : nodes) {
            for (int input : node.inputs()) {
                int root = source(unit, input, shape);
                uses.merge(root, 1, Integer::sum);
                if ((root < 0 || units.unit(root) != unit.id()) && !loads.contains(root)) {
                    loads.add(root);
                }
            }
        }
        List<Integer> stores = unit.nodes().stream().filter(id -> readOutside(id, unit)).toList();
        stores.forEach(id -> uses.merge(id, 1, Integer::sum));
        Map<Integer, Integer> gates = gates(nodes, uses);

        Map<Integer, String> targets = directTargets(unit, loads);
        targets.keySet().forEach(id -> uses.merge(id, 1, Integer::sum));
        stores.forEach(this::result);
        List<Slot> used = new ArrayList<>(loads.stream().map(this::operand).toList());
        stores.forEach(id -> used.add(slot(id)));
        int stage = units.stage(unit.first());
        Supplier<Call> call = () -> build(unit, shape, uses, loads, stores, targets, gates);
        if (stage % 2 == 0) {
            schedule.sharded(stage, used, call);
        } else {
            int at =
                    Math.max(
                            stretchedLevel,
                            levelFor(stage, loads.stream().filter(id -> id >= 0).toList()));
            schedule.whole(stage, at, used, call);
            unit.nodes().forEach(id -> readyAt(id, at + 1));
        }
    }

    /// The node whose register or memory an input is read from; what cannot be stretched in a program is stretched before.
    private int source(Units.Unit unit, int input, Shape shape) {
        int root = units.root(input);
        if (units.unit(root) == unit.id() || JavaKernels.stretches(node(input).shape(), shape)) {
            loadShapes.put(new Stretch(unit.id(), root), node(input).shape());
            return root;
        }
        return stretch(unit, input, shape);
    }

    /// Writes an operand out in the shape of the program; gives the number under which it is loaded.
    private int stretch(Units.Unit unit, int input, Shape shape) {
        var key = new Stretch(unit.id(), input);
        Integer known = stretched.get(key);
        if (known != null) {
            return known;
        }
        Slot wide =
                shape.isBatched()
                        ? schedule.samples(4 * shape.elements())
                        : schedule.whole(4 * shape.elements());
        int id = -1 - stretchedSlots.size();
        stretchedSlots.add(wide);
        stretched.put(key, id);
        int stage = units.stage(unit.first());
        List<Slot> uses = List.of(slot(input), wide);
        Supplier<Call> call =
                () ->
                        new ReferenceCall(
                                new Op.BroadcastTo(shape),
                                shape,
                                List.of(node(input).shape()),
                                List.of(slot(input).buffer()),
                                wide.buffer(),
                                stage % 2 == 0);
        if (stage % 2 == 0) {
            schedule.sharded(stage, uses, call);
        } else {
            int at = levelFor(stage, List.of(input));
            schedule.whole(stage, at, uses, call);
            stretchedLevel = Math.max(stretchedLevel, at + 1);
        }
        return id;
    }

    private record Stretch(int unit, int input) {}

    private final Map<Stretch, Integer> stretched = new HashMap<>();
    private final List<Slot> stretchedSlots = new ArrayList<>();
    private int stretchedLevel;

    private Slot operand(int id) {
        return id < 0 ? stretchedSlots.get(-1 - id) : slot(id);
    }

    private final Map<Stretch, Shape> loadShapes = new HashMap<>();

    private boolean readOutside(int id, Units.Unit unit) {
        for (Node other : graph.nodes()) {
            if (!units.needed(other.id()) || units.unit(other.id()) == unit.id()) {
                continue;
            }
            for (int input : other.inputs()) {
                if (units.root(input) == id && (units.root(other.id()) == other.id())) {
                    return true;
                }
            }
        }
        for (Value value : graph.outputs().values()) {
            if (units.root(value.id()) == id) {
                return true;
            }
        }
        for (var assignment : graph.assignments().entrySet()) {
            if (units.root(assignment.getValue().id()) == id
                    && !isDirect(assignment.getKey(), assignment.getValue(), unit)) {
                return true;
            }
        }
        return false;
    }

    /// Whether an assigned value can be written over the variable at once: everything else that reads the variable is done
    /// in an earlier stage.
    private boolean isDirect(String path, Value value, Units.Unit unit) {
        if (units.root(value.id()) != value.id() || units.stage(unit.first()) % 2 == 0) {
            return false;
        }
        for (Node node : graph.nodes()) {
            if (!units.needed(node.id())
                    || units.unit(node.id()) == unit.id()
                    || units.root(node.id()) != node.id()) {
                continue;
            }
            for (int input : node.inputs()) {
                boolean reads =
                        node(units.root(input)).op() instanceof Op.Variable(var read, var _)
                                && read.equals(path);
                if (reads && !isDoneBefore(node, unit)) {
                    return false;
                }
            }
        }
        for (Value output : graph.outputs().values()) {
            if (node(units.root(output.id())).op() instanceof Op.Variable(var read, var _)
                    && read.equals(path)) {
                return false;
            }
        }
        return true;
    }

    /// Whether a reader of a variable has run before the unit: in an earlier stage, or at a lower level of the same one.
    private boolean isDoneBefore(Node reader, Units.Unit unit) {
        int stage = units.stage(unit.first());
        boolean parts = Units.sumsOverBatch(graph, reader) && !units.isWide(reader);
        int last = parts ? units.stage(reader.id()) - 1 : units.stage(reader.id());
        if (last != stage) {
            return last < stage;
        }
        int result = units.nodesOf(reader.id()).getLast();
        return slots[result] != null && level[result] <= levelOf(unit);
    }

    /// The level at which a program runs: after all that it reads.
    private int levelOf(Units.Unit unit) {
        List<Integer> reads =
                unit.nodes().stream()
                        .flatMap(id -> node(id).inputs().stream())
                        .filter(input -> units.unit(units.root(input)) != unit.id())
                        .toList();
        return levelFor(units.stage(unit.first()), reads);
    }

    private Map<Integer, String> directTargets(Units.Unit unit, List<Integer> loads) {
        Map<Integer, String> targets = new LinkedHashMap<>();
        for (var assignment : graph.assignments().entrySet()) {
            Value value = assignment.getValue();
            if (units.unit(value.id()) == unit.id()
                    && !targets.containsKey(value.id())
                    && isDirect(assignment.getKey(), value, unit)
                    && !loadsStretched(loads, assignment.getKey(), value)) {
                targets.put(value.id(), assignment.getKey());
                direct.add(assignment.getKey());
            }
        }
        return targets;
    }

    private boolean loadsStretched(List<Integer> loads, String path, Value value) {
        for (int load : loads) {
            if (load >= 0
                    && node(load).op() instanceof Op.Variable(var read, var shape)
                    && read.equals(path)
                    && !shape.equals(value.shape())) {
                return true;
            }
        }
        return false;
    }

    private Call build(
            Units.Unit unit,
            Shape shape,
            Map<Integer, Integer> uses,
            List<Integer> loads,
            List<Integer> stores,
            Map<Integer, String> targets,
            Map<Integer, Integer> gates) {
        var program = new ProgramBuilder(shape, uses);
        for (int load : loads) {
            if (load < 0) {
                program.load(load, operand(load).buffer(), shape);
            } else if (node(load).op() instanceof Op.Constant(var value) && value.size() == 1) {
                program.fill(load, value.values()[0]);
            } else {
                program.load(load, slot(load).buffer(), loadShape(unit, load));
            }
        }
        for (int id : unit.nodes()) {
            if (gates.containsValue(id)) {
                continue;
            }
            apply(program, unit, node(id), gates);
            if (stores.contains(id)) {
                program.store(id, slot(id).buffer());
            }
            String path = targets.get(id);
            if (path != null) {
                program.store(id, Buffer.fixed(Region.PARAMETERS, parameters.address(path)));
            }
        }
        return program.build();
    }

    private Shape loadShape(Units.Unit unit, int load) {
        Shape known = loadShapes.get(new Stretch(unit.id(), load));
        return known == null ? node(load).shape() : known;
    }

    /// Products with `y > 0` where nobody else reads the comparison: product to comparison.
    private Map<Integer, Integer> gates(List<Node> nodes, Map<Integer, Integer> uses) {
        Map<Integer, Integer> gates = new LinkedHashMap<>();
        List<Integer> ids = nodes.stream().map(Node::id).toList();
        for (Node node : nodes) {
            if (node.op() instanceof Op.Binary(var function)
                    && function == Op.BinaryFunction.MULTIPLY) {
                int gate = units.root(node.inputs().get(1));
                if (ids.contains(gate)
                        && isPositive(node(gate))
                        && uses.getOrDefault(gate, 0) == 1) {
                    gates.put(node.id(), gate);
                }
            }
        }
        return gates;
    }

    private boolean isPositive(Node node) {
        return node.op() instanceof Op.Binary(var function)
                && function == Op.BinaryFunction.GREATER
                && node(node.inputs().get(1)).op() instanceof Op.Constant(var value)
                && value.equals(Tensor.scalar(0));
    }

    private void apply(
            ProgramBuilder program, Units.Unit unit, Node node, Map<Integer, Integer> gates) {
        List<Integer> in =
                node.inputs().stream()
                        .map(input ->
                                stretched.getOrDefault(
                                        new Stretch(unit.id(), input), units.root(input)))
                        .toList();
        Integer gate = gates.get(node.id());
        if (gate != null) {
            program.gate(node.id(), in.get(0), units.root(node(gate).inputs().getFirst()));
            return;
        }
        switch (node.op()) {
            case Op.Unary(var function) -> program.unary(node.id(), function, in.get(0));
            case Op.Binary(var function) ->
                    program.binary(node.id(), function, in.get(0), in.get(1));
            case Op.Select() -> program.select(node.id(), in.get(0), in.get(1), in.get(2));
            case Op.Clip(var low, var high) -> program.clip(node.id(), in.get(0), low, high);
            case Op.Dropout(var rate, var stream) ->
                    program.dropout(node.id(), in.get(0), rate, stream);
            case Op.BroadcastTo _ -> program.move(node.id(), in.get(0));
            default -> throw new AssertionError(node);
        }
    }

    // ---- everything else

    /// A reference kernel, for ops without a fast one and for the whole graph where asked for.
    private void reference(Node node) {
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
                            ? scale(kind, axes, shapes.getFirst())
                            : 1;
            addSum(
                    node,
                    kind,
                    scale,
                    reads,
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

    List<Buffer> buffers(List<Integer> ids) {
        return ids.stream().map(id -> slot(id).buffer()).toList();
    }

    private float scale(ReduceKind kind, List<Integer> axes, Shape shape) {
        if (kind != ReduceKind.MEAN) {
            return 1;
        }
        double count = 1;
        for (int axis : axes) {
            count *= shape.dim(axis) == Shape.BATCH ? shards.batch() : shape.dim(axis);
        }
        return (float) (1 / count);
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

    /// The kernel gradient that could give this sum, if it can be computed now and is not yet.
    private @Nullable Node kernelGradientOf(Node sum, ReduceKind kind, List<Integer> axes) {
        if (slots[sum.id()] != null || kind != ReduceKind.SUM || !axes.equals(List.of(0, 1, 2))) {
            return null;
        }
        int dy = units.root(sum.inputs().getFirst());
        for (Node node : graph.nodes()) {
            if (units.needed(node.id())
                    && node.op() instanceof Op.Conv2DKernelGradient
                    && slots[node.id()] == null
                    && units.root(node.inputs().get(1)) == dy
                    && slots[units.root(node.inputs().get(0))] != null) {
                return node;
            }
        }
        return null;
    }

    private void reduce(Node node, ReduceKind kind, List<Integer> axes) {
        Node gradient = kernelGradientOf(node, kind, axes);
        if (gradient != null && gradient.op() instanceof Op.Conv2DKernelGradient op) {
            products.kernelGradient(gradient, op);
        }
        if (slots[node.id()] != null) {
            return;
        }
        int x = node.inputs().getFirst();
        Shape shape = node(x).shape();
        if (axes.getLast() - axes.getFirst() + 1 != axes.size()) {
            reference(node);
            return;
        }
        float scale = scale(kind, axes, shape);
        if (Units.sumsOverBatch(graph, node)) {
            addSum(
                    node,
                    kind,
                    scale,
                    List.of(x),
                    to -> reduceCall(kind, axes, shape, 1, slot(x).buffer(), to));
            return;
        }
        Slot result = result(node.id());
        add(
                node,
                List.of(x),
                List.of(),
                () -> reduceCall(kind, axes, shape, scale, slot(x).buffer(), result.buffer()));
    }

    private static Call reduceCall(
            ReduceKind kind, List<Integer> axes, Shape shape, float scale, Buffer from, Buffer to) {
        Call call = JavaKernels.reduce(kind, axes, shape, scale, from, to);
        if (call == null) {
            throw new AssertionError(axes + " of " + shape);
        }
        return call;
    }

    private void pool(Node node, Op.PoolKind kind, Op.Window window, List<Units.Unit> order) {
        int x = node.inputs().getFirst();
        if (!node.shape().isBatched()) {
            reference(node);
            return;
        }
        boolean keeps =
                kind == Op.PoolKind.MAX
                        && order.stream()
                                .anyMatch(unit ->
                                        node(unit.first()).op()
                                                        instanceof Op.Pool2DGradient(var k, var w)
                                                && k == kind
                                                && w.equals(window)
                                                && units.root(
                                                                node(unit.first())
                                                                        .inputs()
                                                                        .getFirst())
                                                        == units.root(x));
        Slot y = result(node.id());
        Slot choice =
                keeps ? schedule.samples(OneDnnKernels.workspaceBytes(node.shape(), window)) : null;
        if (choice != null) {
            poolChoices.put(units.root(x), new ProductLowering.Choice(window, choice));
        }
        add(
                node,
                List.of(x),
                choice == null ? List.of() : List.of(choice),
                () ->
                        kernels()
                                .pool(
                                        kind,
                                        window,
                                        node(x).shape(),
                                        node.shape(),
                                        shards.sizes(),
                                        slot(x).buffer(),
                                        y.buffer(),
                                        choice == null ? null : choice.buffer()));
    }

    private void poolGradient(Node node, Op.PoolKind kind, Op.Window window) {
        int x = node.inputs().get(0);
        int dy = node.inputs().get(1);
        var choice = poolChoices.get(units.root(x));
        if (!node.shape().isBatched()
                || (kind == Op.PoolKind.MAX
                        && (choice == null || !choice.window().equals(window)))) {
            reference(node);
            return;
        }
        Slot dx = result(node.id());
        boolean max = kind == Op.PoolKind.MAX;
        add(
                node,
                List.of(dy),
                max && choice != null ? List.of(choice.slot()) : List.of(),
                () ->
                        kernels()
                                .poolGradient(
                                        kind,
                                        window,
                                        node(x).shape(),
                                        node(dy).shape(),
                                        shards.sizes(),
                                        slot(dy).buffer(),
                                        dx.buffer(),
                                        max && choice != null ? choice.slot().buffer() : null));
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

    private void concat(Node node, int axis) {
        Slot result = result(node.id());
        int begin = 0;
        for (int input : node.inputs()) {
            Shape part = node(input).shape();
            int at = begin;
            int size = part.dim(axis);
            add(
                    node,
                    List.of(input),
                    List.of(),
                    () ->
                            JavaKernels.copyAxis(
                                    "concatenate",
                                    part,
                                    0,
                                    node.shape(),
                                    at,
                                    axis,
                                    size,
                                    slot(input).buffer(),
                                    result.buffer()));
            begin += size;
        }
    }

    private void slice(Node node, int axis, int begin, int size) {
        int x = node.inputs().getFirst();
        Slot result = result(node.id());
        add(
                node,
                List.of(x),
                List.of(),
                () ->
                        JavaKernels.copyAxis(
                                "slice",
                                node(x).shape(),
                                begin,
                                node.shape(),
                                0,
                                axis,
                                size,
                                slot(x).buffer(),
                                result.buffer()));
    }

    private void pad(Node node, int axis, int before, float value) {
        int x = node.inputs().getFirst();
        Shape from = node(x).shape();
        Slot result = result(node.id());
        add(
                node,
                List.of(),
                List.of(),
                () ->
                        JavaKernels.fill(
                                node.shape().isBatched(),
                                node.shape().elements(),
                                value,
                                result.buffer()));
        add(
                node,
                List.of(x),
                List.of(),
                () ->
                        JavaKernels.copyAxis(
                                "pad",
                                from,
                                0,
                                node.shape(),
                                before,
                                axis,
                                from.dim(axis),
                                slot(x).buffer(),
                                result.buffer()));
    }

    // ---- what leaves the plan

    /// Values that could not be written over their variables at once are copied at the very end.
    private void assignments() {
        int last = schedule.lastStage();
        int stage = last % 2 == 0 ? last + 1 : last + 2;
        for (var assignment : graph.assignments().entrySet()) {
            if (!direct.contains(assignment.getKey())) {
                Slot from = slot(assignment.getValue().id());
                long elements = assignment.getValue().shape().elements();
                Buffer to =
                        Buffer.fixed(Region.PARAMETERS, parameters.address(assignment.getKey()));
                schedule.whole(
                        stage,
                        0,
                        List.of(from),
                        () -> JavaKernels.copy(false, elements, from.buffer(), to));
            }
        }
    }

    private void keepOutputs() {
        int end = schedule.lastStage() + 1;
        graph.outputs()
                .values()
                .forEach(value -> slot(value.id()).use(end + end % 2 + 1, Integer.MAX_VALUE));
        inputs.values().forEach(slot -> slot.use(end + end % 2 + 1, Integer.MAX_VALUE));
        if (graph.assignments().isEmpty()) {
            schedule.keepFrom(-1, end + end % 2 + 1);
        }
    }

    Map<String, Slot> inputs() {
        return inputs;
    }

    Slot iterationSlot() {
        return iteration;
    }

    Map<Tensor, Long> constants() {
        return constants;
    }

    long constantBytes() {
        return constantBytes;
    }
}
