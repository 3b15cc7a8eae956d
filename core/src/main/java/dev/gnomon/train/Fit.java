package dev.gnomon.train;

import dev.gnomon.check.Check;
import dev.gnomon.data.Dataset;

import org.jspecify.annotations.Nullable;

/// What `fit` is told. Defaults are Keras's.
///
/// @param epochs how many epochs in all, at least 1
/// @param batchSize samples in a batch, at least 1; 32 by default
/// @param validationSplit the share of the samples, cut from the end before shuffling, that is validated on; 0 by default
/// @param validation a data set to validate on, or null
/// @param shuffle whether samples are shuffled in each epoch; true by default
/// @param seed the seed of shuffling and dropout; 0 by default
/// @param initialEpoch the epoch to begin with, from 0
/// @param listener told of the progress, or null
public record Fit(
        int epochs,
        int batchSize,
        double validationSplit,
        @Nullable Dataset validation,
        boolean shuffle,
        long seed,
        int initialEpoch,
        @Nullable FitListener listener) {
    public Fit {
        Check.config(epochs >= 1, "Fit: epochs must be at least 1, but is %d.", epochs);
        Check.config(batchSize >= 1, "Fit: batchSize must be at least 1, but is %d.", batchSize);
        Check.config(
                validationSplit >= 0 && validationSplit < 1,
                "Fit: validationSplit must be at least 0 and below 1, but is %s.",
                validationSplit);
        Check.config(
                validation == null || validationSplit == 0,
                "Fit: there is a validation set and a validationSplit of %s too; give one of them.",
                validationSplit);
        Check.config(
                initialEpoch >= 0 && initialEpoch <= epochs,
                "Fit: initialEpoch must be within 0 and the number of epochs, %d, but is %d.",
                epochs,
                initialEpoch);
    }

    /// So many epochs, all else Keras's defaults.
    public static Fit epochs(int epochs) {
        return new Fit(epochs, 32, 0, null, true, 0, 0, null);
    }

    public Fit withBatchSize(int size) {
        return new Fit(
                epochs, size, validationSplit, validation, shuffle, seed, initialEpoch, listener);
    }

    public Fit withValidationSplit(double share) {
        return new Fit(epochs, batchSize, share, validation, shuffle, seed, initialEpoch, listener);
    }

    public Fit withValidation(Dataset data) {
        return new Fit(
                epochs, batchSize, validationSplit, data, shuffle, seed, initialEpoch, listener);
    }

    public Fit withShuffle(boolean on) {
        return new Fit(
                epochs, batchSize, validationSplit, validation, on, seed, initialEpoch, listener);
    }

    public Fit withSeed(long newSeed) {
        return new Fit(
                epochs,
                batchSize,
                validationSplit,
                validation,
                shuffle,
                newSeed,
                initialEpoch,
                listener);
    }

    public Fit withInitialEpoch(int epoch) {
        return new Fit(
                epochs, batchSize, validationSplit, validation, shuffle, seed, epoch, listener);
    }

    public Fit withListener(FitListener told) {
        return new Fit(
                epochs, batchSize, validationSplit, validation, shuffle, seed, initialEpoch, told);
    }
}
