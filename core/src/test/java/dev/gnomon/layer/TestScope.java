package dev.gnomon.layer;

import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Value;
import dev.gnomon.initializer.Initializer;
import dev.gnomon.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Keeps what a layer declares.
final class TestScope implements Scope {
    final Graph graph = new Graph();
    final Map<String, Value> weights = new LinkedHashMap<>();
    final Map<String, Value> states = new LinkedHashMap<>();
    final Map<String, Value> updates = new LinkedHashMap<>();
    final List<Value> losses = new ArrayList<>();
    private final boolean training;

    TestScope(boolean training) {
        this.training = training;
    }

    @Override
    public Scope child(String name) {
        throw new UnsupportedOperationException("No layer of Keras has inner layers here: " + name);
    }

    @Override
    public Graph graph() {
        return graph;
    }

    @Override
    public boolean training() {
        return training;
    }

    @Override
    public Value weight(String name, Shape shape, WeightConfig config) {
        return weights.computeIfAbsent(name, path -> graph.variable(path, shape));
    }

    @Override
    public Value state(String name, Shape shape, Initializer initializer) {
        return states.computeIfAbsent(name, path -> graph.variable(path, shape));
    }

    @Override
    public void update(Value state, Value value) {
        states.forEach((name, known) -> {
            if (known.equals(state)) {
                updates.put(name, value);
            }
        });
    }

    @Override
    public String stream(String purpose) {
        return purpose;
    }

    @Override
    public void addLoss(Value scalar) {
        losses.add(scalar);
    }
}
