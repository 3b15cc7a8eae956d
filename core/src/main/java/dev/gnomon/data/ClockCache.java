package dev.gnomon.data;

import dev.gnomon.check.DataException;
import dev.gnomon.data.clock.ClockRenderer;
import dev.gnomon.data.clock.ClockSpec;
import dev.gnomon.data.clock.ClockStyle;
import dev.gnomon.data.clock.Clocks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/// Keeps rendered clocks for the next run.
///
/// Runs at the same time wait for the one that renders; what a killed run left, and files that no longer fit their
/// checksums, are rendered again; where nothing can be kept, the pictures are used all the same.
final class ClockCache {
    /// Changes whenever the renderer draws other pictures or tells other things of them, so that kept ones are not taken for
    /// them.
    private static final int RENDERER = 6;

    private static final String SUMS = "sums.txt";
    private static final List<String> ARRAYS = List.of("images.npy", "points.npy", "labels.npy");

    private ClockCache() {}

    /// The set of a description; `progress` is told how many pictures are done, and not called where the set was kept.
    static synchronized ClockDataset get(
            ClockSpec spec, Path cache, int threads, IntConsumer progress) {
        Path folder = folder(spec, cache);
        ClockDataset kept = read(folder);
        if (kept != null) {
            return kept;
        }
        Clocks clocks = null;
        try {
            Files.createDirectories(folder);
            try (var channel =
                            FileChannel.open(
                                    folder.resolve("lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    var _ = channel.lock()) {
                kept = read(folder);
                if (kept != null) {
                    return kept;
                }
                removeLeftovers(folder);
                clocks = ClockRenderer.render(spec, threads, progress);
                ClockDataset.write(clocks, folder);
                AtomicFile.write(folder.resolve(SUMS), sums(folder));
                return ClockDataset.read(folder);
            }
        } catch (IOException | UncheckedIOException e) {
            System.getLogger(ClockCache.class.getName())
                    .log(
                            Level.WARNING,
                            "Rendered clocks cannot be kept for the next run: {0}",
                            e.getMessage());
        }
        return ClockDataset.of(
                clocks == null ? ClockRenderer.render(spec, threads, progress) : clocks);
    }

    private static Path folder(ClockSpec spec, Path cache) {
        String name =
                String.format(
                        Locale.ROOT,
                        "r%d-%d-%d-%s-%d",
                        RENDERER,
                        spec.count(),
                        spec.size(),
                        spec.views().name().toLowerCase(Locale.ROOT),
                        spec.seed());
        if (spec.style() != ClockStyle.SCENE) {
            name += "-" + spec.style();
        }
        return cache.resolve("clocks").resolve(name);
    }

    /// The set that is kept, or null where it is not there as it was written.
    private static @Nullable ClockDataset read(Path folder) {
        try {
            boolean whole =
                    Files.isRegularFile(folder.resolve(SUMS))
                            && Files.readString(folder.resolve(SUMS)).equals(sums(folder));
            return whole ? ClockDataset.read(folder) : null;
        } catch (IOException | DataException _) {
            return null;
        }
    }

    private static String sums(Path folder) throws IOException {
        var text = new StringBuilder();
        for (String name : ARRAYS) {
            try (var in =
                    new CheckedInputStream(
                            Files.newInputStream(folder.resolve(name)), new CRC32C())) {
                byte[] chunk = new byte[1 << 16];
                while (in.read(chunk) >= 0) {
                    // The stream keeps the sum.
                }
                text.append("%s %08x%n".formatted(name, in.getChecksum().getValue()));
            }
        }
        return text.toString();
    }

    /// Temporary files of runs that were killed; whoever has the lock is the only one who writes here.
    private static void removeLeftovers(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder, "*.{tmp,new}")) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }
}
