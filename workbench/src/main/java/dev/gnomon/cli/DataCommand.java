package dev.gnomon.cli;

import dev.gnomon.check.ConfigException;
import dev.gnomon.data.ClockDataset;
import dev.gnomon.data.DataFolder;
import dev.gnomon.data.FileCheck;
import dev.gnomon.data.KnownDataSet;
import dev.gnomon.data.clock.ClockSpec;
import dev.gnomon.data.clock.ClockStyle;
import dev.gnomon.data.clock.Views;
import dev.gnomon.file.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gnomon data`.
@Command(
        name = "data",
        description = "Lists, fetches and checks the known data sets, and renders clocks.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example: gnomon data verify mnist"},
        subcommands = {
            DataCommand.ListSets.class,
            DataCommand.Verify.class,
            FetchCommand.class,
            DataCommand.RenderClocks.class
        },
        mixinStandardHelpOptions = true)
final class DataCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Name a command: list, verify, fetch or render-clocks.");
    }

    /// `gnomon data list`.
    @Command(
            name = "list",
            description = "The known data sets with source, licence and SHA-256.",
            footer = {"", "Example: gnomon data list"},
            mixinStandardHelpOptions = true)
    static final class ListSets implements Callable<Integer> {
        @Mixin private Output output;

        @Option(
                names = "--data-dir",
                paramLabel = "DIR",
                description = "The folder of the known data sets.")
        private @Nullable Path dataDir;

        @Override
        public Integer call() {
            var folder = DataFolder.resolve(dataDir);
            var figures = Json.object().put("data_folder", folder.toAbsolutePath().toString());
            var sets = figures.putArray("data_sets");
            for (var set : KnownDataSet.all()) {
                boolean there = set.isIn(folder);
                output.line(
                        "%s: %s%n  source   %s%n  licence  %s%n  folder   %s, %s"
                                .formatted(
                                        set.name(),
                                        set.title(),
                                        set.sources().getFirst(),
                                        set.licence(),
                                        set.folder(folder).toAbsolutePath(),
                                        there ? "there" : "not there"));
                set.files()
                        .forEach(file ->
                                output.line(
                                        "  %s  %s"
                                                .formatted(
                                                        file.sha256() == null
                                                                ? "no SHA-256 is known; "
                                                                        + file.bytes()
                                                                        + " bytes"
                                                                : file.sha256(),
                                                        file.name())));
                sets.addObject()
                        .put("name", set.name())
                        .put("there", there)
                        .put("source", set.sources().getFirst());
            }
            output.line("clocks: rendered when they are needed, or by gnomon data render-clocks");
            output.figures(figures);
            return 0;
        }
    }

    /// `gnomon data verify`.
    @Command(
            name = "verify",
            description = "Checks the files of one or all known data sets by their SHA-256.",
            footer = {"", "Example: gnomon data verify mnist"},
            mixinStandardHelpOptions = true)
    static final class Verify implements Callable<Integer> {
        @Mixin private Output output;

        @Parameters(
                arity = "0..1",
                paramLabel = "NAME",
                description = "A data set; all by default.")
        private @Nullable String name;

        @Option(
                names = "--data-dir",
                paramLabel = "DIR",
                description = "The folder of the known data sets.")
        private @Nullable Path dataDir;

        @Override
        public Integer call() {
            List<KnownDataSet> sets =
                    name == null ? KnownDataSet.all() : List.of(KnownDataSet.named(name));
            boolean allRight = true;
            var figures = Json.object();
            for (var set : sets) {
                List<FileCheck> checks = set.verify(DataFolder.resolve(dataDir));
                checks.forEach(check -> output.line(check.toString()));
                boolean right = checks.stream().allMatch(FileCheck::isRight);
                figures.put(set.name(), right);
                allRight &= right;
            }
            output.figures(figures);
            return allRight ? 0 : 1;
        }
    }

    /// `gnomon data render-clocks`.
    @Command(
            name = "render-clocks",
            description = "Renders clocks into images.npy, labels.npy and points.npy.",
            footer = {
                "",
                "Example: gnomon data render-clocks --count 18000 --size 75 --seed 1 --out clocks"
            },
            mixinStandardHelpOptions = true)
    static final class RenderClocks implements Callable<Integer> {
        @Mixin private Output output;

        @Option(
                names = "--count",
                paramLabel = "N",
                description = "How many pictures (default: 18000).")
        private int count = 18_000;

        @Option(
                names = "--size",
                paramLabel = "PIXELS",
                description = "Width and height (default: 75).")
        private int size = 75;

        @Option(
                names = "--seed",
                paramLabel = "SEED",
                description = "The seed of all draws (default: 1).")
        private long seed = 1;

        @Option(
                names = "--views",
                paramLabel = "VIEWS",
                description = "upright, any, or mixed (default: upright).")
        private Views views = Views.UPRIGHT;

        @Option(
                names = "--style",
                paramLabel = "STYLE",
                description = "scene, any or held-out (default: scene).")
        private ClockStyle style = ClockStyle.SCENE;

        @Option(
                names = "--threads",
                paramLabel = "N",
                description = "How many threads render; all processors by default.")
        private int threads = Runtime.getRuntime().availableProcessors();

        @Option(
                names = "--out",
                required = true,
                paramLabel = "DIR",
                description = "The folder to write into.")
        private Path out = Path.of("");

        @Option(names = "--overwrite", description = "Replace clocks that are there already.")
        private boolean overwrite;

        @Override
        public Integer call() {
            if (threads < 1) {
                throw new ConfigException("--threads must be at least 1, but is " + threads + ".");
            }
            var spec = new ClockSpec(count, size, views, seed, style);
            if (!overwrite && ClockDataset.isAnyIn(out)) {
                throw new ConfigException(
                        out
                                + " holds clocks already. Add --overwrite to replace them, or name another folder with"
                                + " --out.");
            }
            OutputFiles.makeFolder("--out", out);
            long start = System.nanoTime();
            try (var progress = output.progress("Rendering clocks", count)) {
                ClockDataset.render(spec, out, threads, done -> progress.done(done, ""));
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            output.progressLine(
                    String.format(
                            Locale.ROOT, "Wrote %,d clocks to %s in %.1f s.", count, out, seconds));
            output.figures(
                    Json.object()
                            .put("count", count)
                            .put("size", size)
                            .put("seed", seed)
                            .put("out", out.toString())
                            .put("seconds", seconds));
            return 0;
        }
    }
}
