package dev.gnomon.cli;

import dev.gnomon.Gnomon;
import dev.gnomon.check.Check;
import dev.gnomon.check.ConfigException;
import dev.gnomon.check.DataException;
import dev.gnomon.data.ClockDataset;
import dev.gnomon.data.Dataset;
import dev.gnomon.file.Json;
import dev.gnomon.model.Model;
import dev.gnomon.plan.Plan;
import dev.gnomon.plan.Precision;
import dev.gnomon.preset.Preset;
import dev.gnomon.preset.Presets;
import dev.gnomon.train.CSVLogger;
import dev.gnomon.train.EarlyStopping;
import dev.gnomon.train.Fit;
import dev.gnomon.train.History;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `gnomon train`.
@Command(
        name = "train",
        description = "Trains a preset or a model file and writes the model.",
        footer = {
            "",
            "Example: gnomon train mnist_cnn --data mnist --epochs 12 --out mnist.keras",
            "A model file trains on with the settings and the optimizer state it holds, unless an option says otherwise."
        },
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    /// What shells call a process that Ctrl-C has ended.
    private static final int INTERRUPTED = 130;

    @Mixin private Output output;
    @Mixin private ModelOptions options;
    @Mixin private DataOptions data;
    @Mixin private CompileOptions compiling;
    @Mixin private Checkpoint checkpoint;
    @Mixin private LintOptions lint;
    @Mixin private LaterOptions later;

    @Parameters(
            arity = "0..1",
            paramLabel = "MODEL",
            description = "A preset (see --list) or a model file.")
    private @Nullable String name;

    @Option(names = "--list", description = "List the presets.")
    private boolean list;

    @Option(names = "--epochs", paramLabel = "N", description = "How often all samples are seen.")
    private @Nullable Integer epochs;

    @Option(names = "--batch-size", paramLabel = "N", description = "Samples in a step.")
    private @Nullable Integer batchSize;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            description = "The seed of first weights, shuffling and dropout (default: 1).")
    private long seed = 1;

    @Option(
            names = "--validation-split",
            paramLabel = "SHARE",
            description = "The share of the training samples, from the end, that is validated on.")
    private double validationSplit;

    @Option(
            names = "--early-stopping",
            paramLabel = "N",
            description =
                    "End when the validation loss (without validation: the loss) has not improved for N epochs, and"
                            + " keep the best weights.")
    private @Nullable Integer earlyStopping;

    @Option(
            names = "--test-each-epoch",
            description =
                    "Test after each epoch as after the last: history has test_accuracy and so on. Times leave the tests"
                            + " out.")
    private boolean testEachEpoch;

    @Option(names = "--no-shuffle", description = "Keep the samples in their order.")
    private boolean noShuffle;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The file to write (default: MODEL.keras in the current folder).")
    private @Nullable Path out;

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description =
                    "Begin with the weights of a model file with the same layers, and not with first ones.")
    private @Nullable Path weights;

    @Option(
            names = "--no-optimizer",
            description =
                    "Write the network alone: a third of the size with Adam, but a later training begins without the"
                            + " optimizer's state.")
    private boolean noOptimizer;

    @Option(names = "--overwrite", description = "Replace MODEL.keras where there is one.")
    private boolean overwrite;

    @Option(names = "--log", paramLabel = "FILE.csv", description = "Write a line for each epoch.")
    private @Nullable Path log;

    /// Everything that is known before the first step.
    private record Run(
            Model model,
            @Nullable Preset preset,
            DataOptions.Parts parts,
            ObjectNode provenance,
            int epochs,
            int batchSize) {
        Dataset train() {
            return parts.train();
        }

        /// What is trained on: with the random changes that the preset wants.
        Dataset augmented() {
            return preset == null ? train() : preset.augmented(train());
        }

        TestPart test() {
            return new TestPart(model, parts, batchSize);
        }
    }

    @Override
    public Integer call() {
        later.check();
        options.check();
        check();
        if (list) {
            PresetList.show(output);
            return 0;
        }
        if (name == null) {
            throw new ConfigException(
                    "Name a model: a preset (gnomon train --list shows them) or a file.");
        }
        Path file = checkedFile(name);
        var found = options.find(name, seed);
        tellOfPrecision(found.model());
        try (var model = found.model();
                var _ = RunLock.of(Checkpoint.of(file))) {
            if (weights != null) {
                ModelFiles.takeWeights(weights, model);
            }
            return train(prepare(found, model), file);
        }
    }

    private void tellOfPrecision(Model model) {
        if (model.precision() == Precision.MIXED_BFLOAT16
                && options.kernels() == Plan.Kernels.ONEDNN) {
            var rates = Rates.measure(options.threads());
            if (!rates.mixedPrecisionPays()) {
                output.progressLine(rates.advice());
            }
        }
    }

    private void check() {
        Check.config(
                epochs == null || epochs >= 1, "--epochs must be at least 1, but is %d.", epochs);
        Check.config(
                batchSize == null || batchSize >= 1,
                "--batch-size must be at least 1, but is %d.",
                batchSize);
        Check.config(
                earlyStopping == null || earlyStopping >= 0,
                "--early-stopping must be at least 0 epochs, but is %d.",
                earlyStopping);
        Check.config(
                validationSplit >= 0 && validationSplit < 1,
                "--validation-split must be at least 0 and below 1, but is %s.",
                validationSplit);
    }

    private Path checkedFile(String model) {
        if (Presets.find(model) == null && !Files.isRegularFile(Path.of(model))) {
            throw ModelOptions.unknown(model);
        }
        String base =
                String.valueOf(Path.of(model).getFileName())
                        .replaceFirst("\\.(keras|h5|weights\\.h5)$", "");
        Path file = out == null ? Path.of(base + ".keras") : out;
        if (!file.toString().endsWith(".keras")) {
            throw new ConfigException("--out must name a .keras file, but is " + file + ".");
        }
        if (out == null && !overwrite && !checkpoint.resume() && Files.exists(file)) {
            throw new ConfigException(
                    file
                            + " is already there. Add --overwrite to replace it, or name another file with --out.");
        }
        OutputFiles.check("--out", file);
        checkpoint.check(file, overwrite);
        Checkpoint.checkInput(model, file);
        if (log != null) {
            OutputFiles.check("--log", log);
            OutputFiles.checkLog(log, file);
        }
        return file;
    }

    private Run prepare(ModelOptions.Found found, Model model) {
        var preset = found.preset();
        var known = found.provenance();
        int wantedEpochs =
                epochs != null
                        ? epochs
                        : preset != null ? preset.epochs() : known.path("epochs").asInt(10);
        int wantedBatch =
                batchSize != null
                        ? batchSize
                        : preset != null ? preset.batchSize() : known.path("batch_size").asInt(32);
        String usual =
                preset != null
                        ? preset.data()
                        : known.path("data").isString() ? known.path("data").asString() : null;
        var parts = data.load(model, usual, known, options.threads(), output, wantedEpochs);
        checkPoints(model, parts);
        compiling.compile(
                model, preset, seed, wantedEpochs * Math.ceilDiv(trained(parts), wantedBatch));
        Check.config(
                !testEachEpoch || parts.test() != null,
                "--test-each-epoch: the data have no test part. Leave it out, or hold a part out with --validation-split.");
        boolean fresh = parts.source().path("fresh").asBoolean(false);
        Check.config(
                validationSplit == 0 || !fresh,
                "--validation-split: fresh clocks have a validation part of their own. Leave it out.");
        String sha256 = fresh ? "" : parts.train().sha256();
        parts = parts.fitting(model);
        var provenance =
                provenance(parts, model)
                        .put("epochs", wantedEpochs)
                        .put("batch_size", wantedBatch)
                        .put("data_sha256", sha256);
        return new Run(model, preset, parts, provenance, wantedEpochs, wantedBatch);
    }

    private static void checkPoints(Model model, DataOptions.Parts parts) {
        var clocks = parts.clocks("train");
        if (clocks != null
                && !clocks.hasPoints()
                && model.outputNames().contains(ClockDataset.POINTS)) {
            throw new DataException(
                    "The output \"points\" learns where centre, numerals and tips are, but these pictures come"
                            + " without points.npy. Use rendered clocks, or a model without that output.");
        }
    }

    private ObjectNode provenance(DataOptions.Parts parts, Model model) {
        var settings = Objects.requireNonNull(model.compiled(), "compiled");
        ObjectNode provenance =
                parts.source()
                        .put("seed", seed)
                        .put("model", model.name())
                        .put("validation_split", validationSplit)
                        .put("shuffle", !noShuffle)
                        .put("early_stopping", earlyStopping == null ? -1 : earlyStopping)
                        .put("optimizer", settings.optimizer().toString())
                        .put("losses", settings.losses().toString())
                        .put("metrics", settings.metrics().toString())
                        .put("gnomon", Gnomon.version())
                        .put("jdk", Runtime.version().toString())
                        .put(
                                "system",
                                System.getProperty("os.name") + " " + System.getProperty("os.arch"))
                        .put("instructions", Machine.instructions())
                        .put("threads", options.threads())
                        .put("kernels", options.kernelsName())
                        .put("precision", model.precision().policy());
        if (testEachEpoch) {
            provenance.put("test_each_epoch", true);
        }
        if (weights != null) {
            provenance.put("weights", weights.toString());
        }
        return provenance;
    }

    private int trained(DataOptions.Parts parts) {
        return (int) Math.floor(parts.samplesOfEpoch() * (1 - validationSplit));
    }

    private int train(Run run, Path file) {
        var model = run.model;
        output.progressLine(
                "Training %s: %,d parameters, %,d samples, %d epochs, batch %d, %d threads, seed %d"
                        .formatted(
                                model.name(),
                                model.countParams(),
                                run.parts.samplesOfEpoch(),
                                run.epochs,
                                run.batchSize,
                                options.threads(),
                                seed));
        ModelFiles.put(run.provenance, model);
        Path before = checkpoint.found(file);
        if (before != null) {
            checkpoint.takeUp(before, file, model, run.provenance, output);
        } else {
            Checkpoint.delete(file);
            if (checkpoint.resume()) {
                output.progressLine("There is no run to go on with; this one begins.");
            }
        }
        long start = System.nanoTime();
        try (var interruption = new Interruption()) {
            History history;
            var report = new EpochReport(output);
            try (report) {
                history = model.fit(run.augmented(), fit(run, report, file));
            }
            double seconds = (System.nanoTime() - start) / 1e9 - report.secondsOfTests();
            boolean atEnd =
                    history.stopped() != null || model.stateWithoutTensors().epoch() >= run.epochs;
            if (interruption.happened() && !atEnd) {
                output.line(
                        "Interrupted. The run is kept in "
                                + Checkpoint.of(file)
                                + "; the same command with --resume goes on with it.");
                var figures = figures(run, history, report, null, seconds);
                output.figures(figures.put("checkpoint", Checkpoint.of(file).toString()));
                return INTERRUPTED;
            }
            if (history.stopped() != null) {
                output.progressLine("Stopped: " + history.stopped() + ".");
            }
            save(model, file);
            Checkpoint.delete(file);
            var test = run.test().told(output);
            output.progressLine("Wrote " + file + " after %.1f s of training.".formatted(seconds));
            var figures = figures(run, history, report, test, seconds);
            output.figures(figures.put("out", file.toString()));
        }
        return 0;
    }

    private void save(Model model, Path file) {
        try {
            (noOptimizer ? model.uncompiled() : model).save(file);
        } catch (UncheckedIOException e) {
            throw new UncheckedIOException(
                    e.getMessage()
                            + " The trained run is kept in "
                            + Checkpoint.of(file)
                            + "; the same command with --resume writes it.",
                    e.getCause());
        }
    }

    private Fit fit(Run run, EpochReport report, Path file) {
        var fit =
                Fit.epochs(run.epochs)
                        .withBatchSize(run.batchSize)
                        .withShuffle(!noShuffle)
                        .withSeed(seed)
                        .withCallbacks(checkpoint.settings(file));
        if (run.parts.epochs() > 1) {
            fit = fit.withStepsPerEpoch(Math.ceilDiv(run.parts.samplesOfEpoch(), run.batchSize));
        }
        if (testEachEpoch) {
            fit = fit.withCallbacks(new EpochTests(run.test(), report));
        }
        fit = fit.withCallbacks(report);
        if (log != null) {
            fit = fit.withCallbacks(new CSVLogger(log));
        }
        var validation = run.parts.validation();
        boolean validated = validationSplit > 0 || validation != null;
        if (earlyStopping != null) {
            fit =
                    fit.withCallbacks(
                            new EarlyStopping()
                                    .withMonitor(validated ? "val_loss" : "loss")
                                    .withPatience(earlyStopping)
                                    .withRestoreBestWeights(true));
        }
        fit =
                validationSplit > 0 || validation == null
                        ? fit.withValidationSplit(validationSplit)
                        : fit.withValidation(validation);
        return lint.watched(fit, run.model, run.train(), output);
    }

    private ObjectNode figures(
            Run run,
            History history,
            EpochReport report,
            @Nullable ObjectNode test,
            double seconds) {
        var figures = Json.object();
        var series = figures.putObject("history");
        history.series()
                .forEach((key, values) -> {
                    var array = series.putArray(key);
                    values.forEach(value -> {
                        if (Double.isFinite(value)) {
                            array.add(value);
                        } else {
                            array.addNull();
                        }
                    });
                });
        if (test != null) {
            figures.set("test", test);
        }
        int perEpoch = trained(run.parts);
        double epochsHere = (double) report.batches() / Math.ceilDiv(perEpoch, run.batchSize);
        figures.put("seconds", seconds);
        var perEpochSeconds = figures.putArray("epoch_seconds");
        report.epochSeconds().forEach(perEpochSeconds::add);
        if (testEachEpoch) {
            figures.put("epoch_tests_seconds", report.secondsOfTests());
        }
        figures.put("samples_per_second", perEpoch * epochsHere / seconds);
        if (history.stopped() != null) {
            figures.put("stopped", history.stopped());
        }
        figures.put("parameters", run.model.countParams());
        figures.put("seed", seed);
        figures.put("threads", options.threads());
        return figures;
    }
}
