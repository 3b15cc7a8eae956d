package dev.gnomon.cli;

import dev.gnomon.data.DataFetch;
import dev.gnomon.data.DataFolder;
import dev.gnomon.data.FileCheck;
import dev.gnomon.data.KnownDataSet;
import dev.gnomon.file.Json;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gnomon data fetch`.
@Command(
        name = "fetch",
        description =
                "Downloads a known data set into the data folder, and checks it. What broke off is taken up again.",
        footer = {"", "Example: gnomon data fetch mnist"},
        mixinStandardHelpOptions = true)
final class FetchCommand implements Callable<Integer> {
    @Mixin private Output output;

    @Parameters(paramLabel = "NAME", description = "A data set; gnomon data list shows them.")
    private String name = "";

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "The folder of the known data sets.")
    private @Nullable Path dataDir;

    @Option(
            names = "--source",
            paramLabel = "URL",
            description =
                    "Another address to fetch from, such as http://mirror/mnist/; the files must be the same.")
    private @Nullable List<String> sources;

    /// A bar for each file.
    private final class Bars implements DataFetch.Listener, AutoCloseable {
        private Progress progress = Progress.silent();
        private @Nullable Path shown;
        private long total;
        private long fetched;

        @Override
        public void progress(Path file, long done, long bytes) {
            if (!file.equals(shown) || bytes != total) {
                progress.close();
                shown = file;
                total = bytes;
                progress =
                        bytes < 0
                                ? Progress.silent()
                                : output.progress(String.valueOf(file.getFileName()), bytes);
            }
            fetched = Math.max(fetched, done);
            progress.done(done, "");
        }

        @Override
        public void close() {
            progress.close();
        }
    }

    @Override
    public Integer call() {
        var set = KnownDataSet.named(name);
        if (sources != null) {
            set = set.withSources(sources);
        }
        var folder = DataFolder.resolve(dataDir);
        OutputFiles.makeFolder("--data-dir", folder);
        long start = System.nanoTime();
        List<FileCheck> checks;
        boolean anything;
        try (var bars = new Bars()) {
            checks = DataFetch.fetch(set, folder, bars);
            anything = bars.fetched > 0;
        } catch (UncheckedIOException e) {
            throw new UncheckedIOException(
                    e.getMessage()
                            + " Try again later, name another server with --source, or put the files into "
                            + set.folder(folder)
                            + " by hand.",
                    e.getCause());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        checks.forEach(check -> output.line(check.toString()));
        output.progressLine(
                anything
                        ? String.format(
                                Locale.ROOT, "%s is there after %.1f s.", set.title(), seconds)
                        : set.title() + " was there already.");
        boolean right = checks.stream().allMatch(FileCheck::isRight);
        if (right && anything) {
            set.load(folder); // sizes and labels, too, must be as they should be
        }
        var figures =
                Json.object()
                        .put("name", set.name())
                        .put("folder", set.folder(folder).toAbsolutePath().toString())
                        .put("fetched", anything)
                        .put("right", right)
                        .put("seconds", seconds);
        var files = figures.putArray("files");
        checks.forEach(check -> files.add(check.file().toString()));
        output.figures(figures);
        return right ? 0 : 1;
    }
}
