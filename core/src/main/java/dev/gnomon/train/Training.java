package dev.gnomon.train;

import dev.gnomon.tensor.Tensor;
import java.nio.file.Path;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A training that is under way, as its callbacks see it. Valid until `fit` returns; for the thread that trains.
public interface Training {
    /// What `fit` was told.
    Fit settings();

    /// The epoch that is under way, from 0.
    int epoch();

    /// How many batches of the epoch are done.
    int batch();

    /// How many batches an epoch has.
    int batches();

    /// How many optimizer steps the model has made in all.
    long iteration();

    /// The figures of the epoch so far: at the end of the epoch with those of validation and those that callbacks added.
    Logs logs();

    /// The mean loss of the epoch so far; allocates nothing.
    double loss();

    /// The epochs that are done.
    History history();

    /// The names of the figures that epochs have; those of validation are among them where there is validation.
    Iterable<String> figures();

    /// Adds a figure to the epoch that ends; to be called in `onEpochEnd`.
    void log(String name, double value);

    /// The learning rate.
    double learningRate();

    /// Sets the learning rate from the next step on; refused where the optimizer has a schedule.
    void learningRate(double rate);

    /// All weights by path, copied.
    SequencedMap<String, Tensor> weights();

    /// Puts weights back.
    void weights(Map<String, Tensor> values);

    /// The first weight that holds NaN or infinity, or null.
    @Nullable String firstNotFinite();

    /// Writes the model as [dev.gnomon.train.ModelCheckpoint] does: with weights, settings and optimizer, without the state
    /// of the run.
    void save(Path path);

    /// Writes the weights alone.
    void saveWeights(Path path);

    /// Writes the model with all that the run needs to go on from here.
    void backup(Path path);

    /// Ends the training after this batch, or after this epoch where the batches are done.
    ///
    /// @param reason why, in a few words
    void stop(String reason);

    /// What the callback that is being told remembers of this run.
    CallbackState state();
}
