package dev.gnomon.cli;

import dev.gnomon.check.Check;
import dev.gnomon.file.Json;
import dev.gnomon.lint.Finding;
import dev.gnomon.lint.Linter;
import dev.gnomon.train.Fit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gnomon check`.
@Command(
        name = "check",
        description =
                "Looks for what is likely to be wrong with a model and its data, without training.",
        footer = {
            "",
            "Example: gnomon check mnist_cnn --data mnist",
            "Exit code 1 where something is found."
        },
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private ModelOptions options;
    @Mixin private DataOptions data;
    @Mixin private CompileOptions compiling;
    @Mixin private LintOptions lint;

    @Parameters(paramLabel = "MODEL", description = "A preset or a model file.")
    private String name = "";

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "The samples in a step (default: the preset's, or 32).")
    private @Nullable Integer batchSize;

    @Option(
            names = "--validation-split",
            paramLabel = "SHARE",
            description = "The share of the training samples, from the end, that is validated on.")
    private double validationSplit;

    @Option(names = "--no-shuffle", description = "Check for samples kept in their order.")
    private boolean noShuffle;

    @Override
    public Integer call() {
        Check.config(
                batchSize == null || batchSize >= 1,
                "--batch-size must be at least 1, but is %d.",
                batchSize);
        var found = options.find(name, 0);
        var preset = found.preset();
        int batch = batchSize != null ? batchSize : preset != null ? preset.batchSize() : 32;
        try (var model = found.model()) {
            var known = found.provenance();
            String usual =
                    preset != null
                            ? preset.data()
                            : known.path("data").isString() ? known.path("data").asString() : null;
            var parts = data.load(model, usual, known, options.threads(), output);
            compiling.compile(model, preset, 0, 1);
            var fit =
                    Fit.epochs(1)
                            .withBatchSize(batch)
                            .withShuffle(!noShuffle)
                            .withValidationSplit(validationSplit);
            var validation = parts.validation();
            if (validation != null && validationSplit == 0) {
                fit = fit.withValidation(validation);
            }
            return tell(Linter.probe(model, parts.fitting(model).train(), lint.without(fit)));
        }
    }

    private int tell(List<Finding> findings) {
        findings.forEach(finding -> output.line(finding.toString()));
        if (findings.isEmpty()) {
            output.line("Nothing found: the set-up looks right.");
        }
        var figures = Json.object();
        var list = figures.putArray("findings");
        findings.forEach(finding ->
                list.addObject()
                        .put("rule", finding.rule().id())
                        .put("sentence", finding.sentence()));
        output.figures(figures);
        return findings.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
