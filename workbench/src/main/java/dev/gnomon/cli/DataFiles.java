package dev.gnomon.cli;

import dev.gnomon.check.DataException;
import dev.gnomon.data.Column;
import dev.gnomon.data.Csv;
import dev.gnomon.data.Dataset;
import dev.gnomon.data.Idx;
import dev.gnomon.data.ImageFolder;
import dev.gnomon.data.Npz;
import dev.gnomon.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Data of files and folders that users name by their paths.
final class DataFiles {
    private static final String TEST = "_test";
    private static final String WEIGHT = "sample_weight";
    private static final String IDX_IMAGES = "images-idx";

    private DataFiles() {}

    static DataOptions.Parts folder(Path folder, Model model) {
        var train = idxPair(folder, "train");
        if (train != null) {
            return new DataOptions.Parts(
                    train,
                    null,
                    idxPair(folder, "t10k"),
                    null,
                    DataOptions.source(folder.toString(), train));
        }
        var any = idxPair(folder, "");
        if (any != null) {
            return new DataOptions.Parts(
                    any, null, null, null, DataOptions.source(folder.toString(), any));
        }
        return pictures(folder, model);
    }

    /// A folder for each class, or one for each part with such folders in it.
    private static DataOptions.Parts pictures(Path folder, Model model) {
        Path train = folder.resolve("train");
        Path test = folder.resolve("test");
        boolean parts = Files.isDirectory(train);
        var all = pictures(folder, parts ? train : folder, model, List.of());
        var held =
                parts && Files.isDirectory(test)
                        ? pictures(folder, test, model, all.classNames())
                        : null;
        return new DataOptions.Parts(
                all, null, held, null, DataOptions.source(folder.toString(), all));
    }

    private static Dataset pictures(Path named, Path folder, Model model, List<String> classes) {
        var wanted = model.inputShapes().getFirst().sample();
        int channels = wanted.rank() == 3 ? wanted.last() : 1;
        var color =
                Stream.of(ImageFolder.ColorMode.values())
                        .filter(mode -> mode.channels() == channels)
                        .findFirst()
                        .orElse(null);
        if (color == null || wanted.rank() < 2 || wanted.rank() > 3) {
            throw new DataException(
                    named
                            + ": a folder of pictures needs a model of pictures, but this one takes samples of shape "
                            + wanted
                            + ".");
        }
        try {
            var set =
                    ImageFolder.of(folder)
                            .withImageSize(wanted.dim(0), wanted.dim(1))
                            .withColorMode(color)
                            .withClassNames(classes.toArray(String[]::new))
                            .load();
            return wanted.rank() == 2
                    ? set.withInput(Dataset.X, set.images().withSampleShape(wanted.dims()))
                    : set;
        } catch (DataException e) {
            throw new DataException(
                    e.getMessage()
                            + " Nor does the folder hold images.npy and labels.npy of clocks, or a pair of IDX files"
                            + " (…images-idx3-ubyte and …labels-idx1-ubyte, gzipped or not).",
                    e);
        }
    }

    private static @Nullable Dataset idxPair(Path folder, String prefix) {
        try (var files = Files.list(folder)) {
            List<Path> all =
                    files.filter(file -> file.getFileName().toString().startsWith(prefix))
                            .sorted()
                            .toList();
            Path images = first(all, IDX_IMAGES);
            Path labels = first(all, "labels-idx");
            return images == null || labels == null ? null : pair(images, labels);
        } catch (IOException e) {
            throw new DataException(folder + ": cannot be read: " + e + ".", e);
        }
    }

    private static Dataset pair(Path images, Path labels) {
        Column x = Idx.read(images);
        Column y = Idx.read(labels);
        if (x.rows() != y.rows()) {
            throw new DataException(
                    "%s holds %d images, but %s holds %d labels. Give files of the same samples."
                            .formatted(images, x.rows(), labels, y.rows()));
        }
        return Dataset.of(x, y);
    }

    private static @Nullable Path first(List<Path> files, String part) {
        return files.stream()
                .filter(file -> file.getFileName().toString().contains(part))
                .findFirst()
                .orElse(null);
    }

    static DataOptions.Parts file(Path file, Model model) {
        String name = String.valueOf(file.getFileName());
        if (name.contains(IDX_IMAGES)) {
            var set = pair(file, file.resolveSibling(name.replace("images-idx3", "labels-idx1")));
            return new DataOptions.Parts(
                    set, null, null, null, DataOptions.source(file.toString(), set));
        }
        if (name.endsWith(".csv")) {
            return table(file, model);
        }
        if (!name.endsWith(".npz")) {
            throw new DataException(
                    file
                            + ": data come as an .npz file with x and y, as a .csv whose last column is the class, as a pair of IDX files, or as a folder of these; this"
                            + " is none of them.");
        }
        var arrays = Npz.read(file);
        checkWeights(file, arrays.keySet(), model.outputNames());
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
        var test = dataset(file, arrays, model, TEST);
        if (test == null && arrays.keySet().stream().anyMatch(key -> key.endsWith(TEST))) {
            throw new DataException(
                    file
                            + ": the test part is not whole: it needs x_test and y_test (or those under the model's"
                            + " names), but the file holds "
                            + arrays.keySet()
                            + ".");
        }
        return new DataOptions.Parts(
                train, null, test, null, DataOptions.source(file.toString(), train));
    }

    /// Features in the shape of the model's input where they fit it; the last column is the class.
    private static DataOptions.Parts table(Path file, Model model) {
        var set = Csv.dataset(file, -1);
        var wanted = model.inputShapes().getFirst().sample();
        var features = set.images();
        if (features.sampleElements() == wanted.elements()) {
            set = set.withInput(Dataset.X, features.withSampleShape(wanted.dims()));
        }
        return new DataOptions.Parts(
                set, null, null, null, DataOptions.source(file.toString(), set));
    }

    /// A weight under a mistyped name would be passed over without a word.
    private static void checkWeights(Path file, Set<String> arrays, List<String> outputs) {
        for (String array : arrays) {
            String name =
                    array.endsWith(TEST)
                            ? array.substring(0, array.length() - TEST.length())
                            : array;
            boolean known =
                    !name.startsWith(WEIGHT)
                            || name.equals(WEIGHT)
                            || outputs.contains(name.substring(WEIGHT.length() + 1));
            if (!known) {
                throw new DataException(
                        "%s: the array \"%s\" is for no output of the model; it has the outputs %s. Name it %s_ and the output, or %s for all of them."
                                .formatted(file, array, outputs, WEIGHT, WEIGHT));
            }
        }
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
        var weight = arrays.get(WEIGHT + suffix);
        try {
            set = weight == null ? set : set.withSampleWeight(weight);
            for (String target : targets.keySet()) {
                var own = arrays.get(WEIGHT + "_" + target + suffix);
                set = own == null ? set : set.withSampleWeight(target, own);
            }
        } catch (DataException e) {
            throw new DataException(file + ": " + e.getMessage(), e);
        }
        return set.requireFinite(file.toString());
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
