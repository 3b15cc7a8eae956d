package dev.gnomon.plan;

import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Node;
import dev.gnomon.graph.Op;
import dev.gnomon.graph.Value;
import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.java.JavaKernels;
import dev.gnomon.kernel.java.ProgramBuilder;
import dev.gnomon.kernel.reference.ReferenceCall;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Lowers units of elementwise ops: one program each, whose values stay in registers.
final class ProgramLowering {
    private record Stretch(int unit, int input) {}

    private final Lowering lowering;
    private final Graph graph;
    private final Units units;
    private final Schedule schedule;
    private final Assignments assignments;
    private final MatMulLowering matMuls;
    private final Map<Stretch, Integer> stretched = new HashMap<>();
    private final List<Slot> stretchedSlots = new ArrayList<>();
    private final Map<Stretch, Shape> loadShapes = new HashMap<>();
    private int stretchedLevel;

    ProgramLowering(Lowering lowering, Assignments assignments, MatMulLowering matMuls) {
        this.lowering = lowering;
        this.graph = lowering.graph();
        this.units = lowering.units();
        this.schedule = lowering.schedule();
        this.assignments = assignments;
        this.matMuls = matMuls;
    }

    void program(Units.Unit unit) {
        stretchedLevel = 0;
        Map<Integer, Integer> uses = new HashMap<>();
        List<Integer> loads = new ArrayList<>();
        List<Node> nodes = unit.nodes().stream().map(lowering::node).toList();
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
        Integer gradient = matMuls.takeWaiting(loads, shape);

        Map<Integer, String> targets = assignments.directTargets(unit, loads);
        targets.keySet().forEach(id -> uses.merge(id, 1, Integer::sum));
        stores.forEach(lowering::result);
        List<Slot> used = new ArrayList<>(loads.stream().map(this::operand).toList());
        stores.forEach(id -> used.add(lowering.slot(id)));
        int stage = units.stage(unit.first());
        Supplier<Call> call = () -> build(unit, shape, uses, loads, stores, targets, gates);
        if (stage % 2 == 0) {
            schedule.sharded(stage, used, call);
        } else {
            int at =
                    Math.max(
                            stretchedLevel,
                            lowering.levelFor(
                                    stage, loads.stream().filter(id -> id >= 0).toList()));
            if (gradient == null) {
                schedule.whole(stage, at, used, call);
            } else {
                used.addAll(matMuls.waitingReads(gradient));
                schedule.whole(stage, at, used, () -> matMuls.withProgram(gradient, call.get()));
            }
            unit.nodes().forEach(id -> lowering.readyAt(id, at + 1));
        }
    }

    /// The node whose register or memory an input is read from; what cannot be stretched in a program is stretched before.
    private int source(Units.Unit unit, int input, Shape shape) {
        int root = units.root(input);
        if (units.unit(root) == unit.id()
                || JavaKernels.stretches(lowering.node(input).shape(), shape)) {
            loadShapes.put(new Stretch(unit.id(), root), lowering.node(input).shape());
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
        List<Slot> uses = List.of(lowering.slot(input), wide);
        Supplier<Call> call =
                () ->
                        new ReferenceCall(
                                new Op.BroadcastTo(shape),
                                shape,
                                List.of(lowering.node(input).shape()),
                                List.of(lowering.slot(input).buffer()),
                                wide.buffer(),
                                stage % 2 == 0);
        if (stage % 2 == 0) {
            schedule.sharded(stage, uses, call);
        } else {
            int at = lowering.levelFor(stage, List.of(input));
            schedule.whole(stage, at, uses, call);
            stretchedLevel = Math.max(stretchedLevel, at + 1);
        }
        return id;
    }

    private Slot operand(int id) {
        return id < 0 ? stretchedSlots.get(-1 - id) : lowering.slot(id);
    }

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
                    && !assignments.isDirect(assignment.getKey(), assignment.getValue(), unit)) {
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
            } else if (lowering.node(load).op() instanceof Op.Constant(var value)
                    && value.size() == 1) {
                program.fill(load, value.values()[0]);
            } else {
                program.load(load, lowering.slot(load).buffer(), loadShape(unit, load));
            }
        }
        for (int id : unit.nodes()) {
            if (gates.containsValue(id)) {
                continue;
            }
            apply(program, unit, lowering.node(id), gates);
            if (stores.contains(id)) {
                program.store(id, lowering.slot(id).buffer());
            }
            String path = targets.get(id);
            if (path != null) {
                program.store(id, lowering.variable(path));
            }
        }
        return program.build();
    }

    private Shape loadShape(Units.Unit unit, int load) {
        Shape known = loadShapes.get(new Stretch(unit.id(), load));
        return known == null ? lowering.node(load).shape() : known;
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
                        && isPositive(lowering.node(gate))
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
                && lowering.node(node.inputs().get(1)).op() instanceof Op.Constant(var value)
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
            program.gate(node.id(), in.get(0), units.root(lowering.node(gate).inputs().getFirst()));
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
}
