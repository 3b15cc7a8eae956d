package dev.gnomon.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// How configurations point at outputs of layers: `[layer, which call, which output]`.
final class References {
    private References() {}

    /// The references of one call in order; false after a fault was told.
    static boolean collect(JsonNode inbound, List<JsonNode> found, Spot at) {
        if (!inbound.isObject()) {
            at.fault("a call in the form of Keras 2 is not read.");
            return false;
        }
        boolean fine = true;
        for (var argument : inbound.path("kwargs").properties()) {
            JsonNode value = argument.getValue();
            boolean off = value.isNull() || (value.isBoolean() && !value.booleanValue());
            if (!off) {
                at.fault(
                        "it is called with "
                                + argument.getKey()
                                + " = "
                                + value
                                + ", which is not supported.");
                fine = false;
            }
        }
        JsonNode arguments = inbound.path("args");
        if (!arguments.isArray() || arguments.size() != 1) {
            at.fault(
                    "it is called with "
                            + arguments.size()
                            + " arguments; one input or one list of inputs is supported.");
            return false;
        }
        return tensors(arguments.get(0), found, at) && fine;
    }

    private static boolean tensors(JsonNode node, List<JsonNode> found, Spot at) {
        if (node.isArray()) {
            boolean fine = true;
            for (JsonNode each : node) {
                fine &= tensors(each, found, at);
            }
            return fine;
        }
        JsonNode history = node.path("config").path("keras_history");
        if (history.size() != 3 || history.path(2).asInt(-1) != 0) {
            at.fault(
                    "it is called with "
                            + shortened(node)
                            + "; only outputs of layers with one output are supported.");
            return false;
        }
        found.add(history);
        return true;
    }

    private static String shortened(JsonNode node) {
        String text = node.toString();
        return text.length() > 120 ? text.substring(0, 120) + "…" : text;
    }

    /// The references of a model's inputs or outputs: one, a list, or an object, whose order is that of its sorted names.
    static List<JsonNode> ends(JsonNode node) {
        if (node.isArray() && node.size() == 3 && node.get(0).isString()) {
            return List.of(node);
        }
        List<JsonNode> all = new ArrayList<>();
        if (node.isObject()) {
            var sorted = new TreeMap<String, JsonNode>();
            node.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
            sorted.values().forEach(each -> all.addAll(ends(each)));
        } else {
            node.forEach(each -> all.addAll(ends(each)));
        }
        return all;
    }

    /// The names of a model's outputs in its file, where it gives them names of its own.
    static List<String> endNames(JsonNode node) {
        var sorted = new TreeMap<String, JsonNode>();
        if (node.isObject()) {
            node.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        }
        return List.copyOf(sorted.keySet());
    }
}
