package dev.gnomon.study.permuted;

import dev.gnomon.check.ConfigException;
import dev.gnomon.check.DataException;
import dev.gnomon.data.DataFolder;
import dev.gnomon.data.Dataset;
import dev.gnomon.data.KnownDataSet;
import dev.gnomon.data.PixelPermutation;
import dev.gnomon.data.TrainTest;
import dev.gnomon.study.StudySettings;
import dev.gnomon.tensor.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The pictures of the study, plain and permuted: each set is read once, shuffled and cut by a fixed seed.
final class PermutedPictures {
    static final long SEED = 1;
    private static final double TRAINED = 0.9;
    private static final List<KnownDataSet> SETS =
            List.of(KnownDataSet.MNIST, KnownDataSet.FASHION_MNIST, KnownDataSet.CIFAR_10);

    private final List<String> names;
    private final Function<String, TrainTest> source;
    private final int most;
    private final Map<String, Parts> parts = new ConcurrentHashMap<>();

    /// The parts of a set.
    ///
    /// @param permutation the one of all its pictures
    record Parts(Dataset train, Dataset validation, Dataset test, PixelPermutation permutation) {
        /// Height, width and channels of a picture.
        Shape shape() {
            return train.images().sampleShape();
        }

        Parts permuted() {
            return new Parts(
                    train.map(permutation),
                    validation.map(permutation),
                    test.map(permutation),
                    permutation);
        }
    }

    /// @param names of the sets
    /// @param source reads a set
    /// @param most how many training pictures of a set are used, those held out included
    PermutedPictures(List<String> names, Function<String, TrainTest> source, int most) {
        this.names = names;
        this.source = source;
        this.most = most;
    }

    /// The known sets; all must be there.
    static PermutedPictures known(StudySettings settings, int most) {
        if (settings.data() != null) {
            throw new ConfigException(
                    "--data: permuted-pixels has its own pictures (%s), but was given %s. Leave --data out; where the known sets are is told by --data-dir."
                            .formatted(
                                    String.join(
                                            ", ", SETS.stream().map(KnownDataSet::title).toList()),
                                    settings.data()));
        }
        Path folder = DataFolder.resolve(settings.dataFolder());
        var missing = SETS.stream().filter(set -> !set.isIn(folder)).toList();
        if (!missing.isEmpty()) {
            throw new DataException(
                    "permuted-pixels needs MNIST, Fashion-MNIST and CIFAR-10, but %s lacks %s. Bring them with: %s (or name another folder with --data-dir or %s)."
                            .formatted(
                                    folder.toAbsolutePath(),
                                    String.join(
                                            ", ",
                                            missing.stream().map(KnownDataSet::title).toList()),
                                    String.join(
                                            "; ",
                                            missing.stream()
                                                    .map(set -> "gnomon data fetch " + set.name())
                                                    .toList()),
                                    DataFolder.VARIABLE));
        }
        return new PermutedPictures(
                SETS.stream().map(KnownDataSet::name).toList(),
                name -> KnownDataSet.named(name).load(folder),
                most);
    }

    List<String> names() {
        return names;
    }

    static String title(String name) {
        return KnownDataSet.named(name).title();
    }

    /// Tells these pictures from others under the same names.
    String fingerprint() {
        return names.stream()
                .map(name -> of(name).train().fingerprint())
                .collect(Collectors.joining(" "));
    }

    Parts of(String name) {
        return parts.computeIfAbsent(name, this::load);
    }

    private Parts load(String name) {
        var set = source.apply(name);
        var shuffled = withChannels(set.train()).shuffled(SEED);
        var used = shuffled.take(Math.min(most, shuffled.size()));
        var cut = used.split(TRAINED, 1 - TRAINED);
        Shape shape = used.images().sampleShape();
        return new Parts(
                cut.getFirst(),
                cut.getLast(),
                withChannels(set.test()),
                PixelPermutation.of(SEED, shape.dim(0) * shape.dim(1)));
    }

    private static Dataset withChannels(Dataset set) {
        var images = set.images();
        Shape shape = images.sampleShape();
        return shape.rank() == 3
                ? set
                : set.withInput(Dataset.X, images.withSampleShape(shape.dim(0), shape.dim(1), 1));
    }
}
