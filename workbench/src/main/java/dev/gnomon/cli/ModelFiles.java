package dev.gnomon.cli;

import dev.gnomon.file.Json;
import dev.gnomon.model.Model;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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

    static void save(Model model, Path file, ObjectNode provenance) {
        var texts = new LinkedHashMap<String, String>();
        provenance
                .properties()
                .forEach(entry -> {
                    JsonNode value = entry.getValue();
                    texts.put(
                            entry.getKey(),
                            value.isString() ? value.stringValue() : Json.write(value));
                });
        model.withProvenance(texts).save(file);
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
