package dev.gnomon.layer;

import dev.gnomon.check.ShapeException;
import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Value;
import dev.gnomon.initializer.Initializer;
import dev.gnomon.tensor.Shape;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Builds a layer into a graph that is thrown away, to learn the shape of its output.
final class ShapeScope implements Scope {
    private final Graph graph = new Graph();

    static Shape infer(NamedLayer layer, List<Shape> inputs) {
        var scope = new ShapeScope();
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            values.add(scope.graph.input("input_" + i, inputs.get(i)));
        }
        try {
            return layer.layer().build(scope, values).shape();
        } catch (ShapeException fault) {
            String where =
                    layer.layer().kerasName()
                            + (layer.name() == null ? "" : " at \"" + layer.name() + "\"");
            throw new ShapeException(
                    where
                            + ": "
                            + fault.getMessage()
                            + (inputs.size() == 1
                                    ? " The layer's input is "
                                    : " The layer's inputs are ")
                            + inputs.stream()
                                    .map(Shape::toString)
                                    .collect(Collectors.joining(" and "))
                            + ".",
                    fault);
        }
    }

    @Override
    public Graph graph() {
        return graph;
    }

    @Override
    public boolean training() {
        return false;
    }

    @Override
    public Value weight(String name, Shape shape, WeightConfig config) {
        return graph.variable(name, shape);
    }

    @Override
    public Value state(String name, Shape shape, Initializer initializer) {
        return graph.variable(name, shape);
    }

    @Override
    public void update(Value state, Value value) {}

    @Override
    public String stream(String purpose) {
        return purpose;
    }

    @Override
    public void addLoss(Value scalar) {}

    @Override
    public Scope child(String name) {
        return this;
    }
}
