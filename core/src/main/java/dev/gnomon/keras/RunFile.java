package dev.gnomon.keras;

import dev.gnomon.check.FormatException;
import dev.gnomon.file.H5Array;
import dev.gnomon.file.H5Builder;
import dev.gnomon.file.H5Group;
import dev.gnomon.file.H5Reader;
import dev.gnomon.file.H5Writer;
import dev.gnomon.file.Json;
import dev.gnomon.tensor.Tensor;
import dev.gnomon.train.CallbackState;
import dev.gnomon.train.History;
import dev.gnomon.train.Logs;
import dev.gnomon.train.RunState;
import dev.gnomon.train.TrainingState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The state of a run in members of a `.keras` file that Keras does not look at: `training.json`, and `callbacks.h5` for
/// the tensors that callbacks remember.
///
/// @param file the name of the file, for messages
record RunFile(String file) {
    static final String TRAINING = "training.json";
    static final String CALLBACKS = "callbacks.h5";

    // ---- writing

    static Map<String, byte[]> members(TrainingState state) {
        Map<String, byte[]> members = new LinkedHashMap<>();
        ObjectNode json =
                Json.object()
                        .put("seed", state.seed())
                        .put("epoch", state.epoch())
                        .put("batch", state.batch());
        RunState run = state.run();
        if (run != null) {
            run(json, run);
            if (run.hasTensors()) {
                members.put(CALLBACKS, tensors(run.callbacks()));
            }
        }
        members.put(TRAINING, Json.write(json).getBytes(StandardCharsets.UTF_8));
        return members;
    }

    private static void run(ObjectNode json, RunState run) {
        json.put("first_epoch", run.history().firstEpoch())
                .put("first_pass", run.firstPass())
                .put("settings", run.settings())
                .put("stopped", run.stopped());
        if (run.backup()) {
            json.put("backup", true);
        }
        ArrayNode epochs = json.putArray("history");
        run.history().epochs().forEach(logs -> numbers(epochs.addObject(), logs.values()));
        ArrayNode sums = json.putArray("sums");
        run.sums().forEach(sum -> sums.add(number(sum)));
        ObjectNode callbacks = json.putObject("callbacks");
        run.callbacks()
                .forEach((name, callback) -> {
                    ObjectNode node = callbacks.putObject(name);
                    numbers(node.putObject("numbers"), callback.numbers());
                    ObjectNode texts = node.putObject("texts");
                    callback.texts().forEach(texts::put);
                });
    }

    private static void numbers(ObjectNode node, Map<String, Double> values) {
        values.forEach((name, value) -> node.set(name, number(value)));
    }

    /// JSON has no NaN and no infinity; those are texts.
    private static JsonNode number(double value) {
        ArrayNode one = Json.array();
        if (Double.isFinite(value)) {
            one.add(value);
        } else {
            one.add(Double.toString(value));
        }
        return one.get(0);
    }

    private static byte[] tensors(Map<String, CallbackState> callbacks) {
        var tree = new H5Builder();
        callbacks.forEach((callback, state) ->
                state.tensors()
                        .forEach((name, tensors) ->
                                tensors.forEach((path, tensor) ->
                                        tree.put(
                                                callback + "/" + name + "/" + path,
                                                H5Array.of(tensor)))));
        return H5Writer.toBytes(tree.build());
    }

    // ---- reading

    /// The state with what the members say of the run; the same where there are none.
    TrainingState read(TrainingState state, Map<String, byte[]> members) {
        ObjectNode json = training(members);
        if (json == null) {
            return state;
        }
        return new TrainingState(
                state.tensors(),
                state.iteration(),
                json.path("seed").asLong(0),
                Math.max(0, json.path("epoch").asInt(0)),
                Math.max(0, json.path("batch").asInt(0)),
                json.has("history") ? run(json, members.get(CALLBACKS)) : null);
    }

    /// Whether the members were written for a run to go on from.
    boolean isBackup(Map<String, byte[]> members) {
        ObjectNode json = training(members);
        return json != null && json.path("backup").asBoolean(false);
    }

    private @Nullable ObjectNode training(Map<String, byte[]> members) {
        byte[] bytes = members.get(TRAINING);
        return bytes == null
                ? null
                : Json.parseObject(
                        new String(bytes, StandardCharsets.UTF_8), file + "!" + TRAINING);
    }

    private RunState run(ObjectNode json, byte @Nullable [] tensors) {
        List<Logs> epochs = new ArrayList<>();
        json.path("history").forEach(node -> epochs.add(Logs.of(numbers(node))));
        List<Double> sums = new ArrayList<>();
        json.path("sums").forEach(node -> sums.add(number(node)));
        Map<String, CallbackState> callbacks = new LinkedHashMap<>();
        json.path("callbacks")
                .properties()
                .forEach(entry -> callbacks.put(entry.getKey(), callback(entry.getValue())));
        if (tensors != null) {
            tensors(H5Reader.read(tensors, file + "!" + CALLBACKS), callbacks);
        }
        JsonNode stopped = json.path("stopped");
        String reason = stopped.isString() ? stopped.stringValue() : null;
        return new RunState(
                new History(Math.max(0, json.path("first_epoch").asInt(0)), epochs, reason),
                Math.max(0, json.path("first_pass").asLong(0)),
                sums,
                callbacks,
                reason,
                json.path("settings").asString(""),
                json.path("backup").asBoolean(false));
    }

    private CallbackState callback(JsonNode node) {
        var callback = new CallbackState();
        numbers(node.path("numbers")).forEach(callback::put);
        node.path("texts")
                .properties()
                .forEach(entry -> callback.put(entry.getKey(), entry.getValue().asString()));
        return callback;
    }

    private Map<String, Double> numbers(JsonNode node) {
        Map<String, Double> values = new TreeMap<>();
        node.properties().forEach(entry -> values.put(entry.getKey(), number(entry.getValue())));
        return values;
    }

    private double number(JsonNode node) {
        try {
            return node.isNumber() ? node.doubleValue() : Double.parseDouble(node.asString());
        } catch (NumberFormatException e) {
            throw new FormatException(
                    file
                            + "!"
                            + TRAINING
                            + ": there should be a number, but there is "
                            + node
                            + ".",
                    e);
        }
    }

    private static void tensors(H5Group root, Map<String, CallbackState> callbacks) {
        root.groups()
                .forEach((callback, remembered) -> {
                    CallbackState state = callbacks.get(callback);
                    if (state != null) {
                        remembered
                                .groups()
                                .forEach((name, group) -> state.put(name, tensors(group)));
                    }
                });
    }

    private static Map<String, Tensor> tensors(H5Group group) {
        Map<String, Tensor> found = new LinkedHashMap<>();
        group.allDatasets()
                .forEach((path, dataset) -> {
                    if (dataset.value() instanceof H5Array array) {
                        found.put(path, tensor(array));
                    }
                });
        return found;
    }

    private static Tensor tensor(H5Array array) {
        return new Tensor(array.shape(), array.floats());
    }
}
