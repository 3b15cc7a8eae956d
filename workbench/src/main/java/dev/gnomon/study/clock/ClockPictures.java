package dev.gnomon.study.clock;

import dev.gnomon.check.ConfigException;
import dev.gnomon.check.DataException;
import dev.gnomon.clock.TimeCodec;
import dev.gnomon.data.ClockDataset;
import dev.gnomon.data.Column;
import dev.gnomon.data.DataFolder;
import dev.gnomon.data.Dataset;
import dev.gnomon.data.clock.ClockSpec;
import dev.gnomon.data.clock.Views;
import dev.gnomon.random.Key;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// The pictures of the study in each size, shuffled and cut: rendered, or those of a folder. Of a folder with large pictures
/// the small ones are made by taking the mean of four pixels.
final class ClockPictures {
    static final int SMALL = 75;
    static final int LARGE = 150;
    static final long SEED = 1;
    private static final int FEWEST = 10;

    private final int count;
    private final Views views;
    private final int threads;
    private final @Nullable ClockDataset given;
    private final Map<Integer, Parts> parts = new ConcurrentHashMap<>();

    /// The parts of the pictures of one size.
    ///
    /// @param size width and height of a picture
    record Parts(int size, ClockDataset train, ClockDataset validation, ClockDataset test) {
        /// Samples with what a form of the time wants of them.
        Dataset samples(ClockDataset part, TimeCodec codec) {
            var set = Dataset.of(part.images().withSampleShape(size, size, 1));
            for (var target : codec.encode(part.times()).entrySet()) {
                set = set.withTarget(target.getKey(), target.getValue());
            }
            return set;
        }
    }

    private ClockPictures(int count, Views views, int threads, @Nullable ClockDataset given) {
        this.count = count;
        this.views = views;
        this.threads = threads;
        this.given = given;
    }

    static ClockPictures rendered(int count, Views views, int threads) {
        return new ClockPictures(count, views, threads, null);
    }

    /// Pictures of a folder.
    ///
    /// @param most how many are used; where there are more, as many are drawn
    static ClockPictures of(ClockDataset all, int most) {
        int[] order = Key.of(SEED).child("tell-the-time/pictures").permutation(all.size());
        ClockDataset pictures = all.size() <= most ? all : all.select(Arrays.copyOf(order, most));
        int size = pictures.images().shape().dim(1);
        if (size != SMALL && size != LARGE) {
            throw new ConfigException(
                    "--data: the pictures of the study are %d×%d or %d×%d, but these are %d×%d."
                            .formatted(SMALL, SMALL, LARGE, LARGE, size, size));
        }
        if (pictures.size() < FEWEST) {
            throw new DataException(
                    "--data: there are %d clocks, but at least %d are needed to cut them 80/10/10."
                            .formatted(pictures.size(), FEWEST));
        }
        return new ClockPictures(pictures.size(), Views.ANY, 1, pictures);
    }

    int count() {
        return count;
    }

    boolean isRendered() {
        return given == null;
    }

    /// Whether there are large pictures.
    boolean hasLarge() {
        return given == null || given.images().shape().dim(1) >= LARGE;
    }

    /// Tells given pictures and times from others; empty for rendered ones.
    String fingerprint() {
        return given == null
                ? ""
                : Dataset.of(given.images(), Column.labels(given.times())).fingerprint();
    }

    /// What the pictures are, in a line.
    String text() {
        return given != null
                ? String.format(Locale.ROOT, "%,d pictures of the given folder", count)
                : String.format(
                        Locale.ROOT,
                        "%,d rendered pictures of one clock, %s",
                        count,
                        views == Views.ANY
                                ? "seen from any side, as in the original set"
                                : "seen within 20 degrees of upright");
    }

    Parts of(int size) {
        return of(size, _ -> {});
    }

    /// The parts of a size.
    ///
    /// @param progress told how many pictures are rendered, where they are
    Parts of(int size, IntConsumer progress) {
        return parts.computeIfAbsent(size, wanted -> load(wanted, progress));
    }

    private Parts load(int size, IntConsumer progress) {
        ClockDataset all =
                given != null
                        ? sized(given, size)
                        : ClockDataset.rendered(
                                new ClockSpec(count, size, views, SEED),
                                DataFolder.cache(),
                                threads,
                                progress);
        List<ClockDataset> cut = all.split(SEED);
        return new Parts(size, cut.get(0), cut.get(1), cut.get(2));
    }

    private static ClockDataset sized(ClockDataset clocks, int size) {
        return clocks.images().shape().dim(1) == size ? clocks : clocks.resized(size);
    }
}
