package dev.gnomon.cli;

import dev.gnomon.Gnomon;
import dev.gnomon.data.DataFolder;
import dev.gnomon.data.KnownDataSet;
import dev.gnomon.file.Json;
import dev.gnomon.kernel.onednn.OneDnnKernels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gnomon doctor`.
@Command(
        name = "doctor",
        description =
                "Says what Gnomon finds on this machine: JDK, cores, kernels, memory, data sets.",
        footer = {"", "Example: gnomon doctor"},
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    @Mixin private Output output;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "The folder of the known data sets.")
    private @Nullable Path dataDir;

    @Override
    public Integer call() {
        var figures = Json.object();
        var folder = DataFolder.resolve(dataDir);
        String trouble = Machine.nativeTrouble();
        int cores = Runtime.getRuntime().availableProcessors();
        line("Gnomon", Gnomon.version());
        line(
                "JDK",
                Runtime.version()
                        + ", "
                        + System.getProperty("java.vendor")
                        + ", "
                        + System.getProperty("java.home"));
        line("System", System.getProperty("os.name") + " on " + System.getProperty("os.arch"));
        line("Processor", Machine.processor() + ", " + cores + " cores");
        line(
                "Instructions",
                Machine.instructions().isEmpty()
                        ? "not told by this system"
                        : Machine.instructions());
        line(
                "Kernels",
                trouble == null
                        ? OneDnnKernels.description()
                        : "reference (plain Java, slow): " + trouble);
        if (trouble == null) {
            var rates = Rates.measure(cores);
            line("Precision", rates.advice());
            figures.put("float32_gflops", rates.float32() / 1e9)
                    .put("bfloat16_gflops", rates.bfloat16() / 1e9);
        }
        line("Memory", memory());
        line(
                "Data folder",
                folder.toAbsolutePath() + (Files.isDirectory(folder) ? "" : " (does not exist)"));
        figures.put("version", Gnomon.version())
                .put("jdk", Runtime.version().toString())
                .put("cores", cores)
                .put("instructions", Machine.instructions())
                .put("kernels", trouble == null ? "onednn" : "reference")
                .put("memory_gb", Machine.memoryGigabytes())
                .put("data_folder", folder.toAbsolutePath().toString());
        var sets = figures.putObject("data_sets");
        for (var set : KnownDataSet.all()) {
            line(
                    "  " + set.name(),
                    set.isIn(folder)
                            ? "there"
                            : "not there; gnomon data fetch %s brings it".formatted(set.name()));
            sets.put(set.name(), set.isIn(folder));
        }
        line("  clocks", "rendered when they are needed");
        output.figures(figures);
        return 0;
    }

    private void line(String what, String text) {
        output.line(String.format(Locale.ROOT, "%-16s %s", what, text));
    }

    private static String memory() {
        double heap = Runtime.getRuntime().maxMemory() / 1e9;
        double all = Machine.memoryGigabytes();
        return String.format(
                Locale.ROOT,
                "%s, Java heap up to %.1f GB",
                all < 0 ? "not told" : String.format(Locale.ROOT, "%.1f GB", all),
                heap);
    }
}
