package dev.gnomon.plan;

import dev.gnomon.graph.Node;
import dev.gnomon.graph.Op;
import dev.gnomon.kernel.Region;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where the values lie that no call of a plan computes: inputs, variables, constants and the number of the step.
final class Leaves {
    private final Lowering lowering;
    private final Parameters parameters;
    private final Map<Tensor, Long> constants = new LinkedHashMap<>();
    private final Map<String, Slot> inputs = new LinkedHashMap<>();
    private final Slot iteration;
    private long constantBytes;

    Leaves(Lowering lowering, Parameters parameters) {
        this.lowering = lowering;
        this.parameters = parameters;
        this.iteration = lowering.schedule().whole(4);
        iteration.use(-1, 0);
    }

    /// Gives each leaf that is needed its slot.
    ///
    /// @param slots by the nodes' ids
    void place(Slot[] slots) {
        for (Node node : lowering.graph().nodes()) {
            if (lowering.units().needed(node.id()) && Units.isLeaf(node.op())) {
                slots[node.id()] = place(node);
            }
        }
    }

    private Slot place(Node node) {
        return switch (node.op()) {
            case Op.Input(var name, var shape) -> input(name, shape);
            case Op.Variable(var path, var shape) when !shape.equals(parameters.shape(path)) ->
                    throw new AssertionError(
                            path + " is " + parameters.shape(path) + ", not " + shape);
            case Op.Variable(var path, var shape) ->
                    Slot.placed(
                            Region.PARAMETERS,
                            parameters.address(path),
                            4 * shape.elements(),
                            path);
            case Op.Constant(var value) -> constant(value);
            case Op.BatchSize() -> constant(Tensor.scalar(lowering.shards().batch()));
            case Op.Iteration() -> iteration;
            default -> throw new AssertionError(node);
        };
    }

    private Slot input(String name, Shape shape) {
        long bytes = 4 * shape.elements();
        Slot slot =
                shape.isBatched()
                        ? lowering.schedule().samples(bytes)
                        : lowering.schedule().whole(bytes);
        slot.use(-1, 0);
        inputs.put(name, slot);
        return slot;
    }

    private Slot constant(Tensor value) {
        String name =
                value.size() == 1 ? String.valueOf(value.values()[0]) : "constant" + value.shape();
        return Slot.placed(Region.CONSTANTS, address(value), 4L * value.size(), name);
    }

    private long address(Tensor value) {
        return constants.computeIfAbsent(
                value,
                tensor -> {
                    long at = constantBytes;
                    constantBytes += Parameters.align(4L * tensor.size());
                    return at;
                });
    }

    /// The inputs by name, as far as they are needed.
    Map<String, Slot> inputs() {
        return inputs;
    }

    Slot iteration() {
        return iteration;
    }

    /// All constants, and where each lies.
    Map<Tensor, Long> constants() {
        return constants;
    }

    long constantBytes() {
        return constantBytes;
    }
}
