package dev.gnomon.cli;

import dev.gnomon.check.ConfigException;
import dev.gnomon.check.DataException;
import dev.gnomon.data.ClockDataset;
import dev.gnomon.data.Column;
import dev.gnomon.data.DataFolder;
import dev.gnomon.data.Dataset;
import dev.gnomon.data.Idx;
import dev.gnomon.data.KnownDataSet;
import dev.gnomon.data.Npz;
import dev.gnomon.data.clock.ClockSpec;
import dev.gnomon.data.clock.Views;
import dev.gnomon.file.Json;
import dev.gnomon.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Finds the data of a name or a path.
final class DataOptions {
    private static final String CLOCKS = "clocks";
    private static final String IDX_IMAGES = "images-idx";
    private static final List<String> COMING = List.of("cifar-10", "cifar-100");

    @Option(
            names = "--data",
            paramLabel = "DATA",
            description =
                    "mnist, fashion-mnist, clocks, or a path: an .npz with x and y (and x_test, y_test), the images of a"
                            + " pair of IDX files, a folder with such pairs, a folder with images.npy and labels.npy of"
                            + " clocks.")
    private @Nullable String data;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description =
                    "The folder of the known data sets; else GNOMON_DATA, else the user's cache folder.")
    private @Nullable Path dataDir;

    @Option(
            names = "--clocks",
            paramLabel = "N",
            description = "How many clocks are rendered (default: 18000).")
    private @Nullable Integer clocks;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            description = "Width and height of rendered clocks (default: 75).")
    private @Nullable Integer size;

    @Option(
            names = "--views",
            paramLabel = "VIEWS",
            description = "From where clocks are seen: upright or any (default: upright).")
    private @Nullable Views views;

    @Option(
            names = "--clock-seed",
            paramLabel = "SEED",
            description = "The seed of rendered clocks (default: 1).")
    private @Nullable Long clockSeed;

    /// The parts of a data set.
    ///
    /// @param clockParts training, validation and test part, where these are clocks
    /// @param source what a model's provenance says of its data
    record Parts(
            Dataset train,
            @Nullable Dataset validation,
            @Nullable Dataset test,
            @Nullable List<ClockDataset> clockParts,
            ObjectNode source) {
        /// The part of a name, or null where there is none.
        @Nullable Dataset part(String name) {
            return switch (name) {
                case "train" -> train;
                case "validation" -> validation;
                default -> test;
            };
        }

        /// These parts where training validated on the end of the training part.
        Parts cut(double validationSplit) {
            int kept = (int) Math.floor(train.size() * (1 - validationSplit));
            return new Parts(train.take(kept), train.skip(kept), test, clockParts, source);
        }

        /// The name of the part that training did not see.
        String heldOut() {
            return test != null ? "test" : validation != null ? "validation" : "train";
        }

        @Nullable ClockDataset clocks(String name) {
            return clockParts == null
                    ? null
                    : clockParts.get(List.of("train", "validation", "test").indexOf(name));
        }
    }

    /// Loads the data for a model.
    ///
    /// @param usual the data that are proposed where none were named
    /// @param known what the model's provenance says of its data; settings of clocks are taken from it
    Parts load(Model model, @Nullable String usual, JsonNode known, int threads, Output output) {
        String name = data;
        if (name == null) {
            throw new ConfigException(
                    "Name the data, for example --data "
                            + (usual == null ? KnownDataSet.MNIST.name() : usual)
                            + ".");
        }
        if (name.equals(CLOCKS)) {
            return clocks(model, known, threads, output);
        }
        if (clocks != null || size != null || views != null || clockSeed != null) {
            throw new ConfigException(
                    "--clocks, --size, --views and --clock-seed belong to --data clocks, but the data are "
                            + name
                            + ".");
        }
        var path = Path.of(name);
        if (Files.isDirectory(path)) {
            return folder(path, model);
        }
        if (Files.isRegularFile(path)) {
            return file(path, model);
        }
        for (var set : KnownDataSet.all()) {
            if (set.name().equals(name)) {
                var loaded = set.load(DataFolder.resolve(dataDir));
                return new Parts(
                        loaded.train(), null, loaded.test(), null, source(name, loaded.train()));
            }
        }
        if (COMING.contains(name)) {
            throw new ConfigException(Later.option("--data " + name));
        }
        throw new DataException(
                "There is no file or folder \""
                        + name
                        + "\", and no data set of that name; known are "
                        + String.join(
                                ", ", KnownDataSet.all().stream().map(KnownDataSet::name).toList())
                        + ", clocks.");
    }

    private static ObjectNode source(String name, Dataset train) {
        var source = Json.object().put("data", name);
        if (!train.classNames().isEmpty()) {
            var names = source.putArray("class_names");
            train.classNames().forEach(names::add);
        }
        return source;
    }

    // ---- clocks

    private Parts clocks(Model model, JsonNode known, int threads, Output output) {
        int count = clocks != null ? clocks : known.path("clocks").asInt(18_000);
        int pixels = size != null ? size : known.path("size").asInt(pictureSize(model));
        Views from =
                views != null
                        ? views
                        : Views.valueOf(
                                known.path("views").asString("upright").toUpperCase(Locale.ROOT));
        long seed = clockSeed != null ? clockSeed : known.path("clock_seed").asLong(1);
        var spec = new ClockSpec(count, pixels, from, seed);
        checkFits(model, pixels);
        ClockDataset all;
        try (var progress = output.progress("Rendering clocks", count)) {
            all =
                    ClockDataset.rendered(
                            spec, DataFolder.cache(), threads, done -> progress.done(done, ""));
        }
        var source =
                Json.object()
                        .put("data", CLOCKS)
                        .put("clocks", count)
                        .put("size", pixels)
                        .put("views", from.name().toLowerCase(Locale.ROOT))
                        .put("clock_seed", seed);
        return clocks(all, seed, model, source);
    }

    /// The height of the model's pictures.
    private static int pictureSize(Model model) {
        var input = model.inputShapes().getFirst().sample();
        return input.rank() >= 2 ? input.dim(0) : 75;
    }

    /// Before clocks are rendered, which takes its time.
    private static void checkFits(Model model, int pixels) {
        var input = model.inputShapes().getFirst().sample();
        if (input.elements() != (long) pixels * pixels) {
            throw new ConfigException(
                    "The model takes samples of shape "
                            + input
                            + ", but clocks are pictures of "
                            + pixels
                            + "×"
                            + pixels
                            + ". Name another model, or the --size of its input.");
        }
    }

    private static Parts clocks(ClockDataset all, long seed, Model model, ObjectNode source) {
        if (all.size() < 10) {
            throw new DataException(
                    "Clocks: there are "
                            + all.size()
                            + ", but at least 10 are needed to cut them 80/10/10.");
        }
        var parts = all.split(seed);
        var sets = parts.stream().map(part -> part.dataset(model.outputNames())).toList();
        return new Parts(sets.get(0), sets.get(1), sets.get(2), parts, source);
    }

    // ---- folders and files

    private static Parts folder(Path folder, Model model) {
        if (ClockDataset.isIn(folder)) {
            return clocks(
                    ClockDataset.read(folder),
                    1,
                    model,
                    Json.object().put("data", folder.toString()));
        }
        var train = idxPair(folder, "train");
        if (train != null) {
            return new Parts(
                    train, null, idxPair(folder, "t10k"), null, source(folder.toString(), train));
        }
        var any = idxPair(folder, "");
        if (any != null) {
            return new Parts(any, null, null, null, source(folder.toString(), any));
        }
        throw new DataException(
                folder
                        + ": holds neither images.npy and labels.npy nor a pair of IDX files"
                        + " (…images-idx3-ubyte and …labels-idx1-ubyte, gzipped or not).");
    }

    private static @Nullable Dataset idxPair(Path folder, String prefix) {
        try (var files = Files.list(folder)) {
            List<Path> all =
                    files.filter(file -> file.getFileName().toString().startsWith(prefix))
                            .sorted()
                            .toList();
            Path images = first(all, IDX_IMAGES);
            Path labels = first(all, "labels-idx");
            return images == null || labels == null
                    ? null
                    : Dataset.of(Idx.read(images), Idx.read(labels));
        } catch (IOException e) {
            throw new DataException(folder + ": cannot be read: " + e + ".", e);
        }
    }

    private static @Nullable Path first(List<Path> files, String part) {
        return files.stream()
                .filter(file -> file.getFileName().toString().contains(part))
                .findFirst()
                .orElse(null);
    }

    private static Parts file(Path file, Model model) {
        String name = String.valueOf(file.getFileName());
        if (name.contains(IDX_IMAGES)) {
            var set =
                    Dataset.of(
                            Idx.read(file),
                            Idx.read(
                                    file.resolveSibling(
                                            name.replace("images-idx3", "labels-idx1"))));
            return new Parts(set, null, null, null, source(file.toString(), set));
        }
        if (!name.endsWith(".npz")) {
            throw new DataException(
                    file
                            + ": data come as an .npz file with x and y, as a pair of IDX files, or as a folder of these; this"
                            + " is none of them.");
        }
        var arrays = Npz.read(file);
        var train = dataset(file, arrays, model, "");
        if (train == null) {
            throw new DataException(
                    file
                            + ": lacks the arrays x and y (or those under the model's names, inputs "
                            + model.inputNames()
                            + " and outputs "
                            + model.outputNames()
                            + "); it holds "
                            + arrays.keySet()
                            + ".");
        }
        var test = dataset(file, arrays, model, "_test");
        if (test == null && arrays.keySet().stream().anyMatch(key -> key.endsWith("_test"))) {
            throw new DataException(
                    file
                            + ": the test part is not whole: it needs x_test and y_test (or those under the model's"
                            + " names), but the file holds "
                            + arrays.keySet()
                            + ".");
        }
        return new Parts(train, null, test, null, source(file.toString(), train));
    }

    private static @Nullable Dataset dataset(
            Path file, SequencedMap<String, Column> arrays, Model model, String suffix) {
        var inputs = find(arrays, model.inputNames(), Dataset.X, suffix);
        var targets = find(arrays, model.outputNames(), Dataset.Y, suffix);
        if (inputs == null || targets == null) {
            return null;
        }
        for (Column column : targets.values()) {
            if (column.rows() != inputs.firstEntry().getValue().rows()) {
                throw new DataException(
                        file
                                + ": "
                                + inputs.firstEntry().getKey()
                                + suffix
                                + " holds "
                                + inputs.firstEntry().getValue().rows()
                                + " samples, but there are labels for "
                                + column.rows()
                                + ".");
            }
        }
        var set = Dataset.of(inputs, targets);
        var weight = arrays.get("sample_weight" + suffix);
        return weight == null ? set : set.withSampleWeight(weight);
    }

    private static @Nullable SequencedMap<String, Column> find(
            SequencedMap<String, Column> arrays, List<String> names, String single, String suffix) {
        var found = new LinkedHashMap<String, Column>();
        var missing = new ArrayList<String>();
        for (String name : names) {
            var column = arrays.get(name + suffix);
            if (column == null && names.size() == 1) {
                column = arrays.get(single + suffix);
            }
            if (column == null) {
                missing.add(name);
            } else {
                found.put(name, column);
            }
        }
        return missing.isEmpty() ? found : null;
    }
}
