package dev.gnomon.model;

import dev.gnomon.check.Check;
import dev.gnomon.check.ConfigException;
import dev.gnomon.check.Names;
import dev.gnomon.graph.Value;
import dev.gnomon.layer.Layer;
import dev.gnomon.layer.NamedLayer;
import dev.gnomon.layer.Scope;
import dev.gnomon.layer.SymbolicTensor;
import dev.gnomon.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// How layers are wired: the inputs, every layer with the places where it is applied, the outputs. Names are unique and
/// belong to the model. Immutable.
@SuppressWarnings("IdentityHashMapUsage")
final class Network {
    /// A layer with its name in this model and its uses in the order in which they are computed.
    record Entry(String name, NamedLayer handle, List<SymbolicTensor> uses) {
        Layer layer() {
            return handle.layer();
        }
    }

    private final List<SymbolicTensor> inputs;
    private final List<SymbolicTensor> outputs;
    private final List<SymbolicTensor> order = new ArrayList<>();
    private final Map<NamedLayer, Entry> entries = new LinkedHashMap<>();
    private final Map<SymbolicTensor, String> inputNames = new LinkedHashMap<>();
    private final Map<String, Integer> taken = new HashMap<>();
    private final Set<String> given = new HashSet<>();
    private final List<Entry> list;
    private final List<String> inputNameList;
    private final List<String> outputNameList;

    Network(List<SymbolicTensor> inputs, List<SymbolicTensor> outputs) {
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        if (inputs.isEmpty() || outputs.isEmpty()) {
            throw new ConfigException("A model needs at least one input and one output.");
        }
        checkInputs();
        inputs.forEach(order::add);
        Set<SymbolicTensor> seen = new HashSet<>(inputs);
        outputs.forEach(output -> visit(output, seen));
        nameAll();
        this.list = List.copyOf(entries.values());
        checkInnerModels();
        this.inputNameList = inputs.stream().map(this::name).toList();
        this.outputNameList = nameOutputs();
    }

    private void checkInputs() {
        for (SymbolicTensor input : inputs) {
            NamedLayer source = input.source();
            if (source != null) {
                throw new ConfigException(
                        "An input of a model must come from Input.of(...), but "
                                + input
                                + " is the output of a layer "
                                + source.layer().kerasName()
                                + ". To use a part of a model, cut it: model.upTo(layer).");
            }
            if (inputs.stream().filter(other -> other == input).count() > 1) {
                throw new ConfigException(
                        input + nameOf(input) + " is listed twice among the model's inputs.");
            }
        }
    }

    /// The weights of an inner model must be reached by one way only, or they were trained twice in a step.
    private void checkInnerModels() {
        Map<Layer, Entry> models = new IdentityHashMap<>();
        for (Entry entry : list) {
            Entry first = entry.layer() instanceof Model ? models.put(entry.layer(), entry) : null;
            if (first != null) {
                throw new ConfigException(
                        "The inner model is in this model under two names, \""
                                + first.name
                                + "\" and \""
                                + entry.name
                                + "\". To share its weights, give it one name and apply that: var shared ="
                                + " inner.named(\""
                                + first.name
                                + "\").");
            }
        }
    }

    private static String nameOf(SymbolicTensor input) {
        return input.name() == null ? "" : " \"" + input.name() + "\"";
    }

    private void visit(SymbolicTensor tensor, Set<SymbolicTensor> seen) {
        if (!seen.add(tensor)) {
            return;
        }
        if (tensor.source() == null) {
            throw new ConfigException(
                    "An output depends on "
                            + tensor
                            + nameOf(tensor)
                            + ", which is not among the model's inputs. Add it to the list of inputs.");
        }
        tensor.inputs().forEach(input -> visit(input, seen));
        order.add(tensor);
    }

    private void nameAll() {
        for (SymbolicTensor tensor : order) {
            NamedLayer source = tensor.source();
            String name = source == null ? tensor.name() : source.name();
            if (name != null
                    && (source == null || !entries.containsKey(source))
                    && !given.add(name)) {
                throw new ConfigException(
                        "Two layers are named \""
                                + name
                                + "\"; the second is "
                                + (source == null ? "an Input" : source.layer().kerasName())
                                + ". Names within a model must differ: give one of them another by"
                                + " named(...), or apply one layer twice to share its weights.");
            }
            if (source != null) {
                entries.putIfAbsent(source, new Entry(name == null ? "" : name, source, List.of()));
            }
        }
        Map<NamedLayer, List<SymbolicTensor>> uses = new IdentityHashMap<>();
        entries.clear();
        for (SymbolicTensor tensor : order) {
            NamedLayer source = tensor.source();
            if (source == null) {
                inputNames.put(
                        tensor, tensor.name() == null ? unique("input_layer") : tensor.name());
                continue;
            }
            uses.computeIfAbsent(source, _ -> new ArrayList<>()).add(tensor);
            if (!entries.containsKey(source)) {
                String name =
                        source.name() == null
                                ? unique(snakeCase(source.layer().kerasName()))
                                : source.name();
                entries.put(source, new Entry(name, source, List.of()));
            }
        }
        entries.replaceAll((handle, entry) ->
                new Entry(entry.name, handle, List.copyOf(uses.getOrDefault(handle, List.of()))));
    }

    private String unique(String base) {
        while (true) {
            int count = taken.merge(base, 1, Integer::sum) - 1;
            String name = count == 0 ? base : base + "_" + count;
            if (!given.contains(name)) {
                return name;
            }
        }
    }

    /// Keras's rule: `MaxPooling2D` becomes `max_pooling2d`, `ReLU` `re_lu`.
    static String snakeCase(String name) {
        return name.replaceAll("\\W+", "")
                .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }

    /// Builds the network into a new graph, with inputs of its own.
    List<Value> build(ModelScope.Collector collector) {
        List<Value> arguments = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            arguments.add(collector.graph.input(inputNames().get(i), inputs.get(i).shape()));
        }
        return build(new ModelScope(collector, "", true, 0), arguments);
    }

    /// Builds the network into the scope's graph.
    List<Value> build(ModelScope scope, List<Value> arguments) {
        Map<SymbolicTensor, Value> values = new IdentityHashMap<>();
        Map<NamedLayer, Integer> uses = new IdentityHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            values.put(inputs.get(i), arguments.get(i));
        }
        for (SymbolicTensor tensor : order) {
            NamedLayer source = tensor.source();
            if (source == null) {
                continue;
            }
            Entry entry = entry(source);
            int use = uses.merge(source, 1, Integer::sum) - 1;
            String path = scope.path().isEmpty() ? entry.name : scope.path() + "/" + entry.name;
            var inner =
                    new ModelScope(
                            scope.collector(),
                            path,
                            scope.trainable() && source.isTrainable(),
                            scope.use() + use);
            List<Value> in = tensor.inputs().stream().map(values::get).toList();
            values.put(tensor, source.layer().build(inner, in));
        }
        return outputs.stream().map(values::get).toList();
    }

    private Entry entry(NamedLayer handle) {
        Entry entry = entries.get(handle);
        if (entry == null) {
            throw new AssertionError(handle);
        }
        return entry;
    }

    /// A layer by its name.
    Entry entry(String name) {
        List<String> names = list.stream().map(Entry::name).toList();
        int index = names.indexOf(name);
        if (index < 0) {
            throw new ConfigException(
                    "There is no layer \""
                            + name
                            + "\"; there are "
                            + names
                            + "."
                            + Names.didYouMean(name, names));
        }
        return list.get(index);
    }

    /// A layer by its place.
    Entry entry(int index) {
        Check.config(
                index >= 0 && index < list.size(),
                "There is no layer %d; the model has %d layers, 0 to %d (inputs do not count).",
                index,
                list.size(),
                list.size() - 1);
        return list.get(index);
    }

    /// The part of the network that a layer's output needs.
    Network upTo(Entry entry) {
        SymbolicTensor output = entry.uses().getLast();
        Set<SymbolicTensor> needed = new HashSet<>();
        reach(output, needed);
        return new Network(inputs.stream().filter(needed::contains).toList(), List.of(output));
    }

    private static void reach(SymbolicTensor tensor, Set<SymbolicTensor> seen) {
        if (seen.add(tensor)) {
            tensor.inputs().forEach(input -> reach(input, seen));
        }
    }

    /// How often layers were frozen or unfrozen, those of models within included.
    long freezes() {
        long sum = 0;
        for (int i = 0; i < list.size(); i++) {
            Entry entry = list.get(i);
            sum += entry.handle.freezes();
            if (entry.layer() instanceof Model inner) {
                sum += inner.network().freezes();
            }
        }
        return sum;
    }

    List<SymbolicTensor> inputs() {
        return inputs;
    }

    List<SymbolicTensor> outputs() {
        return outputs;
    }

    /// All tensors in the order in which they are computed, inputs first.
    List<SymbolicTensor> order() {
        return order;
    }

    List<Entry> entries() {
        return list;
    }

    List<String> inputNames() {
        return inputNameList;
    }

    List<String> outputNames() {
        return outputNameList;
    }

    List<Shape> inputShapes() {
        return inputs.stream().map(SymbolicTensor::shape).toList();
    }

    List<Shape> outputShapes() {
        return outputs.stream().map(SymbolicTensor::shape).toList();
    }

    /// The name of an input, or of the layer that gives a tensor.
    String name(SymbolicTensor tensor) {
        NamedLayer source = tensor.source();
        String input = inputNames.get(tensor);
        return source == null ? (input == null ? "?" : input) : entry(source).name;
    }

    /// The names of the outputs: of the layers that give them; a second output of the same layer gets a number.
    private List<String> nameOutputs() {
        List<String> names = new ArrayList<>();
        for (SymbolicTensor output : outputs) {
            String name = name(output);
            String free = name;
            for (int i = 1; names.contains(free); i++) {
                free = name + "_" + i;
            }
            names.add(free);
        }
        return List.copyOf(names);
    }

    /// The network as a layer within another model.
    ///
    /// @param name the model's name, for messages
    Value nested(String name, Scope scope, List<Value> values) {
        if (outputs().size() != 1 || values.size() != inputs().size()) {
            throw new ConfigException(
                    "Model \""
                            + name
                            + "\" has "
                            + inputs().size()
                            + " inputs and "
                            + outputs().size()
                            + " outputs; inside another model it needs one output and "
                            + "as many inputs as it is applied to, here "
                            + values.size()
                            + ".");
        }
        for (int i = 0; i < values.size(); i++) {
            Check.shape(
                    values.get(i).shape().equals(inputShapes().get(i)),
                    "Model \"%s\" is applied to %s, but its input \"%s\" has the shape %s.",
                    name,
                    values.get(i).shape(),
                    inputNames().get(i),
                    inputShapes().get(i));
        }
        return scope instanceof ModelScope own
                ? build(own, values).getFirst()
                : scope.graph().input("output of " + name, outputShapes().getFirst());
    }
}
