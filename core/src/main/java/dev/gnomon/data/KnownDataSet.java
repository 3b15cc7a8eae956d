package dev.gnomon.data;

import static dev.gnomon.check.Check.data;

import dev.gnomon.check.ConfigException;
import dev.gnomon.check.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A data set that is known by name: what its files are, where they come from and how to tell that they are right.
///
/// The files lie in `<data folder>/<name>/`, as they are handed out (`.gz`) or unpacked.
///
/// @param name the name in commands and of its folder
/// @param title the name in sentences
/// @param licence under which it is handed out
/// @param source the address that the files can be fetched from
/// @param files training images, training labels, test images, test labels
/// @param classNames the names of the classes in the order of their numbers
public record KnownDataSet(
        String name,
        String title,
        String licence,
        String source,
        List<KnownFile> files,
        List<String> classNames) {
    /// Handwritten digits: 60,000 to train on and 10,000 to test with, 28x28, uint8, 0 is the background.
    public static final KnownDataSet MNIST =
            new KnownDataSet(
                    "mnist",
                    "MNIST",
                    "none stated by Y. LeCun, C. Cortes and C. Burges; commonly handed out under CC BY-SA 3.0",
                    "https://ossci-datasets.s3.amazonaws.com/mnist/",
                    List.of(
                            new KnownFile(
                                    "train-images-idx3-ubyte.gz",
                                    "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
                                    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                                    47_040_016),
                            new KnownFile(
                                    "train-labels-idx1-ubyte.gz",
                                    "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
                                    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                                    60_008),
                            new KnownFile(
                                    "t10k-images-idx3-ubyte.gz",
                                    "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
                                    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                                    7_840_016),
                            new KnownFile(
                                    "t10k-labels-idx1-ubyte.gz",
                                    "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
                                    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
                                    10_008)),
                    List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));

    /// Pictures of clothes by Zalando, of the form of MNIST.
    public static final KnownDataSet FASHION_MNIST =
            new KnownDataSet(
                    "fashion-mnist",
                    "Fashion-MNIST",
                    "MIT (Zalando SE, 2017)",
                    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
                    List.of(
                            new KnownFile(
                                    "train-images-idx3-ubyte.gz",
                                    "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
                                    "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
                                    47_040_016),
                            new KnownFile(
                                    "train-labels-idx1-ubyte.gz",
                                    "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
                                    "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
                                    60_008),
                            new KnownFile(
                                    "t10k-images-idx3-ubyte.gz",
                                    "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
                                    "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
                                    7_840_016),
                            new KnownFile(
                                    "t10k-labels-idx1-ubyte.gz",
                                    "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
                                    "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
                                    10_008)),
                    List.of(
                            "T-shirt/top",
                            "Trouser",
                            "Pullover",
                            "Dress",
                            "Coat",
                            "Sandal",
                            "Shirt",
                            "Sneaker",
                            "Bag",
                            "Ankle boot"));

    public KnownDataSet {
        files = List.copyOf(files);
        classNames = List.copyOf(classNames);
    }

    /// All known data sets, in the order in which they are listed.
    public static List<KnownDataSet> all() {
        return List.of(MNIST, FASHION_MNIST);
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

    /// The folder of this set within a data folder.
    public Path folder(Path dataFolder) {
        return dataFolder.resolve(name);
    }

    /// Whether all files are there; their content is not looked at.
    public boolean isIn(Path dataFolder) {
        return files.stream().allMatch(file -> file.find(folder(dataFolder)) != null);
    }

    /// Looks at each file of the set within a data folder, in the order of [#files].
    public List<FileCheck> verify(Path dataFolder) {
        return files.stream().map(file -> file.check(folder(dataFolder))).toList();
    }

    /// Reads the set from a data folder: images `[n, 28, 28]` and labels `[n]`, uint8.
    public TrainTest load(Path dataFolder) {
        requireFiles(dataFolder);
        return new TrainTest(part(dataFolder, 0), part(dataFolder, 2));
    }

    private Dataset part(Path dataFolder, int first) {
        var images = files.get(first).read(folder(dataFolder));
        var labels = files.get(first + 1).read(folder(dataFolder));
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

    private void requireFiles(Path dataFolder) {
        var missing = new ArrayList<String>();
        for (var file : files) {
            if (file.find(folder(dataFolder)) == null) {
                missing.add(file.name());
            }
        }
        data(
                missing.isEmpty(),
                "%s: the folder %s %s %s (as they are, or unpacked). They come from %s; another data folder is named with"
                        + " --data-dir or %s.",
                title,
                folder(dataFolder).toAbsolutePath(),
                Files.isDirectory(folder(dataFolder))
                        ? "lacks"
                        : "does not exist; wanted in it are",
                String.join(", ", missing),
                source,
                DataFolder.VARIABLE);
    }
}
