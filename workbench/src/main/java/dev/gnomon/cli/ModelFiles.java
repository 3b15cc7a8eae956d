package dev.gnomon.cli;

import dev.gnomon.check.FormatException;
import dev.gnomon.model.Model;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/// Reads and writes model files.
final class ModelFiles {
    /// A model with what its file says of its making.
    ///
    /// @param provenance data, settings, seed …; empty where the file does not say
    record Saved(Model model, ObjectNode provenance) {}

    private ModelFiles() {}

    static void save(Model model, Path file, ObjectNode provenance) {
        throw new FormatException(file + ": model files cannot be written yet.");
    }

    static Saved load(Path file) {
        throw new FormatException(file + ": model files cannot be read yet.");
    }
}
