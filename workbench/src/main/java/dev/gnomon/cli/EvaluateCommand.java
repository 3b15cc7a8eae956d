package dev.gnomon.cli;

import dev.gnomon.check.ConfigException;
import dev.gnomon.check.DataException;
import dev.gnomon.data.Dataset;
import dev.gnomon.file.Json;
import dev.gnomon.lint.Linter;
import dev.gnomon.model.Model;
import dev.gnomon.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `gnomon evaluate`.
@Command(
        name = "evaluate",
        description = "Computes loss and metrics of a model on data.",
        footer = {"", "Example: gnomon evaluate mnist.keras --data mnist --confusion"},
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
    private static final List<String> PARTS = List.of("train", "validation", "test", "all");
    private static final int WORST = 5;

    @Mixin private Output output;
    @Mixin private ModelOptions options;
    @Mixin private DataOptions data;

    @Parameters(paramLabel = "MODEL", description = "A model file.")
    private String name = "";

    @Option(
            names = "--part",
            paramLabel = "PART",
            description =
                    "train, validation or test, or all clocks of a set (default: what training did not see: the test part,"
                            + " else the validation part; all samples where it held out nothing, and all of another folder of"
                            + " clocks).")
    private @Nullable String part;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "Samples at a time (default: 128).")
    private int batchSize = 128;

    @Option(
            names = "--mirrored",
            description =
                    "Judge the average of what the model answers for each picture and for its mirror image"
                            + " (the loss then without penalties of weights).")
    private boolean mirrored;

    @Mixin private LookAgain lookAgain;

    @Option(names = "--confusion", description = "Print how often each class was taken for which.")
    private boolean confusion;

    @Override
    public Integer call() {
        if (part != null && !PARTS.contains(part)) {
            throw new ConfigException(
                    "--part must be one of train, validation, test, all, but is " + part + ".");
        }
        if (batchSize < 1) {
            throw new ConfigException("--batch-size must be at least 1, but is " + batchSize + ".");
        }
        var found = options.find(name, 0);
        try (var model = found.model()) {
            if (found.preset() == null && !ClockReading.isPossible(model)) {
                checkCompiled(model);
            }
            found.compilePreset(1);
            if (found.preset() != null) {
                output.progressLine(name + " is a preset with its first weights, not yet trained.");
            }
            if (mirrored) {
                MirroredModel.check(model);
            }
            if (lookAgain.isWanted(model, found.provenance())) {
                data.allowLarger();
            }
            evaluate(model, found.provenance(), data.asked(found.provenance()));
        }
        return 0;
    }

    /// What training did not see: of a folder of clocks that it did not train on, all.
    private static String unseen(DataOptions.Parts parts, JsonNode known) {
        boolean folder =
                parts.clocks("all") != null
                        && !parts.source().path("data").asString("").equals(DataOptions.CLOCKS);
        return folder && !known.path("data_sha256").asString("").equals(parts.train().sha256())
                ? "all"
                : parts.heldOut();
    }

    private void checkCompiled(Model model) {
        if (model.compiled() == null) {
            throw new ConfigException(
                    name + " holds no loss and no metrics, so there is nothing to evaluate by.");
        }
    }

    private void evaluate(Model model, JsonNode known, JsonNode asked) {
        String usual = known.path("data").isString() ? known.path("data").asString() : null;
        var parts = data.load(model, usual, asked, options.threads(), output);
        if (known.path("validation_split").asDouble(0) > 0
                && known.path("data_sha256").asString("").equals(parts.train().sha256())) {
            parts = parts.cut(known.path("validation_split").asDouble(0));
        }
        parts = parts.fitting(model);
        String which = part != null ? part : unseen(parts, known);
        var samples = parts.part(which);
        if (samples == null) {
            throw new DataException(
                    which.equals("all")
                            ? "--part all judges clocks that are not cut into parts, but these are no clocks. Name train,"
                                    + " validation or test."
                            : "The data have no " + which + " part.");
        }
        Linter.samples(model, samples).forEach(output::warn);
        var clocks = parts.clocks(which);
        var answers = new MirroredModel(model, batchSize);
        var averages = mirrored ? answers.predict(samples) : null;
        if (clocks == null) {
            checkCompiled(model);
        }
        boolean again = clocks != null && lookAgain.isWanted(model, known);
        ObjectNode figures = Json.object();
        if (model.compiled() != null
                && samples.targets().keySet().containsAll(model.outputNames())) {
            var logs =
                    averages != null
                            ? answers.evaluate(averages, samples)
                            : model.evaluate(samples, batchSize);
            figures = Output.figures(logs.values());
            output.line(
                    "%s part, %,d samples%s: %s"
                            .formatted(
                                    which,
                                    samples.size(),
                                    again ? ", one look at each" : "",
                                    EpochReport.text(logs)));
        }
        if (clocks != null && clocks.size() == samples.size()) {
            int looks = again ? ClockLooks.COUNT : 1;
            var reading =
                    again
                            ? ClockReading.of(
                                    new ClockLooks(model, batchSize)
                                            .read(clocks.detail())
                                            .outputs(),
                                    clocks)
                            : ClockReading.of(model, clocks, samples, batchSize);
            if (reading != null) {
                reading.put(figures);
                figures.put("looks", looks);
                output.line((again ? looks + " looks at each. " : "") + reading.text());
                var worst = reading.worst(WORST);
                if (!worst.isEmpty()) {
                    output.progressLine("Read worst, counted from 0: " + worst);
                }
            }
        }
        if (confusion) {
            var outputs = averages != null ? averages : model.predict(samples, batchSize);
            output.line(confusion(outputs, samples));
        }
        output.figures(figures);
    }

    /// Rows are the true classes, columns the predicted ones.
    private static String confusion(SequencedMap<String, Tensor> outputs, Dataset samples) {
        Tensor predicted = outputs.firstEntry().getValue();
        var labels = samples.targets().firstEntry();
        if (outputs.size() != 1
                || labels == null
                || predicted.shape().rank() != 2
                || predicted.shape().last() < 2) {
            throw new ConfigException(
                    "--confusion needs a model with one output of class probabilities.");
        }
        int classes = predicted.shape().last();
        int[][] counts = new int[classes][classes];
        for (int i = 0; i < samples.size(); i++) {
            counts[Classes.label(labels.getValue(), i, classes)][Classes.likeliest(predicted, i)]++;
        }
        var text = new StringBuilder("Confusion (rows: true class, columns: predicted)");
        for (int i = 0; i < classes; i++) {
            text.append(System.lineSeparator()).append(String.format(Locale.ROOT, "%4d:", i));
            for (int count : counts[i]) {
                text.append(String.format(Locale.ROOT, " %5d", count));
            }
        }
        return text.toString();
    }
}
