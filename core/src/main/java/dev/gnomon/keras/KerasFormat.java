package dev.gnomon.keras;

import dev.gnomon.check.FormatException;
import dev.gnomon.check.GnomonException;
import dev.gnomon.file.H5Array;
import dev.gnomon.file.H5Builder;
import dev.gnomon.file.H5Group;
import dev.gnomon.file.H5Reader;
import dev.gnomon.file.H5Writer;
import dev.gnomon.file.Json;
import dev.gnomon.file.KerasArchive;
import dev.gnomon.model.Compiled;
import dev.gnomon.model.Model;
import dev.gnomon.model.ModelFormat;
import dev.gnomon.train.TrainingState;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
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
    public void save(Model model, TrainingState state, Path path) {
        save(model, state, path, KerasNames.known());
    }

    @Override
    public void restore(Model model, Path path) {
        KerasArchive archive = KerasArchive.read(path);
        var run = new RunFile(path.toString());
        if (!run.isBackup(archive.extras())) {
            throw new FormatException(path + ": this is a saved model, not the backup of a run.");
        }
        new WeightsFile(model, KerasNames.known(), path + "!" + KerasArchive.WEIGHTS)
                .read(archive.weights());
        model.putState(run.read(model.state(), archive.extras()));
    }

    @Override
    public Model load(Path path) {
        return load(path, KerasNames.known());
    }

    @Override
    public void saveWeights(Model model, Path path) {
        try (var memory = Arena.ofConfined()) {
            H5Writer.write(weights(model, KerasNames.known(), memory), path);
        }
    }

    @Override
    public void loadWeights(Model model, Path path) {
        new WeightsFile(model, KerasNames.known(), path.toString()).read(H5Reader.read(path));
    }

    /// Writes a `.keras` file; own settings go by their names.
    public static void save(Model model, Path path, KerasNames names) {
        save(model, model.stateWithoutTensors(), path, names);
    }

    private static void save(Model model, TrainingState state, Path path, KerasNames names) {
        ObjectNode config = ModelWriter.write(model, model.name(), names);
        Policies.set(config.path("config"), model.precision());
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
            extras.put(PROVENANCE, bytes(texts));
        }
        if (compiled != null) {
            extras.putAll(RunFile.members(state));
        }
        try (var memory = Arena.ofConfined()) {
            var weights = weights(model, names, memory);
            new KerasArchive(metadata, config, weights, extras).write(path);
        }
    }

    /// Reads a `.keras` file; everything in it that is not understood is told in one [FormatException].
    public static Model load(Path path, KerasNames names) {
        try {
            return read(path, names);
        } catch (FormatException e) {
            throw e;
        } catch (
                GnomonException e) { // a part that is understood, but refused by what is made of it
            throw new FormatException(path + ": " + e.getMessage(), e);
        }
    }

    private static Model read(Path path, KerasNames names) {
        KerasArchive archive = KerasArchive.read(path);
        var faults = new Faults();
        Spot spot = Spot.root(faults, names, elements(archive.weights()));
        Model model = ModelReader.read(archive.config(), spot);
        Compiled compiled = CompileReader.read(archive.config(), spot);
        faults.throwFor(path.toString());
        if (model == null) {
            throw new AssertionError("no model and no fault");
        }
        model.withPrecision(Policies.of(archive.config().path("config")));
        if (compiled != null) {
            model.compile(compiled.optimizer(), compiled.losses(), compiled.metrics());
        }
        new WeightsFile(model, names, path + "!" + KerasArchive.WEIGHTS).read(archive.weights());
        ObjectNode provenance = extra(archive, PROVENANCE, path);
        if (provenance != null) {
            Map<String, String> texts = new LinkedHashMap<>();
            provenance
                    .properties()
                    .forEach(entry -> {
                        JsonNode value = entry.getValue();
                        texts.put(
                                entry.getKey(),
                                value.isString() ? value.stringValue() : value.toString());
                    });
            model.withProvenance(texts);
        }
        if (compiled != null) {
            model.putState(new RunFile(path.toString()).read(model.state(), archive.extras()));
        }
        return model;
    }

    private static @Nullable ObjectNode extra(KerasArchive archive, String member, Path path) {
        byte[] bytes = archive.extras().get(member);
        return bytes == null
                ? null
                : Json.parseObject(new String(bytes, StandardCharsets.UTF_8), path + "!" + member);
    }

    private static byte[] bytes(ObjectNode node) {
        return Json.write(node).getBytes(StandardCharsets.UTF_8);
    }

    private static long elements(H5Group weights) {
        return weights.allDatasets().values().stream()
                .mapToLong(each -> each.value() instanceof H5Array array ? array.size() : 0)
                .sum();
    }

    private static H5Group weights(Model model, KerasNames names, Arena memory) {
        var tree = new H5Builder();
        new WeightsFile(model, names, "").write(tree, memory);
        return tree.build();
    }
}
