package dev.gnomon.keras;

import dev.gnomon.check.GnomonException;
import dev.gnomon.file.Json;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.Layer;
import dev.gnomon.layer.NamedLayer;
import dev.gnomon.layer.Piece;
import dev.gnomon.layer.SymbolicTensor;
import dev.gnomon.model.Functional;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes a model of Keras's configuration. What is not understood is told to the spot's faults, and the result is null.
final class ModelReader {
    private static final List<String> LAYER_FIELDS =
            List.of("name", "trainable", "dtype", "batch_shape", "batch_input_shape");
    private static final List<String> FLOATS =
            List.of("float32", "float16", "bfloat16", "float64", "mixed_float16", "mixed_bfloat16");

    private ModelReader() {}

    static boolean isModel(ObjectNode node) {
        return node.path("config").path("layers").isArray();
    }

    /// The model of an object of class `Sequential` or `Functional`.
    static @Nullable Model read(ObjectNode node, Spot spot) {
        String className = node.path("class_name").asString("");
        Spot at = spot.of(className);
        boolean chain = className.equals("Sequential");
        boolean wired = node.path("config").path("output_layers").isContainer();
        if (!isModel(node) || !(chain || wired)) {
            at.fault(
                    "models of this class are not known; Sequential and functional ones are"
                            + (node.path("registered_name").asString("").contains(">")
                                    ? ", and this is an own one."
                                    : "."));
            return null;
        }
        try {
            Model model =
                    chain
                            ? new Chain(node, at).read()
                            : new Wired((ObjectNode) node.path("config"), at).read();
            if (model != null) {
                model.origin(Json.write(withoutLayers(node)));
            }
            return model;
        } catch (GnomonException e) {
            at.fault(String.valueOf(e.getMessage()));
            return null;
        }
    }

    /// All but the layers; inputs have no other place to keep what a file says of them.
    private static ObjectNode withoutLayers(ObjectNode node) {
        ObjectNode copy = node.deepCopy();
        ArrayNode inputs = Json.array();
        for (JsonNode layer : node.path("config").path("layers")) {
            if (layer.path("class_name").asString("").equals("InputLayer")) {
                inputs.add(layer);
            }
        }
        ((ObjectNode) copy.path("config")).set("layers", inputs);
        return copy;
    }

    // ---- parts

    static String name(JsonNode node) {
        return node.path("config").path("name").asString(node.path("name").asString(""));
    }

    private static boolean isInput(JsonNode node) {
        return node.path("class_name").asString("").equals("InputLayer");
    }

    /// A layer with its name, or null after the fault was told.
    private static @Nullable NamedLayer layer(JsonNode json, Spot spot) {
        String className = json.path("class_name").asString("");
        Spot at = spot.at(name(json)).of(className);
        if (!(json instanceof ObjectNode node)
                || !(json.path("config") instanceof ObjectNode config)) {
            at.fault("a layer with its class and configuration was expected.");
            return null;
        }
        Layer layer;
        if (isModel(node)) {
            layer = read(node, at);
        } else {
            KerasClass known = at.names().find(Layer.class, node);
            Object settings =
                    known == null
                            ? at.names().readObject(Layer.class, node, at)
                            : known.read(config, LAYER_FIELDS, at);
            dtype(config, at);
            layer = settings instanceof Layer made ? made : null;
        }
        if (layer == null) {
            return null;
        }
        NamedLayer handle = layer.named(name(json));
        if (!config.path("trainable").asBoolean(true)) {
            handle.freeze();
            if (layer instanceof Model inner) {
                unfreeze(inner);
            }
        }
        handle.origin(Json.write(layer instanceof Model ? withoutConfig(node) : node));
        return handle;
    }

    /// Layers of a frozen model are written as frozen with it; only the model is, so that it can be unfrozen.
    private static void unfreeze(Model model) {
        for (var entry : model.layers()) {
            entry.handle().unfreeze();
            if (entry.layer() instanceof Model inner) {
                unfreeze(inner);
            }
        }
    }

    private static ObjectNode withoutConfig(ObjectNode node) {
        ObjectNode copy = node.deepCopy();
        copy.remove("config");
        return copy;
    }

    /// Weights are float32 here whatever the policy is; it is kept.
    private static void dtype(ObjectNode config, Spot at) {
        JsonNode dtype = config.path("dtype");
        String name =
                dtype.isString()
                        ? dtype.stringValue()
                        : dtype.path("config").path("name").asString("float32");
        if (!dtype.isMissingNode() && !dtype.isNull() && !FLOATS.contains(name)) {
            at.at("dtype")
                    .fault(
                            "the policy "
                                    + name
                                    + " is not supported; those of floating-point numbers are.");
        }
    }

    private static @Nullable SymbolicTensor input(JsonNode node, Spot spot) {
        Spot at = spot.at(name(node)).of("InputLayer");
        JsonNode config = node.path("config");
        if (config.path("sparse").asBoolean(false) || config.path("ragged").asBoolean(false)) {
            at.fault("sparse and ragged inputs are not supported.");
            return null;
        }
        JsonNode shape = config.path("batch_shape");
        SymbolicTensor made =
                input(
                        shape.isMissingNode() ? config.path("batch_input_shape") : shape,
                        name(node),
                        at);
        return made;
    }

    private static @Nullable SymbolicTensor input(JsonNode shape, String name, Spot at) {
        if (!shape.isArray() || shape.isEmpty()) {
            at.fault("the shape of the input is not said.");
            return null;
        }
        int[] sample = new int[shape.size() - 1];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = shape.get(i + 1).asInt(-1);
            if (sample[i] < 1) {
                at.fault(
                        "the shape "
                                + shape
                                + " leaves a size open; only that of the batch can be.");
                return null;
            }
        }
        SymbolicTensor input = Input.of(sample);
        return name.isEmpty() ? input : input.named(name);
    }

    /// Applies a layer. Its weights must be in the file: so a small file cannot ask for much memory.
    ///
    /// @param first whether the layer is applied for the first time
    private static @Nullable SymbolicTensor apply(
            NamedLayer handle, List<SymbolicTensor> inputs, boolean first, Spot spot) {
        Spot at = spot.at(String.valueOf(handle.name())).of(handle.layer().kerasName());
        SymbolicTensor[] list = inputs.toArray(SymbolicTensor[]::new);
        try {
            SymbolicTensor output = handle.apply(list);
            long params = !first || handle.layer() instanceof Model ? 0 : handle.countParams(list);
            if (at.weightsLeft().addAndGet(-params) < 0) {
                at.fault(
                        "its weights have "
                                + params
                                + " numbers, which are more than the file has left for it.");
                return null;
            }
            return output.shape().elements() > Integer.MAX_VALUE ? tooLarge(at) : output;
        } catch (GnomonException e) {
            at.fault(String.valueOf(e.getMessage()));
            return null;
        } catch (ArithmeticException _) {
            return tooLarge(at);
        }
    }

    private static @Nullable SymbolicTensor tooLarge(Spot at) {
        at.fault("its output has more than " + Integer.MAX_VALUE + " numbers for a sample.");
        return null;
    }

    // ---- Sequential

    /// A chain of layers.
    private record Chain(ObjectNode node, Spot at) {
        @Nullable Model read() {
            JsonNode layers = node.path("config").path("layers");
            boolean said = isInput(layers.path(0));
            SymbolicTensor input =
                    said
                            ? ModelReader.input(layers.path(0), at)
                            : ModelReader.input(shape(layers.path(0)), "", at);
            List<NamedLayer> chain = new ArrayList<>();
            for (JsonNode each : layers) {
                NamedLayer handle = said && each.equals(layers.path(0)) ? null : layer(each, at);
                if (handle != null) {
                    chain.add(handle);
                }
            }
            SymbolicTensor x = input;
            for (NamedLayer handle : at.faults().isEmpty() ? chain : List.<NamedLayer>of()) {
                x = x == null ? null : apply(handle, List.of(x), true, at);
            }
            if (!at.faults().isEmpty() || input == null) {
                return null;
            }
            List<Piece> pieces = new ArrayList<>(chain);
            pieces.addFirst(input);
            return Sequential.named(name(node), pieces);
        }

        private JsonNode shape(JsonNode first) {
            for (JsonNode place :
                    List.of(
                            node.path("config").path("build_input_shape"),
                            node.path("build_config").path("input_shape"),
                            first.path("config").path("batch_shape"),
                            first.path("config").path("batch_input_shape"),
                            first.path("build_config").path("input_shape"))) {
                if (place.isArray()) {
                    return place;
                }
            }
            return node.path("no shape");
        }
    }

    // ---- Functional

    /// A call of a layer that waits for its inputs.
    private record Call(String layer, NamedLayer handle, List<JsonNode> inputs) {}

    /// Layers that call each other.
    private static final class Wired {
        private final ObjectNode config;
        private final Spot at;
        private final Map<String, List<SymbolicTensor>> outputs = new HashMap<>();
        private final Map<String, NamedLayer> layers = new LinkedHashMap<>();

        Wired(ObjectNode config, Spot at) {
            this.config = config;
            this.at = at;
        }

        @Nullable Model read() {
            List<Call> calls = new ArrayList<>();
            for (JsonNode node : config.path("layers")) {
                if (isInput(node)) {
                    SymbolicTensor input = ModelReader.input(node, at);
                    if (input != null) {
                        outputs.put(name(node), List.of(input));
                    }
                } else {
                    calls(node, calls);
                }
            }
            if (!at.faults().isEmpty()) {
                return null;
            }
            connect(calls);
            List<SymbolicTensor> inputs = ends("input_layers");
            List<SymbolicTensor> ends = ends("output_layers");
            return at.faults().isEmpty()
                    ? Functional.named(config.path("name").asString("functional"), inputs, ends)
                    : null;
        }

        private void calls(JsonNode node, List<Call> calls) {
            NamedLayer handle = layer(node, at);
            if (handle == null) {
                return;
            }
            layers.put(name(node), handle);
            for (JsonNode inbound : node.path("inbound_nodes")) {
                List<JsonNode> found = new ArrayList<>();
                if (References.collect(
                        inbound,
                        found,
                        at.at(name(node)).of(node.path("class_name").asString("")))) {
                    calls.add(new Call(name(node), handle, found));
                }
            }
        }

        private void connect(List<Call> calls) {
            List<Call> waiting = new ArrayList<>(calls);
            while (!waiting.isEmpty()) {
                List<Call> still = new ArrayList<>();
                TreeSet<String> blocked = new TreeSet<>();
                for (Call call : waiting) {
                    List<SymbolicTensor> inputs =
                            blocked.contains(call.layer) ? null : inputs(call);
                    if (inputs == null) {
                        blocked.add(call.layer); // calls of one layer stay in their order
                        still.add(call);
                    } else {
                        List<SymbolicTensor> made =
                                outputs.computeIfAbsent(call.layer, _ -> new ArrayList<>());
                        SymbolicTensor output =
                                ModelReader.apply(call.handle, inputs, made.isEmpty(), at);
                        if (output == null) {
                            return;
                        }
                        made.add(output);
                    }
                }
                if (still.size() == waiting.size()) {
                    at.fault(
                            "the layers "
                                    + blocked
                                    + " call each other in a circle, or a layer that is not there.");
                    return;
                }
                waiting = still;
            }
        }

        private @Nullable List<SymbolicTensor> inputs(Call call) {
            List<SymbolicTensor> inputs = new ArrayList<>();
            for (JsonNode history : call.inputs) {
                SymbolicTensor tensor = tensor(history, 0);
                if (tensor == null) {
                    return null;
                }
                inputs.add(tensor);
            }
            return inputs;
        }

        private @Nullable SymbolicTensor tensor(JsonNode reference, int offset) {
            List<SymbolicTensor> made =
                    outputs.getOrDefault(reference.path(0).asString(""), List.of());
            int index = reference.path(1).asInt(-1) - offset;
            return index >= 0 && index < made.size() ? made.get(index) : null;
        }

        /// The model's inputs or outputs. Here, and only here, Keras counts the calls of functional models from 1.
        private List<SymbolicTensor> ends(String field) {
            List<SymbolicTensor> tensors = new ArrayList<>();
            for (JsonNode reference : References.ends(config.path(field))) {
                NamedLayer handle = layers.get(reference.path(0).asString(""));
                boolean counted =
                        handle != null
                                && handle.layer() instanceof Model inner
                                && inner.kind() == Model.Kind.FUNCTIONAL;
                SymbolicTensor tensor = tensor(reference, counted ? 1 : 0);
                if (tensor == null) {
                    at.at(field).fault("there is no output " + reference + ".");
                } else {
                    tensors.add(tensor);
                }
            }
            return tensors;
        }
    }
}
