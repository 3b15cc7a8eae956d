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
