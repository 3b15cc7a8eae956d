package dev.gnomon.plan;

import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Node;
import dev.gnomon.graph.Op;
import dev.gnomon.graph.Value;
import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.java.JavaKernels;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a graph assigns to variables: written over them at once where nobody reads the old values any more, else copied at
/// the very end.
final class Assignments {
    private final Lowering lowering;
    private final Graph graph;
    private final Units units;
    private final Set<String> direct = new HashSet<>();

    Assignments(Lowering lowering) {
        this.lowering = lowering;
        this.graph = lowering.graph();
        this.units = lowering.units();
    }

    /// The values of a program that are written over their variables at once, with the variables' paths.
    Map<Integer, String> directTargets(Units.Unit unit, List<Integer> loads) {
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
                    && lowering.node(load).op() instanceof Op.Variable(var read, var shape)
                    && read.equals(path)
                    && !shape.equals(value.shape())) {
                return true;
            }
        }
        return false;
    }

    /// Whether an assigned value can be written over the variable at once: everything else that reads the variable is done
    /// in an earlier stage.
    boolean isDirect(String path, Value value, Units.Unit unit) {
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
                        lowering.node(units.root(input)).op()
                                        instanceof Op.Variable(var read, var _)
                                && read.equals(path);
                if (reads && !isDoneBefore(node, unit)) {
                    return false;
                }
            }
        }
        for (Value output : graph.outputs().values()) {
            if (lowering.node(units.root(output.id())).op() instanceof Op.Variable(var read, var _)
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
        return lowering.isLowered(result) && lowering.level(result) <= levelOf(unit);
    }

    /// The level at which a program runs: after all that it reads.
    private int levelOf(Units.Unit unit) {
        List<Integer> reads =
                unit.nodes().stream()
                        .flatMap(id -> lowering.node(id).inputs().stream())
                        .filter(input -> units.unit(units.root(input)) != unit.id())
                        .toList();
        return lowering.levelFor(units.stage(unit.first()), reads);
    }

    /// Values that could not be written over their variables at once are copied at the very end.
    void copyTheRest() {
        int last = lowering.schedule().lastStage();
        int stage = last % 2 == 0 ? last + 1 : last + 2;
        for (var assignment : graph.assignments().entrySet()) {
            if (!direct.contains(assignment.getKey())) {
                Slot from = lowering.slot(assignment.getValue().id());
                long elements = assignment.getValue().shape().elements();
                Buffer to = lowering.variable(assignment.getKey());
                lowering.schedule()
                        .whole(
                                stage,
                                0,
                                List.of(from),
                                () -> JavaKernels.copy(false, elements, from.buffer(), to));
            }
        }
    }
}
