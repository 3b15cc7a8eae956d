package dev.gnomon.cli;

import dev.gnomon.check.ConfigException;
import dev.gnomon.file.Json;
import dev.gnomon.plan.Plan;
import dev.gnomon.study.ResultsFile;
import dev.gnomon.study.Scale;
import dev.gnomon.study.Study;
import dev.gnomon.study.StudyRun;
import dev.gnomon.study.StudySettings;
import dev.gnomon.study.clock.TellTheTime;
import dev.gnomon.study.permuted.PermutedPixels;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gnomon study`.
@Command(
        name = "study",
        description = "Answers a question by many trainings, and writes a report on it.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example: gnomon study run tell-the-time --quick"},
        subcommands = {StudyCommand.ListStudies.class, StudyCommand.Run.class},
        mixinStandardHelpOptions = true)
final class StudyCommand implements Runnable {
    private static final int INTERRUPTED = 130;
    private static final int MOST_PAGES = 10;

    @Spec private CommandSpec spec;

    /// The studies that there are.
    ///
    /// @param name by which it is called
    /// @param description what it asks, in a line
    /// @param seeds how many there are unless told otherwise
    /// @param open makes it
    private record Known(
            String name,
            String description,
            ToIntFunction<Scale> seeds,
            Function<StudySettings, Study> open) {}

    private static final List<Known> STUDIES =
            List.of(
                    new Known(
                            TellTheTime.NAME,
                            "in which form should a network tell the time? Classes, numbers, angles, on pictures of a clock",
                            TellTheTime::usualSeeds,
                            TellTheTime::new),
                    new Known(
                            PermutedPixels.NAME,
                            "does a random order of the pixels hurt an MLP less than a CNN? MNIST, Fashion-MNIST and CIFAR-10",
                            PermutedPixels::usualSeeds,
                            PermutedPixels::new));

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Name what to do: study list, or study run NAME.");
    }

    @Command(
            name = "list",
            description = "Lists the studies.",
            footer = {"", "Example: gnomon study list"},
            mixinStandardHelpOptions = true)
    static final class ListStudies implements Callable<Integer> {
        @Mixin private Output output;

        @Override
        public Integer call() {
            var figures = Json.object();
            var all = figures.putArray("studies");
            for (Known study : STUDIES) {
                output.line(String.format(Locale.ROOT, "%-16s %s", study.name, study.description));
                all.addObject().put("name", study.name).put("description", study.description);
            }
            output.figures(figures);
            return 0;
        }
    }

    @Command(
            name = "run",
            description =
                    "Runs a study and writes report.html, report.pdf, its results and figures.",
            footer = {
                "",
                "Example: gnomon study run tell-the-time --quick --out clocks",
                "A run that was stopped goes on with --resume and ends with the same report, times aside,",
                "on the same kind of processor."
            },
            mixinStandardHelpOptions = true)
    static final class Run implements Callable<Integer> {
        @Mixin private Output output;

        @Parameters(paramLabel = "NAME", description = "The study (see gnomon study list).")
        private String name;

        @Option(
                names = "--quick",
                description = "A first look in a few minutes: little data, short trainings.")
        private boolean quick;

        @Option(
                names = "--full",
                description = "All of it, however long it takes (default: what fits an hour).")
        private boolean full;

        @Option(
                names = "--seeds",
                paramLabel = "N",
                description = "With how many seeds each training is repeated.")
        private @Nullable Integer seeds;

        @Option(
                names = "--data",
                paramLabel = "DIR",
                description =
                        "tell-the-time: a folder with images.npy (uint8, n×150×150 or n×75×75) and labels.npy (hour, minute)"
                                + " instead of rendered clocks.")
        private @Nullable Path data;

        @Option(
                names = "--data-dir",
                paramLabel = "DIR",
                description =
                        "The folder of the known data sets; else GNOMON_DATA, else the user's cache folder.")
        private @Nullable Path dataFolder;

        @Option(
                names = "--threads",
                paramLabel = "N",
                description = "How many threads train (default: all cores).")
        private int threads = Runtime.getRuntime().availableProcessors();

        @Option(
                names = "--out",
                paramLabel = "DIR",
                description = "The folder for all files (default: study-NAME).")
        private @Nullable Path out;

        @Option(names = "--resume", description = "Go on with the run in the folder.")
        private boolean resume;

        @Option(names = "--overwrite", description = "Begin anew where there is a run.")
        private boolean overwrite;

        @Override
        public Integer call() {
            if (quick && full) {
                throw new ConfigException("Give --quick or --full, not both.");
            }
            if (resume && overwrite) {
                throw new ConfigException("Give --resume or --overwrite, not both.");
            }
            if (threads < 1) {
                throw new ConfigException("--threads must be at least 1, but is " + threads + ".");
            }
            Known known = known(name);
            Scale scale = quick ? Scale.QUICK : full ? Scale.FULL : Scale.DEFAULT;
            int repeats = seeds == null ? known.seeds.applyAsInt(scale) : seeds;
            var settings = new StudySettings(scale, repeats, data, dataFolder, threads, kernels());
            Study study = known.open.apply(settings);
            Path folder = out == null ? Path.of("study-" + name) : out;
            OutputFiles.makeFolder("--out", folder);
            try (var _ = RunLock.of(ResultsFile.in(folder))) {
                begin(folder);
                return run(new StudyRun(name, study, settings, folder), study, folder);
            }
        }

        private Plan.Kernels kernels() {
            String trouble = Machine.nativeTrouble();
            if (trouble != null) {
                output.progressLine("The slow reference kernels are used: " + trouble);
            }
            return trouble == null ? Plan.Kernels.ONEDNN : Plan.Kernels.REFERENCE;
        }

        private static Known known(String name) {
            return STUDIES.stream()
                    .filter(study -> study.name.equals(name))
                    .findFirst()
                    .orElseThrow(() ->
                            new ConfigException(
                                    "There is no study \""
                                            + name
                                            + "\"; there are "
                                            + String.join(
                                                    ", ",
                                                    STUDIES.stream().map(Known::name).toList())
                                            + "."));
        }

        private void begin(Path folder) {
            boolean begun = StudyRun.isIn(folder);
            if (resume) {
                if (!begun) {
                    output.progressLine("There is no run to go on with; this one begins.");
                }
            } else if (begun && overwrite) {
                StudyRun.clear(folder);
            } else if (begun) {
                throw new ConfigException(
                        folder
                                + " holds a run or a report already. Add --resume to go on with it, --overwrite to begin anew, or name"
                                + " another folder with --out.");
            }
        }

        private int run(StudyRun run, Study study, Path folder) {
            long start = System.nanoTime();
            int before = run.results().size();
            if (before > 0) {
                output.progressLine(
                        "Going on after " + before + (before == 1 ? " training." : " trainings."));
            }
            int pages;
            try (var interruption = new Interruption();
                    var progress = new StudyProgress(output)) {
                boolean done = run.run(progress);
                if (!done && interruption.happened()) {
                    output.line(
                            "Interrupted. The run is kept in "
                                    + folder
                                    + "; the same command with --resume goes on with it.");
                    output.figures(
                            Json.object()
                                    .put("rows", run.results().size())
                                    .put("seconds", (System.nanoTime() - start) / 1e9));
                    return INTERRUPTED;
                }
                pages = run.writeReport();
            }
            if (pages > MOST_PAGES) {
                output.line(
                        "The report has %d pages; %d are allowed.".formatted(pages, MOST_PAGES));
            }
            var best = study.best(run.results());
            double seconds = (System.nanoTime() - start) / 1e9;
            Path report = folder.resolve("report.html");
            output.line(
                    String.format(
                            Locale.ROOT,
                            "Best on the validation part: %s, %s %s",
                            best.id(),
                            study.objective(),
                            StudyProgress.number(best.figure(study.objective()))));
            output.line(
                    String.format(
                            Locale.ROOT,
                            "Wrote %s and report.pdf (%d pages) on %d trainings, %d of them now, in %.0f s.",
                            report,
                            pages,
                            run.results().size(),
                            run.results().size() - before,
                            seconds));
            var figures =
                    Json.object()
                            .put("report", report.toString())
                            .put("pdf", folder.resolve("report.pdf").toString())
                            .put("pages", pages)
                            .put("seconds", seconds)
                            .put("rows", run.results().size());
            var bestNode = figures.putObject("best");
            best.factors().forEach(bestNode::put);
            bestNode.setAll(Output.figures(best.figures()));
            output.figures(figures);
            return 0;
        }
    }
}
