package dev.gnomon.graph;

import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A growing list of nodes, each after its inputs. Equal operations on equal inputs are one node.
///
/// Besides nodes a graph holds *assignments*, which take effect together at the end of a run, and named *outputs*.
/// Not safe for use by several threads.
public final class Graph {
    private record Identity(Op op, List<Integer> inputs) {}

    private final List<Node> nodes = new ArrayList<>();
    private final Map<Identity, Integer> known = new HashMap<>();
    private final Map<String, Value> assignments = new LinkedHashMap<>();
    private final Map<String, Value> outputs = new LinkedHashMap<>();

    /// Adds an operation, or finds the equal one.
    public Value add(Op op, Value... inputs) {
        List<Integer> ids = new ArrayList<>(inputs.length);
        List<Shape> shapes = new ArrayList<>(inputs.length);
        for (Value input : inputs) {
            own(input);
            ids.add(input.id());
            shapes.add(input.shape());
        }
        var identity = new Identity(op, List.copyOf(ids));
        Integer found = known.get(identity);
        if (found != null) {
            return new Value(this, found);
        }
        Shape shape = ShapeRules.of(op, shapes);
        var node = new Node(nodes.size(), op, identity.inputs, shape);
        nodes.add(node);
        known.put(identity, node.id());
        return new Value(this, node.id());
    }

    public Value input(String name, Shape shape) {
        return add(new Op.Input(name, shape));
    }

    public Value variable(String path, Shape shape) {
        return add(new Op.Variable(path, shape));
    }

    public Value constant(double number) {
        return add(new Op.Constant(Tensor.scalar((float) number)));
    }

    public Value constant(Tensor tensor) {
        return add(new Op.Constant(tensor));
    }

    public Value batchSize() {
        return add(new Op.BatchSize());
    }

    public Value iteration() {
        return add(new Op.Iteration());
    }

    /// Puts `values` side by side along an axis.
    public Value concat(int axis, List<Value> values) {
        int rank = values.getFirst().shape().rank();
        return add(new Op.Concat(axis < 0 ? axis + rank : axis), values.toArray(new Value[0]));
    }

    /// Sets a variable at the end of the run. A second assignment to the same variable replaces the first.
    public void assign(Value variable, Value value) {
        if (!(variable.op() instanceof Op.Variable(String path, Shape shape))
                || !shape.equals(value.shape())) {
            throw new IllegalArgumentException(
                    "Only a variable takes a value of its own shape: "
                            + variable
                            + " cannot take "
                            + value
                            + ".");
        }
        own(variable);
        assignments.put(path, own(value));
    }

    /// Names a value that a run gives back.
    public void output(String name, Value value) {
        outputs.put(name, own(value));
    }

    public Node node(int id) {
        return nodes.get(id);
    }

    public List<Node> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    public Map<String, Value> assignments() {
        return Collections.unmodifiableMap(assignments);
    }

    public Map<String, Value> outputs() {
        return Collections.unmodifiableMap(outputs);
    }

    /// Which nodes the outputs and assignments need.
    public boolean[] needed() {
        boolean[] needed = new boolean[nodes.size()];
        outputs.values().forEach(value -> needed[value.id()] = true);
        assignments.values().forEach(value -> needed[value.id()] = true);
        for (int id = nodes.size() - 1; id >= 0; id--) {
            if (needed[id]) {
                nodes.get(id).inputs().forEach(input -> needed[input] = true);
            }
        }
        return needed;
    }

    /// The nodes that are needed, a line each.
    @Override
    public String toString() {
        var text = new StringBuilder();
        boolean[] needed = needed();
        for (Node node : nodes) {
            if (needed[node.id()]) {
                text.append(OpText.line(node)).append('\n');
            }
        }
        assignments.forEach(
                (path, value) -> text.append(path).append(" := %").append(value.id()).append('\n'));
        outputs.forEach((name, value) ->
                text.append("return ").append(name).append(" = %").append(value.id()).append('\n'));
        return text.toString();
    }

    private Value own(Value value) {
        if (value.graph() != this) {
            throw new IllegalArgumentException(
                    "A value of another graph cannot be used here: " + value + ".");
        }
        return value;
    }

    static List<Integer> axes(int rank, int... axes) {
        return Arrays.stream(axes)
                .map(axis -> axis < 0 ? axis + rank : axis)
                .sorted()
                .boxed()
                .toList();
    }
}
