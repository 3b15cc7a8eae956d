package dev.gnomon.cli;

import dev.gnomon.Gnomon;
import dev.gnomon.check.Check;
import dev.gnomon.check.ConfigException;
import dev.gnomon.data.Dataset;
import dev.gnomon.file.Json;
import dev.gnomon.loss.Losses;
import dev.gnomon.metric.Metric;
import dev.gnomon.metric.Metrics;
import dev.gnomon.model.Model;
import dev.gnomon.optimizer.BuiltIn;
import dev.gnomon.optimizer.LearningRate;
import dev.gnomon.optimizer.Optimizer;
import dev.gnomon.optimizer.Optimizers;
import dev.gnomon.preset.Preset;
import dev.gnomon.preset.Presets;
import dev.gnomon.train.Fit;
import dev.gnomon.train.History;
import dev.gnomon.train.TrainingState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
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
    private static final int PICTURES_SHOWN = 3;

    @Mixin private Output output;
    @Mixin private ModelOptions options;
    @Mixin private DataOptions data;
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
            names = "--optimizer",
            paramLabel = "NAME",
            description = "sgd, rmsprop, adagrad, adam or adamw.")
    private @Nullable String optimizer;

    @Option(names = "--learning-rate", paramLabel = "RATE", description = "A fixed learning rate.")
    private @Nullable Double learningRate;

    @Option(
            names = "--loss",
            paramLabel = "NAME",
            description = "The loss of every output, by Keras's name.")
    private @Nullable String loss;

    @Option(
            names = "--metrics",
            split = ",",
            paramLabel = "NAME",
            description = "Metrics by Keras's names.")
    private @Nullable List<String> metrics;

    @Option(names = "--no-shuffle", description = "Keep the samples in their order.")
    private boolean noShuffle;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The file to write (default: MODEL.keras in the current folder).")
    private @Nullable Path out;

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
    }

    @Override
    public Integer call() {
        later.check();
        options.check();
        check();
        if (list) {
            listPresets();
            return 0;
        }
        if (name == null) {
            throw new ConfigException(
                    "Name a model: a preset (gnomon train --list shows them) or a file.");
        }
        Path file = checkedFile(name);
        var found = options.find(name, seed);
        try (var model = found.model()) {
            train(prepare(found, model), file);
        }
        return 0;
    }

    private void check() {
        Check.config(
                epochs == null || epochs >= 1, "--epochs must be at least 1, but is %d.", epochs);
        Check.config(
                batchSize == null || batchSize >= 1,
                "--batch-size must be at least 1, but is %d.",
                batchSize);
        Check.config(
                validationSplit >= 0 && validationSplit < 1,
                "--validation-split must be at least 0 and below 1, but is %s.",
                validationSplit);
    }

    private void listPresets() {
        var figures = Json.object();
        var presets = figures.putArray("presets");
        for (var preset : Presets.all()) {
            output.line(
                    "%-14s %s (%s)".formatted(preset.name(), preset.description(), preset.data()));
            presets.add(preset.name());
        }
        output.figures(figures);
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
        if (out == null && !overwrite && Files.exists(file)) {
            throw new ConfigException(
                    file
                            + " is already there. Add --overwrite to replace it, or name another file with --out.");
        }
        OutputFiles.check("--out", file);
        if (log != null) {
            OutputFiles.check("--log", log);
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
        var parts = data.load(model, usual, known, options.threads(), output);
        compile(model, preset, wantedEpochs * Math.ceilDiv(trained(parts), wantedBatch));
        var provenance =
                parts.source()
                        .put("seed", seed)
                        .put("epochs", wantedEpochs)
                        .put("batch_size", wantedBatch)
                        .put("validation_split", validationSplit)
                        .put("data_sha256", parts.train().sha256())
                        .put("gnomon", Gnomon.version())
                        .put("jdk", Runtime.version().toString())
                        .put(
                                "system",
                                System.getProperty("os.name") + " " + System.getProperty("os.arch"))
                        .put("instructions", Machine.instructions())
                        .put("threads", options.threads())
                        .put("kernels", options.kernelsName());
        return new Run(model, preset, parts, provenance, wantedEpochs, wantedBatch);
    }

    private int trained(DataOptions.Parts parts) {
        return (int) Math.floor(parts.train().size() * (1 - validationSplit));
    }

    /// Settings of the preset or of the file, changed by what the options say.
    private void compile(Model model, @Nullable Preset preset, int steps) {
        var given = preset != null ? preset.settings().apply(Math.max(1, steps)) : model.compiled();
        boolean changed =
                optimizer != null || learningRate != null || loss != null || metrics != null;
        if (given != null && preset == null && !changed) {
            return;
        }
        if (given == null && loss == null) {
            throw new ConfigException(
                    "The model holds no settings to train with. Say --loss and, if you like, --optimizer and"
                            + " --metrics.");
        }
        Optimizer with =
                optimizer != null || given == null
                        ? Optimizers.byName(optimizer == null ? "adam" : optimizer)
                        : given.optimizer();
        if (learningRate != null) {
            if (!(with instanceof BuiltIn<?> builtIn)) {
                throw new ConfigException("--learning-rate: this optimizer keeps its own.");
            }
            with = builtIn.withLearningRate(LearningRate.of(learningRate));
        }
        var losses =
                loss != null || given == null
                        ? Losses.of(Losses.byName(loss == null ? "mse" : loss))
                        : given.losses();
        var measured =
                metrics != null
                        ? Metrics.of(metrics.stream().map(Metrics::byName).toArray(Metric[]::new))
                        : given == null ? Metrics.of() : given.metrics();
        var state = preset == null && given != null && optimizer == null ? model.state() : null;
        model.compile(with, losses, measured);
        if (state != null) {
            model.restore(goingOn(state));
        }
    }

    /// The state of a file's optimizer for another loss, metrics or learning rate.
    private TrainingState goingOn(TrainingState state) {
        var tensors = new LinkedHashMap<>(state.tensors());
        if (learningRate != null) {
            tensors.remove(TrainingState.LEARNING_RATE);
        }
        return new TrainingState(tensors, state.iteration(), seed, 0, 0);
    }

    private void train(Run run, Path file) {
        var model = run.model;
        output.progressLine(
                "Training %s: %,d parameters, %,d samples, %d epochs, batch %d, %d threads, seed %d"
                        .formatted(
                                model.name(),
                                model.countParams(),
                                run.train().size(),
                                run.epochs,
                                run.batchSize,
                                options.threads(),
                                seed));
        long start = System.nanoTime();
        History history;
        try (var listener = new EpochReport(output, run.epochs, log)) {
            history = model.fit(run.train(), fit(run, listener));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        ObjectNode test = test(run);
        ModelFiles.save(model, file, run.provenance);
        output.progressLine("Wrote " + file + " after %.1f s of training.".formatted(seconds));
        output.figures(figures(run, history, test, seconds, file));
    }

    private Fit fit(Run run, EpochReport listener) {
        var fit =
                Fit.epochs(run.epochs)
                        .withBatchSize(run.batchSize)
                        .withShuffle(!noShuffle)
                        .withSeed(seed)
                        .withListener(listener);
        var validation = run.parts.validation();
        return validationSplit > 0 || validation == null
                ? fit.withValidationSplit(validationSplit)
                : fit.withValidation(validation);
    }

    private @Nullable ObjectNode test(Run run) {
        var samples = run.parts.test();
        if (samples == null) {
            return null;
        }
        var logs = run.model.evaluate(samples, run.batchSize);
        var figures = Output.figures(logs.values());
        output.progressLine("Test: " + EpochReport.text(logs));
        var clocks = run.parts.clocks("test");
        if (clocks != null) {
            var reading = ClockReading.of(run.model, clocks, samples);
            if (reading != null) {
                reading.put(figures);
                output.progressLine(reading.text());
                output.progressLine(reading.pictures(PICTURES_SHOWN));
            }
        }
        return figures;
    }

    private ObjectNode figures(
            Run run, History history, @Nullable ObjectNode test, double seconds, Path file) {
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
        long samples = (long) trained(run.parts) * history.epochs().size();
        figures.put("seconds", seconds);
        figures.put("samples_per_second", samples / seconds);
        figures.put("parameters", run.model.countParams());
        figures.put("seed", seed);
        figures.put("threads", options.threads());
        figures.put("out", file.toString());
        return figures;
    }
}
