package dev.gnomon.cli;

import dev.gnomon.check.ConfigException;
import dev.gnomon.file.Json;
import dev.gnomon.model.Model;
import dev.gnomon.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads and writes model files.
final class ModelFiles {
    private static final String CLASS_NAMES = "class_names";

    /// A model with what its file says of its making.
    ///
    /// @param provenance data, settings, seed …; empty where the file does not say
    record Saved(Model model, ObjectNode provenance) {}

    private ModelFiles() {}

    /// Says how a model comes about, in each file that is written of it.
    static void put(ObjectNode provenance, Model model) {
        var texts = new LinkedHashMap<String, String>();
        provenance.properties().forEach(entry -> texts.put(entry.getKey(), text(entry.getValue())));
        model.withProvenance(texts);
    }

    /// A value of a provenance as the text that files hold.
    static String text(JsonNode value) {
        return value.isString() ? value.stringValue() : Json.write(value);
    }

    /// Gives a model the weights of a file whose model has the same layers.
    static void takeWeights(Path file, Model model) {
        if (!Files.isRegularFile(file)) {
            throw new ConfigException("--weights: there is no file " + file + ".");
        }
        try (var other = Model.load(file)) {
            var given = other.weights();
            var own = model.weights();
            var paths = new LinkedHashSet<>(own.keySet());
            paths.addAll(given.keySet());
            for (String path : paths) {
                String here = shape(own.get(path));
                String there = shape(given.get(path));
                if (!here.equals(there)) {
                    throw new ConfigException(
                            "--weights: \"%s\" is %s in %s, but %s in %s. Both must have the same layers."
                                    .formatted(path, here, model.name(), there, file));
                }
            }
            given.forEach(model::setWeight);
        }
    }

    private static String shape(@Nullable Tensor weight) {
        return weight == null ? "missing" : weight.shape().toString();
    }

    static Saved load(Path file) {
        var model = Model.load(file);
        ObjectNode provenance = Json.object();
        model.provenance()
                .forEach((key, text) -> {
                    if (key.equals(CLASS_NAMES)) {
                        provenance.set(key, Json.parse(text, file + "!" + key));
                    } else {
                        provenance.put(key, text);
                    }
                });
        return new Saved(model, provenance);
    }
}
