package dev.gnomon.cli;

import dev.gnomon.check.Check;
import dev.gnomon.check.ConfigException;
import dev.gnomon.check.DataException;
import dev.gnomon.data.ClockDataset;
import dev.gnomon.data.DataFolder;
import dev.gnomon.data.Dataset;
import dev.gnomon.data.KnownDataSet;
import dev.gnomon.data.clock.ClockSpec;
import dev.gnomon.data.clock.ClockStyle;
import dev.gnomon.data.clock.Views;
import dev.gnomon.file.Json;
import dev.gnomon.loss.CategoricalCrossentropy;
import dev.gnomon.model.Model;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Finds the data of a name or a path.
final class DataOptions {
    static final String CLOCKS = "clocks";
    private static final int FEWEST_HELD = 20;
    private static final int FEWEST_CUT = 10;
    private static final int MOST_FRESH = 100_000_000;

    @Option(
            names = "--data",
            paramLabel = "DATA",
            description =
                    "mnist, fashion-mnist, cifar-10, cifar-100, clocks, or a path: an .npz with x and y (and x_test, y_test),"
                            + " a .csv whose last column is the class, a folder of pictures with a folder for each class"
                            + " (or with train and test, each of that form), the images of a pair of IDX files, a folder"
                            + " with such pairs, a folder with images.npy and labels.npy of clocks, a folder of pictures of"
                            + " clocks with a labels.csv that begins with file,hour,minute.")
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
            description =
                    "From where clocks are seen: upright, any, or mixed (two of three upright) (default: upright).")
    private @Nullable Views views;

    @Option(
            names = "--style",
            paramLabel = "STYLE",
            description =
                    "Which clocks are drawn: scene (one clock on planks), any (all sorts), or held-out (forms that any"
                            + " never draws) (default: scene).")
    private @Nullable ClockStyle style;

    @Option(
            names = "--clock-seed",
            paramLabel = "SEED",
            description = "The seed of rendered clocks (default: 1).")
    private @Nullable Long clockSeed;

    @Option(
            names = "--fresh",
            negatable = true,
            description =
                    "Draw new clocks for each epoch, as many as --clocks says, while training goes on; validation and test"
                            + " part are clocks besides, a tenth as many each. A run that goes on keeps its number of epochs.")
    private @Nullable Boolean fresh;

    private boolean larger;

    /// Lets rendered clocks be larger than the model takes them: it sees them made smaller, and they keep their detail.
    void allowLarger() {
        larger = true;
    }

    /// The parts of a data set.
    ///
    /// @param clockParts training, validation and test part and all of them, where these are clocks
    /// @param source what a model's provenance says of its data
    /// @param epochs how many epochs the training part is for: more than one where each has samples of its own
    record Parts(
            Dataset train,
            @Nullable Dataset validation,
            @Nullable Dataset test,
            @Nullable List<ClockDataset> clockParts,
            ObjectNode source,
            int epochs) {
        /// Parts whose training part is seen whole in each epoch.
        Parts(
                Dataset train,
                @Nullable Dataset validation,
                @Nullable Dataset test,
                @Nullable List<ClockDataset> clockParts,
                ObjectNode source) {
            this(train, validation, test, clockParts, source, 1);
        }

        /// The samples of an epoch.
        int samplesOfEpoch() {
            return train.size() / epochs;
        }

        /// The part of a name, or null where there is none.
        @Nullable Dataset part(String name) {
            return switch (name) {
                case "train" -> train;
                case "validation" -> validation;
                case "all" -> all();
                default -> test;
            };
        }

        private @Nullable Dataset all() {
            var clocks = clocks("all");
            if (clocks == null) {
                return null;
            }
            var whole = clocks.dataset(List.copyOf(train.targets().keySet()));
            boolean oneHot =
                    train.targets().size() == 1
                            && train.labels().sampleElements() > whole.labels().sampleElements();
            return oneHot ? whole.oneHot(train.labels().sampleElements()) : whole;
        }

        /// These parts where training validated on the end of the training part.
        Parts cut(double validationSplit) {
            int kept = (int) Math.floor(train.size() * (1 - validationSplit));
            return new Parts(train.take(kept), train.skip(kept), test, clockParts, source, epochs);
        }

        /// These parts for a loss that smooths labels: it takes one-hot rows, so class numbers become such.
        Parts fitting(Model model) {
            var compiled = model.compiled();
            if (compiled == null || model.outputNames().size() != 1) {
                return this;
            }
            var loss = compiled.losses().forOutputs(model.outputNames()).getFirst().loss();
            int classes = model.outputShapes().getFirst().last();
            boolean smooths =
                    loss instanceof CategoricalCrossentropy smoothing
                            && smoothing.labelSmoothing() > 0;
            boolean numbers = train.targets().size() == 1 && train.labels().sampleElements() == 1;
            if (!smooths || !numbers || classes < 2) {
                return this;
            }
            return new Parts(
                    train.oneHot(classes),
                    validation == null ? null : validation.oneHot(classes),
                    test == null ? null : test.oneHot(classes),
                    clockParts,
                    source,
                    epochs);
        }

        /// The name of the part that training did not see.
        String heldOut() {
            return test != null ? "test" : validation != null ? "validation" : "train";
        }

        @Nullable ClockDataset clocks(String name) {
            return clockParts == null
                    ? null
                    : clockParts.get(List.of("train", "validation", "test", "all").indexOf(name));
        }
    }

    /// Loads the data for a model.
    ///
    /// @param usual the data that are proposed where none were named
    /// @param known what the model's provenance says of its data; settings of clocks are taken from it
    Parts load(Model model, @Nullable String usual, JsonNode known, int threads, Output output) {
        return load(model, usual, known, threads, output, 1);
    }

    /// The same for a training of so many epochs.
    Parts load(
            Model model,
            @Nullable String usual,
            JsonNode known,
            int threads,
            Output output,
            int epochs) {
        String name = data;
        if (name == null) {
            throw new ConfigException(
                    "Name the data, for example --data "
                            + (usual == null ? KnownDataSet.MNIST.name() : usual)
                            + ".");
        }
        if (name.equals(CLOCKS)) {
            return clocks(model, known, threads, output, epochs);
        }
        if (namesClocks()) {
            throw new ConfigException(
                    "--clocks, --size, --views, --style and --clock-seed belong to --data clocks, but the data are "
                            + name
                            + ".");
        }
        Check.config(
                fresh == null,
                "--fresh draws clocks and belongs to --data clocks, but the data are %s.",
                name);
        var knownSet =
                KnownDataSet.all().stream()
                        .filter(set -> set.name().equals(name))
                        .findFirst()
                        .orElse(null);
        if (knownSet != null && knownSet.isIn(DataFolder.resolve(dataDir))) {
            return known(knownSet);
        }
        var path = Path.of(name);
        if (Files.isDirectory(path)) {
            var source = Json.object().put("data", path.toString());
            if (ClockDataset.isIn(path)) {
                return clocks(ClockDataset.read(path), 1, model, source);
            }
            if (ClockPhotos.areIn(path)) {
                return photos(path, model, source);
            }
            if (ClockReading.isPossible(model)) {
                ClockPhotos.checkLabels(path);
            }
            return DataFiles.folder(path, model);
        }
        if (Files.isRegularFile(path)) {
            return DataFiles.file(path, model);
        }
        if (knownSet != null) {
            return known(knownSet);
        }
        throw new DataException(
                "There is no file or folder \""
                        + name
                        + "\", and no data set of that name; known are "
                        + String.join(
                                ", ", KnownDataSet.all().stream().map(KnownDataSet::name).toList())
                        + ", clocks.");
    }

    private boolean namesClocks() {
        return clocks != null
                || size != null
                || views != null
                || style != null
                || clockSeed != null;
    }

    private Parts known(KnownDataSet set) {
        var loaded = set.load(DataFolder.resolve(dataDir));
        return new Parts(
                loaded.train(), null, loaded.test(), null, source(set.name(), loaded.train()));
    }

    static ObjectNode source(String name, Dataset train) {
        var source = Json.object().put("data", name);
        if (!train.classNames().isEmpty()) {
            var names = source.putArray("class_names");
            train.classNames().forEach(names::add);
        }
        return source;
    }

    // ---- clocks

    /// What is known of the data for judging a model: clocks that are asked for are judged all as they are, however those of
    /// the training were drawn.
    JsonNode asked(ObjectNode known) {
        return clocks != null || clockSeed != null ? known.deepCopy().without("fresh") : known;
    }

    private Parts clocks(Model model, JsonNode known, int threads, Output output, int epochs) {
        int count = clocks != null ? clocks : known.path("clocks").asInt(18_000);
        int pixels = size != null ? size : known.path("size").asInt(pictureSize(model));
        Views from =
                views != null
                        ? views
                        : Views.valueOf(
                                known.path("views").asString("upright").toUpperCase(Locale.ROOT));
        long seed = clockSeed != null ? clockSeed : known.path("clock_seed").asLong(1);
        var drawn = style != null ? style : ClockStyle.of(known.path("style").asString("scene"));
        boolean always = fresh != null ? fresh : known.path("fresh").asBoolean(false);
        if (always) {
            checkFresh(count, epochs);
        }
        int held = always ? Math.max(FEWEST_HELD, count / 5) : count;
        var spec = new ClockSpec(held, pixels, from, seed, drawn);
        int taken = pictureSize(model);
        boolean closer = larger && !always && pixels > taken;
        checkFits(model, closer ? taken : pixels);
        ClockDataset all;
        try (var progress = output.progress("Rendering clocks", held)) {
            all =
                    ClockDataset.rendered(
                            spec, DataFolder.cache(), threads, done -> progress.done(done, ""));
        }
        all = closer ? all.resized(taken) : all;
        var source =
                Json.object()
                        .put("data", CLOCKS)
                        .put("clocks", count)
                        .put("size", pixels)
                        .put("views", from.name().toLowerCase(Locale.ROOT))
                        .put("style", drawn.toString())
                        .put("clock_seed", seed);
        if (!always) {
            return clocks(all, seed, model, source);
        }
        source.put("fresh", true);
        var halves = all.split(seed, 0.5, 0.5);
        var train = ClockDataset.drawn(spec, held, count * epochs);
        var parts = List.of(train, halves.getFirst(), halves.getLast(), all);
        var sets = parts.stream().map(part -> part.dataset(model.outputNames())).toList();
        return new Parts(sets.get(0), sets.get(1), sets.get(2), parts, source, epochs);
    }

    /// Fresh clocks are numbered on from those that are held out.
    private static void checkFresh(int count, int epochs) {
        Check.config(count >= 1, "--clocks must be at least 1, but is %d.", count);
        Check.config(
                (long) count * (epochs + 1L) <= MOST_FRESH,
                "--fresh can draw %,d clocks in all, but %,d an epoch in %,d epochs are more. Ask for fewer of either.",
                MOST_FRESH,
                count,
                epochs);
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

    /// Photographs; too few to be cut are one part.
    private static Parts photos(Path folder, Model model, ObjectNode source) {
        var all = ClockPhotos.read(folder, pictureSize(model));
        if (all.size() >= FEWEST_CUT) {
            return clocks(all, 1, model, source);
        }
        var set = all.dataset(model.outputNames());
        return new Parts(set, null, null, List.of(all, all, all, all), source);
    }

    private static Parts clocks(ClockDataset all, long seed, Model model, ObjectNode source) {
        if (all.size() < FEWEST_CUT) {
            throw new DataException(
                    "Clocks: there are "
                            + all.size()
                            + ", but at least "
                            + FEWEST_CUT
                            + " are needed to cut them 80/10/10.");
        }
        var parts = new ArrayList<>(all.split(seed));
        parts.add(all);
        var sets = parts.stream().limit(3).map(part -> part.dataset(model.outputNames())).toList();
        return new Parts(sets.get(0), sets.get(1), sets.get(2), parts, source);
    }
}
