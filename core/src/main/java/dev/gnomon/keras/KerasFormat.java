package dev.gnomon.keras;

import dev.gnomon.file.H5Builder;
import dev.gnomon.file.H5Group;
import dev.gnomon.file.H5Reader;
import dev.gnomon.file.H5Writer;
import dev.gnomon.file.Json;
import dev.gnomon.file.KerasArchive;
import dev.gnomon.model.Compiled;
import dev.gnomon.model.Model;
import dev.gnomon.model.ModelFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// Keras's files: `.keras` and `.weights.h5`. Real Keras reads what is written here and the other way round, and training
/// goes on where it stopped.
///
/// What a file says beyond our settings (`trainable`, dtype policies, seeds, names) is kept in the model and written back.
public final class KerasFormat implements ModelFormat {
    /// The version of Keras whose files these are.
    static final String KERAS_VERSION = "3.16.0";

    static final String PROVENANCE = "provenance.json";

    /// For the [java.util.ServiceLoader]; others call the static methods.
    public KerasFormat() {}

    @Override
    public List<String> extensions() {
        return List.of(".keras");
    }

    @Override
    public List<String> weightExtensions() {
        return List.of(".weights.h5");
    }

    @Override
    public void save(Model model, Path path) {
        save(model, path, KerasNames.known());
    }

    @Override
    public Model load(Path path) {
        return load(path, KerasNames.known());
    }

    @Override
    public void saveWeights(Model model, Path path) {
        H5Writer.write(weights(model, KerasNames.known()), path);
    }

    @Override
    public void loadWeights(Model model, Path path) {
        new WeightsFile(model, KerasNames.known(), path.toString()).read(H5Reader.read(path));
    }

    /// Writes a `.keras` file; own settings go by their names.
    public static void save(Model model, Path path, KerasNames names) {
        ObjectNode config = ModelWriter.write(model, model.name(), names);
        Compiled compiled = model.compiled();
        config.remove("compile_config");
        if (compiled != null) {
            config.set("compile_config", CompileWriter.write(model, compiled, names));
        }
        ObjectNode metadata = Json.object();
        metadata.put("keras_version", KERAS_VERSION)
                .put("gnomon_version", dev.gnomon.Gnomon.version());
        Map<String, byte[]> extras = new LinkedHashMap<>();
        if (!model.provenance().isEmpty()) {
            ObjectNode texts = Json.object();
            model.provenance().forEach(texts::put);
            extras.put(PROVENANCE, Json.write(texts).getBytes(StandardCharsets.UTF_8));
        }
        new KerasArchive(metadata, config, weights(model, names), extras).write(path);
    }

    /// Reads a `.keras` file; everything in it that is not understood is told in one [FormatException].
    public static Model load(Path path, KerasNames names) {
        KerasArchive archive = KerasArchive.read(path);
        var faults = new Faults();
        Spot spot = new Spot("", "", faults, names);
        Model model = ModelReader.read(archive.config(), spot);
        Compiled compiled = CompileReader.read(archive.config(), spot);
        faults.throwFor(path.toString());
        if (model == null) {
            throw new AssertionError("no model and no fault");
        }
        if (compiled != null) {
            model.compile(compiled.optimizer(), compiled.losses(), compiled.metrics());
        }
        new WeightsFile(model, names, path + "!" + KerasArchive.WEIGHTS).read(archive.weights());
        byte[] provenance = archive.extras().get(PROVENANCE);
        if (provenance != null) {
            Map<String, String> texts = new LinkedHashMap<>();
            Json.parseObject(
                            new String(provenance, StandardCharsets.UTF_8), path + "!" + PROVENANCE)
                    .properties()
                    .forEach(entry ->
                            texts.put(
                                    entry.getKey(),
                                    entry.getValue().isString()
                                            ? entry.getValue().stringValue()
                                            : entry.getValue().toString()));
            model.withProvenance(texts);
        }
        return model;
    }

    private static H5Group weights(Model model, KerasNames names) {
        var tree = new H5Builder();
        new WeightsFile(model, names, "").write(tree);
        return tree.build();
    }
}
