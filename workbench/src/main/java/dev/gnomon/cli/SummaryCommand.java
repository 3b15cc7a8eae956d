package dev.gnomon.cli;

import dev.gnomon.check.ConfigException;
import dev.gnomon.file.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

    @Override
    public Integer call() {
        if (batchSize < 1) {
            throw new ConfigException("--batch-size must be at least 1, but is " + batchSize + ".");
        }
        var found = options.find(name, 0);
        try (var model = found.model()) {
            var figures = Json.object().put("parameters", model.countParams());
            output.line(model.summary().stripTrailing());
            if (plan) {
                found.compilePreset(1);
                var compiled = model.plan(batchSize);
                output.line(compiled.toString().stripTrailing());
                figures.put("predicted_peak_mb", compiled.peakBytes() / 1e6)
                        .put("gflop", compiled.flops() / 1e9);
            }
            output.figures(figures);
        }
        return 0;
    }
}
