package dev.gnomon.cli;

import dev.gnomon.check.ConfigException;
import dev.gnomon.file.Json;
import dev.gnomon.model.FitBytes;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `gnomon summary`.
@Command(
        name = "summary",
        description = "Prints the layers of a model, or its compiled plan.",
        footer = {"", "Example: gnomon summary mnist_cnn --plan --batch-size 128"},
        mixinStandardHelpOptions = true)
final class SummaryCommand implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private ModelOptions options;

    @Parameters(paramLabel = "MODEL", description = "A preset or a model file.")
    private String name = "";

    @Option(
            names = "--plan",
            description = "Print the compiled plan: kernels, buffers, predicted bytes and FLOPs.")
    private boolean plan;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "The batch that the plan is for (default: 32).")
    private int batchSize = 32;

    @Option(
            names = "--samples",
            paramLabel = "N",
            description =
                    "How many samples are trained on; the last, smaller batch needs memory too (default: full batches only).")
    private @Nullable Integer samples;

    @Override
    public Integer call() {
        if (batchSize < 1) {
            throw new ConfigException("--batch-size must be at least 1, but is " + batchSize + ".");
        }
        if (samples != null && samples < 1) {
            throw new ConfigException("--samples must be at least 1, but is " + samples + ".");
        }
        var found = options.find(name, 0);
        try (var model = found.model()) {
            var figures = Json.object().put("parameters", model.countParams());
            output.line(model.summary().stripTrailing());
            if (plan) {
                found.compilePreset(1);
                var compiled = model.plan(batchSize);
                output.line(compiled.toString().stripTrailing());
                var bytes = model.fitBytes(samples == null ? batchSize : samples, batchSize);
                output.line(memory(bytes));
                figures.put("predicted_peak_mb", bytes.total() / 1e6)
                        .put("gflop", compiled.flops() / 1e9)
                        .set("predicted_bytes", json(bytes));
            }
            output.figures(figures);
        }
        return 0;
    }

    private String memory(FitBytes bytes) {
        return String.format(
                Locale.ROOT,
                "native memory of a fit: %.1f MB%n  parameters %.1f, optimizer state %.1f, workspace %.1f, scratch %.1f,"
                        + " last batch %.1f, batches %.1f MB",
                bytes.total() / 1e6,
                bytes.parameters() / 1e6,
                bytes.optimizerState() / 1e6,
                bytes.workspace() / 1e6,
                bytes.scratch() / 1e6,
                bytes.tail() / 1e6,
                bytes.batches() / 1e6);
    }

    private static ObjectNode json(FitBytes bytes) {
        return Json.object()
                .put("parameters", bytes.parameters())
                .put("optimizer_state", bytes.optimizerState())
                .put("workspace", bytes.workspace())
                .put("scratch", bytes.scratch())
                .put("tail_plan", bytes.tail())
                .put("batches", bytes.batches())
                .put("total", bytes.total());
    }
}
