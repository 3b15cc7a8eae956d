package dev.gnomon.data;

import static dev.gnomon.check.Check.data;

import dev.gnomon.check.ConfigException;
import dev.gnomon.check.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A data set that is known by name: what its files are, where they come from and how to tell that they are right.
///
/// The files lie in `<data folder>/<name>/`, as they are handed out (`.gz`, `.tar.gz`) or unpacked.
///
/// @param name the name in commands and of its folder
/// @param title the name in sentences
/// @param licence under which it is handed out
/// @param sources the addresses that the files can be fetched from, each ending in a slash; the first is tried first
/// @param files of IDX: training images, training labels, test images, test labels; of CIFAR: training, then test
/// @param archive what the files are handed out in, or null where they come one by one
/// @param classNames the names of the classes in the order of their numbers
public record KnownDataSet(
        String name,
        String title,
        String licence,
        List<String> sources,
        List<KnownFile> files,
        @Nullable KnownArchive archive,
        List<String> classNames) {
    /// Handwritten digits: 60,000 to train on and 10,000 to test with, 28x28, uint8, 0 is the background.
    public static final KnownDataSet MNIST = KnownSets.mnist();

    /// Pictures of clothes by Zalando, of the form of MNIST.
    public static final KnownDataSet FASHION_MNIST = KnownSets.fashionMnist();

    /// Photographs of ten kinds of things: 50,000 to train on and 10,000 to test with, 32x32x3, uint8.
    public static final KnownDataSet CIFAR_10 = KnownSets.cifar10();

    /// Photographs of a hundred kinds of things in twenty groups, of the form of CIFAR-10.
    public static final KnownDataSet CIFAR_100 = KnownSets.cifar100();

    public KnownDataSet {
        sources = List.copyOf(sources);
        files = List.copyOf(files);
        classNames = List.copyOf(classNames);
    }

    /// All known data sets, in the order in which they are listed.
    public static List<KnownDataSet> all() {
        return List.of(MNIST, FASHION_MNIST, CIFAR_10, CIFAR_100);
    }

    /// The data set of that name.
    public static KnownDataSet named(String name) {
        for (var set : all()) {
            if (set.name.equals(name)) {
                return set;
            }
        }
        var names = all().stream().map(KnownDataSet::name).toList();
        throw new ConfigException(
                "Data: there is no known data set \""
                        + name
                        + "\"; known: "
                        + String.join(", ", names)
                        + ".");
    }

    /// This set, fetched from other addresses.
    public KnownDataSet withSources(List<String> others) {
        return new KnownDataSet(name, title, licence, others, files, archive, classNames);
    }

    /// The folder of this set within a data folder.
    public Path folder(Path dataFolder) {
        return dataFolder.resolve(name);
    }

    /// Whether all files are there; their content is not looked at.
    public boolean isIn(Path dataFolder) {
        return isUnpackedIn(dataFolder) || findArchive(dataFolder) != null;
    }

    /// Whether all files are there, and not only in an archive.
    boolean isUnpackedIn(Path dataFolder) {
        return missing(dataFolder).isEmpty();
    }

    private List<String> missing(Path dataFolder) {
        return files.stream()
                .filter(file -> find(file, dataFolder) == null)
                .map(KnownFile::name)
                .toList();
    }

    /// A file as handed out or unpacked, in the set's folder or in that of an unpacked archive; null where it is not there.
    @Nullable Path find(KnownFile file, Path dataFolder) {
        var folders = new ArrayList<Path>(List.of(folder(dataFolder)));
        if (archive != null) {
            folders.add(folder(dataFolder).resolve(archive.folder()));
            folders.add(dataFolder.resolve(archive.folder()));
        }
        return folders.stream()
                .map(file::find)
                .filter(found -> found != null)
                .findFirst()
                .orElse(null);
    }

    /// The archive, in the set's folder or beside it; null where it is not there.
    @Nullable Path findArchive(Path dataFolder) {
        if (archive == null) {
            return null;
        }
        for (Path folder : List.of(folder(dataFolder), dataFolder)) {
            Path found = folder.resolve(archive.name());
            if (Files.isRegularFile(found)) {
                return found;
            }
        }
        return null;
    }

    /// Looks at each file of the set within a data folder, in the order of [#files].
    public List<FileCheck> verify(Path dataFolder) {
        Path packed = findArchive(dataFolder);
        if (packed != null && !isUnpackedIn(dataFolder)) {
            return verifyArchive(packed);
        }
        return files.stream()
                .map(file -> file.check(find(file, dataFolder), folder(dataFolder)))
                .toList();
    }

    private List<FileCheck> verifyArchive(Path packed) {
        Map<String, FileCheck> found = new LinkedHashMap<>();
        for (KnownFile file : files) {
            var absent = new FileCheck(packed, FileCheck.State.MISSING, "lacks " + file.name());
            found.put(file.name(), absent);
        }
        try {
            Tar.read(
                    packed,
                    (entry, _, in) -> {
                        var file = member(entry);
                        if (file != null) {
                            var digest = Digest.of(in, file.unpackedBytes());
                            found.put(file.name(), file.check(packed.resolve(file.name()), digest));
                        }
                    });
        } catch (DataException | IOException e) {
            return List.of(
                    new FileCheck(
                            packed, FileCheck.State.CHANGED, "cannot be read: " + e.getMessage()));
        }
        return List.copyOf(found.values());
    }

    /// The file that an entry of the archive is, or null: only `folder/name`, whatever else it may hold.
    @Nullable KnownFile member(String entry) {
        if (archive == null) {
            return null;
        }
        for (KnownFile file : files) {
            if (entry.equals(archive.folder() + "/" + file.name())) {
                return file;
            }
        }
        return null;
    }

    /// Reads the set from a data folder: images `[n, 28, 28]` and labels `[n]`, or `[n, 32, 32, 3]` and `[n, 1]`, uint8.
    public TrainTest load(Path dataFolder) {
        requireFiles(dataFolder);
        if (archive == null) {
            return new TrainTest(part(dataFolder, 0), part(dataFolder, 2));
        }
        return name.equals(CIFAR_100.name)
                ? Cifar100.load(dataFolder, Cifar100.Labels.FINE)
                : Cifar10.load(dataFolder);
    }

    private Dataset part(Path dataFolder, int first) {
        var images = files.get(first).readIdx(folder(dataFolder));
        var labels = files.get(first + 1).readIdx(folder(dataFolder));
        data(
                images.shape().rank() == 3 && labels.shape().rank() == 1,
                "%s: %s in %s must hold images [n, height, width] and labels [n], but holds %s and %s.",
                title,
                files.get(first).name(),
                folder(dataFolder),
                images.shape(),
                labels.shape());
        for (int row = 0; row < labels.rows(); row++) {
            int label = labels.intAt(row);
            if (label < 0 || label >= classNames.size()) {
                throw new DataException(
                        title
                                + ": row "
                                + row
                                + " of "
                                + files.get(first + 1).name()
                                + " in "
                                + folder(dataFolder)
                                + " holds class "
                                + label
                                + ", but there are "
                                + classNames.size()
                                + " classes, from 0. Fetch the file again.");
            }
        }
        return Dataset.of(images, labels).withClassNames(classNames);
    }

    void requireFiles(Path dataFolder) {
        if (isIn(dataFolder)) {
            return;
        }
        throw new DataException(
                "%s: the folder %s %s %s (as they are, or unpacked%s). Fetch them with gnomon data fetch %s; they come from"
                                .formatted(
                                        title,
                                        folder(dataFolder).toAbsolutePath(),
                                        Files.isDirectory(folder(dataFolder))
                                                ? "lacks"
                                                : "does not exist; wanted in it are",
                                        String.join(", ", missing(dataFolder)),
                                        archive == null ? "" : ", or in " + archive.name(),
                                        name)
                        + " %s. Another data folder is named with --data-dir or %s."
                                .formatted(sources.getFirst(), DataFolder.VARIABLE));
    }
}
