package dev.gnomon.cli;

import dev.gnomon.check.ConfigException;
import dev.gnomon.loss.Losses;
import dev.gnomon.metric.Metric;
import dev.gnomon.metric.Metrics;
import dev.gnomon.model.Model;
import dev.gnomon.optimizer.BuiltIn;
import dev.gnomon.optimizer.LearningRate;
import dev.gnomon.optimizer.Optimizer;
import dev.gnomon.optimizer.Optimizers;
import dev.gnomon.preset.Preset;
import dev.gnomon.train.TrainingState;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What `train` can be told of optimizer, loss and metrics.
final class CompileOptions {
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

    /// Settings of the preset or of the file, changed by what the options say.
    ///
    /// @param steps how many steps the training has
    void compile(Model model, @Nullable Preset preset, long seed, int steps) {
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
            model.restore(goingOn(state, seed));
        }
    }

    /// The state of a file's optimizer for another loss, metrics or learning rate.
    private TrainingState goingOn(TrainingState state, long seed) {
        var tensors = new LinkedHashMap<>(state.tensors());
        if (learningRate != null) {
            tensors.remove(TrainingState.LEARNING_RATE);
        }
        return new TrainingState(tensors, state.iteration(), seed, 0, 0);
    }
}
