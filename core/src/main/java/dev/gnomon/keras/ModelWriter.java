package dev.gnomon.keras;

import dev.gnomon.file.Json;
import dev.gnomon.layer.Add;
import dev.gnomon.layer.Concatenate;
import dev.gnomon.layer.NamedLayer;
import dev.gnomon.layer.SymbolicTensor;
import dev.gnomon.model.Model;
import dev.gnomon.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes Keras's configuration of a model.
final class ModelWriter {
    private static final String POLICY =
            "{\"module\": \"keras\", \"class_name\": \"DTypePolicy\","
                    + " \"config\": {\"name\": \"float32\"}, \"registered_name\": null}";

    private final Model model;
    private final KerasNames names;
    private final ObjectNode origin;

    private ModelWriter(Model model, KerasNames names) {
        this.model = model;
        this.names = names;
        String text = model.origin();
        this.origin = text == null ? Json.object() : Json.parseObject(text, "origin");
    }

    /// The object of a model under a name.
    static ObjectNode write(Model model, String name, KerasNames names) {
        return new ModelWriter(model, names).write(name);
    }

    private ObjectNode write(String name) {
        boolean chain = Wiring.isChain(model);
        boolean same = origin.path("class_name").asString("").equals("Sequential") == chain;
        ObjectNode node = same ? origin.deepCopy() : Json.object();
        ObjectNode config =
                node.path("config") instanceof ObjectNode before ? before : Json.object();
        config.put("name", name);
        if (!config.has("trainable")) {
            config.put("trainable", true);
        }
        if (chain) {
            config.set("layers", chain());
            config.set("build_input_shape", shape(model.inputShapes().getFirst()));
        } else {
            config.set("layers", layers());
            ends(config, "input_layers", model.inputs());
            ends(config, "output_layers", model.outputs());
        }
        if (!node.has("module")) {
            node.put("module", chain ? "keras" : "keras.src.models.functional");
            node.put("class_name", chain ? "Sequential" : "Functional");
            node.set("config", config);
            node.set(
                    "registered_name",
                    chain ? Json.parse("null", "") : Json.parse("\"Functional\"", ""));
            node.set(
                    "build_config",
                    Json.object()
                            .set(
                                    "input_shape",
                                    chain ? shape(model.inputShapes().getFirst()) : null));
        }
        return node;
    }

    // ---- layers

    private ArrayNode chain() {
        ArrayNode layers = Json.array();
        layers.add(input(model.inputNames().getFirst(), model.inputShapes().getFirst()));
        for (Model.NamedEntry entry : model.layers()) {
            layers.add(layer(entry));
        }
        return layers;
    }

    private ArrayNode layers() {
        ArrayNode layers = Json.array();
        for (Wiring.Item item : Wiring.items(model)) {
            SymbolicTensor input = item.input();
            Model.NamedEntry entry = item.entry();
            if (input != null) {
                ObjectNode node = input(item.name(), input.shape());
                node.put("name", item.name()).set("inbound_nodes", Json.array());
                layers.add(node);
            } else if (entry != null) {
                ObjectNode node = layer(entry);
                node.put("name", item.name()).set("inbound_nodes", calls(entry));
                layers.add(node);
            }
        }
        return layers;
    }

    private ObjectNode input(String name, Shape shape) {
        for (JsonNode known : origin.path("config").path("layers")) {
            if (ModelReader.name(known).equals(name)
                    && sample(known.path("config").path("batch_shape"))
                            .equals(sample(shape(shape)))) {
                return (ObjectNode) known.deepCopy();
            }
        }
        ObjectNode config = Json.object();
        config.set("batch_shape", shape(shape));
        config.put("dtype", "float32").put("sparse", false).put("ragged", false).put("name", name);
        ObjectNode node = Json.object();
        node.put("module", "keras.layers").put("class_name", "InputLayer").set("config", config);
        return node.putNull("registered_name");
    }

    private static List<JsonNode> sample(JsonNode shape) {
        List<JsonNode> sizes = new ArrayList<>();
        shape.forEach(sizes::add);
        return sizes.isEmpty() ? sizes : sizes.subList(1, sizes.size());
    }

    private ObjectNode layer(Model.NamedEntry entry) {
        String text = entry.handle().origin();
        ObjectNode before = text == null ? null : Json.parseObject(text, "origin");
        if (entry.layer() instanceof Model inner) {
            ObjectNode node = write(inner, entry.name(), names);
            trainable((ObjectNode) node.path("config"), entry.handle());
            return node;
        }
        KerasClass known = names.find(entry.layer());
        if (before != null && !known.equals(names.find(dev.gnomon.layer.Layer.class, before))) {
            before = null;
        }
        ObjectNode config = Json.object();
        config.put("name", entry.name()).put("trainable", entry.handle().isTrainable());
        if (before == null) {
            config.set("dtype", Json.parse(POLICY, "policy"));
        }
        JsonNode old = before == null ? null : before.path("config");
        ObjectNode settings =
                known.write(entry.layer(), old instanceof ObjectNode fields ? fields : null, names);
        if (before != null) {
            settings.setAll(config);
            before.set("config", settings);
            return before;
        }
        config.setAll(settings);
        ObjectNode node = KerasNames.wrap(known, config);
        SymbolicTensor use = entry.uses().getFirst();
        if (use.inputs().size() == 1) {
            node.set(
                    "build_config",
                    Json.object().set("input_shape", shape(use.inputs().getFirst().shape())));
        }
        return node;
    }

    /// As Keras does, a frozen model is written with all its layers frozen: for a Sequential, Keras reads nothing else.
    private static void trainable(ObjectNode config, NamedLayer handle) {
        config.put("trainable", handle.isTrainable());
        if (!handle.isTrainable()) {
            freeze(config);
        }
    }

    private static void freeze(ObjectNode config) {
        if (config.has("trainable")) {
            config.put("trainable", false);
        }
        for (JsonNode layer : config.path("layers")) {
            if (layer.path("config") instanceof ObjectNode inner) {
                freeze(inner);
            }
        }
    }

    // ---- calls

    private ArrayNode calls(Model.NamedEntry entry) {
        ArrayNode calls = Json.array();
        for (SymbolicTensor use : entry.uses()) {
            ArrayNode tensors = Json.array();
            use.inputs().forEach(input -> tensors.add(tensor(input)));
            boolean list =
                    tensors.size() != 1
                            || entry.layer() instanceof Add
                            || entry.layer() instanceof Concatenate;
            ObjectNode call = Json.object();
            call.set("args", Json.array().add(list ? tensors : tensors.get(0)));
            call.set("kwargs", Json.object());
            calls.add(call);
        }
        String text = entry.handle().origin();
        ArrayNode before = Json.array();
        if (text != null
                && Json.parseObject(text, "origin").path("inbound_nodes")
                        instanceof ArrayNode found) {
            before = found;
        }
        return references(before).equals(references(calls)) ? before : calls;
    }

    private static List<JsonNode> references(ArrayNode calls) {
        List<JsonNode> found = new ArrayList<>();
        calls.forEach(call -> References.collect(call, found, Spot.silent(KerasNames.BUILT_IN)));
        return found;
    }

    private ObjectNode tensor(SymbolicTensor tensor) {
        ObjectNode config = Json.object();
        config.set("shape", shape(tensor.shape()));
        config.put("dtype", "float32").set("keras_history", reference(tensor, 0));
        ObjectNode node = Json.object();
        node.put("class_name", "__keras_tensor__").set("config", config);
        return node;
    }

    private ArrayNode reference(SymbolicTensor tensor, int offset) {
        return Json.array().add(model.nameOf(tensor)).add(call(tensor) + offset).add(0);
    }

    private int call(SymbolicTensor tensor) {
        for (Model.NamedEntry entry : model.layers()) {
            if (entry.uses().contains(tensor)) {
                return entry.uses().indexOf(tensor);
            }
        }
        return 0;
    }

    private void ends(ObjectNode config, String field, List<SymbolicTensor> tensors) {
        List<JsonNode> references = new ArrayList<>();
        for (SymbolicTensor tensor : tensors) {
            NamedLayer source = tensor.source();
            boolean counted =
                    source != null
                            && source.layer() instanceof Model inner
                            && !Wiring.isChain(inner);
            references.add(reference(tensor, counted ? 1 : 0));
        }
        if (!References.ends(config.path(field)).equals(references)) {
            config.set(
                    field,
                    references.size() == 1
                            ? references.getFirst()
                            : Json.array().addAll(references));
        }
    }

    static ArrayNode shape(Shape shape) {
        ArrayNode sizes = Json.array();
        for (int size : shape.dims()) {
            if (size == Shape.BATCH) {
                sizes.addNull();
            } else {
                sizes.add(size);
            }
        }
        return sizes;
    }
}
