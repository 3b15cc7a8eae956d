package dev.gnomon.model;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Value;
import dev.gnomon.initializer.Initializer;
import dev.gnomon.layer.Scope;
import dev.gnomon.layer.WeightConfig;
import dev.gnomon.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The scope of one layer's use while a model's graph is built.
final class ModelScope implements Scope {
    /// What a layer declared.
    ///
    /// @param config null for state
    record Declared(
            Value variable,
            Initializer initializer,
            @Nullable WeightConfig config,
            boolean trained) {}

    /// What all scopes of one graph collect.
    static final class Collector {
        final Graph graph = new Graph();
        final Map<String, Declared> declared = new LinkedHashMap<>();
        final Map<Value, Value> updates = new LinkedHashMap<>();
        final List<Value> losses = new ArrayList<>();
        final boolean training;

        Collector(boolean training) {
            this.training = training;
        }
    }

    private final Collector collector;
    private final String path;
    private final boolean trainable;
    private final int use;

    /// @param use which use of the layer this is, from 0
    ModelScope(Collector collector, String path, boolean trainable, int use) {
        this.collector = collector;
        this.path = path;
        this.trainable = trainable;
        this.use = use;
    }

    Collector collector() {
        return collector;
    }

    String path() {
        return path;
    }

    @Override
    public boolean trainable() {
        return trainable;
    }

    int use() {
        return use;
    }

    @Override
    public Graph graph() {
        return collector.graph;
    }

    @Override
    public boolean training() {
        return collector.training;
    }

    @Override
    public Value weight(String name, Shape shape, WeightConfig config) {
        return declare(name, shape, config.initializer(), config);
    }

    @Override
    public Value state(String name, Shape shape, Initializer initializer) {
        Value variable = declare(name, shape, initializer, null);
        return collector.updates.getOrDefault(variable, variable);
    }

    private Value declare(
            String name, Shape shape, Initializer initializer, @Nullable WeightConfig config) {
        String full = path.isEmpty() ? name : path + "/" + name;
        Value variable = collector.graph.variable(full, shape);
        Declared first =
                collector.declared.putIfAbsent(
                        full,
                        new Declared(variable, initializer, config, config != null && trainable));
        Check.shape(
                first == null || first.variable().shape().equals(shape),
                "Layer \"%s\" is used more than once, so all its inputs must have the same shape: its weight \"%s\""
                        + " would be %s here, but is %s where it was used first.",
                path,
                name,
                shape,
                first == null ? shape : first.variable().shape());
        return variable;
    }

    @Override
    public void update(Value state, Value value) {
        collector.updates.put(variable(state), value);
    }

    /// The variable behind what [#state] gave.
    private Value variable(Value state) {
        for (var update : collector.updates.entrySet()) {
            if (update.getValue().equals(state)) {
                return update.getKey();
            }
        }
        return state;
    }

    @Override
    public String stream(String purpose) {
        return path + "/" + purpose + (use == 0 ? "" : "#" + use);
    }

    @Override
    public void addLoss(Value scalar) {
        collector.losses.add(scalar);
    }

    @Override
    public Scope child(String name) {
        return new ModelScope(collector, path.isEmpty() ? name : path + "/" + name, trainable, use);
    }
}
