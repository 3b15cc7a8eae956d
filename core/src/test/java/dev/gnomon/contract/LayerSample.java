package dev.gnomon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Value;
import dev.gnomon.initializer.Initializer;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.Layer;
import dev.gnomon.layer.Scope;
import dev.gnomon.layer.SymbolicTensor;
import dev.gnomon.layer.WeightConfig;
import dev.gnomon.model.Functional;
import dev.gnomon.model.Model;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A layer with inputs for it and what is expected of it.
final class LayerSample {
    final String kerasName;
    final Layer layer;
    final List<Shape> inputs;
    final Map<String, Shape> weights = new LinkedHashMap<>();
    final Map<String, Shape> states = new LinkedHashMap<>();
    private final String note;
    private final Rules rules;
    private Shape output = Shape.batched();
    private boolean differs;
    private boolean variant;

    LayerSample(String kerasName, String note, Layer layer, List<Shape> inputs) {
        this.kerasName = kerasName;
        this.note = note;
        this.layer = layer;
        this.inputs = inputs;
        this.rules = new Rules((Record) layer);
    }

    LayerSample weight(String name, int... shape) {
        weights.put(name, Shape.of(shape));
        return this;
    }

    LayerSample state(String name, int... shape) {
        states.put(name, Shape.of(shape));
        return this;
    }

    /// The shape of the output, without the batch.
    LayerSample output(int... sample) {
        output = Shape.batched(sample);
        return this;
    }

    /// The output while training is another than in inference.
    LayerSample differsInTraining() {
        differs = true;
        return this;
    }

    /// Other settings of a layer whose rules stand with its first sample.
    LayerSample variant() {
        variant = true;
        return this;
    }

    LayerSample refuses(String component, Object value, String sentence) {
        rules.refuses(component, value, sentence);
        return this;
    }

    LayerSample free(String... components) {
        rules.free(components);
        return this;
    }

    Shape output() {
        return output;
    }

    boolean differs() {
        return differs;
    }

    boolean isVariant() {
        return variant;
    }

    Rules rules() {
        return rules;
    }

    @Override
    public String toString() {
        return kerasName + (note.isEmpty() ? "" : ", " + note);
    }

    /// The shapes of its inputs and then of its weights.
    List<Shape> sources() {
        List<Shape> all = new ArrayList<>(inputs);
        all.addAll(weights.values());
        return all;
    }

    /// Builds the layer from values for its inputs and weights; states are 1.
    Value build(List<Value> sources, boolean training) {
        var scope = new GivenWeights(sources.getFirst().graph(), training, sources);
        Value result = layer.build(scope, sources.subList(0, inputs.size()));
        assertThat(scope.asked).as("weights and states").containsExactlyElementsOf(declared());
        return result;
    }

    private List<String> declared() {
        List<String> names = new ArrayList<>(weights.keySet());
        names.addAll(states.keySet());
        return names;
    }

    /// A network of the layer alone.
    Model alone() {
        List<SymbolicTensor> in = symbolic();
        SymbolicTensor out = layer.named("tried").apply(in.toArray(SymbolicTensor[]::new));
        return Functional.of(in, List.of(out));
    }

    /// A network with weights before the layer and behind it, so that gradients go through it.
    Model amongOthers() {
        List<SymbolicTensor> in = symbolic();
        SymbolicTensor[] before = new SymbolicTensor[in.size()];
        for (int i = 0; i < before.length; i++) {
            before[i] = new Dense(inputs.get(i).last()).apply(in.get(i));
        }
        SymbolicTensor out = new Flatten().apply(layer.named("tried").apply(before));
        return Functional.of(in, List.of(new Dense(2).apply(out)));
    }

    private List<SymbolicTensor> symbolic() {
        return inputs.stream()
                .map(shape -> Input.of(Arrays.copyOfRange(shape.dims(), 1, shape.rank())))
                .toList();
    }

    /// A scope whose weights are values that are there already.
    private final class GivenWeights implements Scope {
        private final Graph graph;
        private final boolean training;
        private final List<Value> sources;
        private final List<String> asked = new ArrayList<>();

        GivenWeights(Graph graph, boolean training, List<Value> sources) {
            this.graph = graph;
            this.training = training;
            this.sources = sources;
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
            asked.add(name);
            assertThat(shape).as(name).isEqualTo(weights.get(name));
            int index = new ArrayList<>(weights.keySet()).indexOf(name);
            return sources.get(inputs.size() + index);
        }

        @Override
        public Value state(String name, Shape shape, Initializer initializer) {
            asked.add(name);
            assertThat(shape).as(name).isEqualTo(states.get(name));
            float[] ones = new float[(int) shape.elements()];
            Arrays.fill(ones, 1);
            return graph.constant(new Tensor(shape, ones));
        }

        @Override
        public void update(@Nullable Value state, Value value) {}

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
}
