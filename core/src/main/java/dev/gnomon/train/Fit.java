package dev.gnomon.train;

import dev.gnomon.check.Check;
import dev.gnomon.data.Dataset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What `fit` is told. Defaults are Keras's, but for `verbose`: nothing is printed unless it is asked for.
///
/// @param epochs the number of the last epoch, counted from 1: how many there are in all, with those before `initialEpoch`
/// @param batchSize samples in a batch, at least 1; 32 by default
/// @param validation what is validated on, and when; nothing by default
/// @param shuffle whether samples are shuffled before each pass over them; true by default
/// @param seed the seed of shuffling, augmentation and dropout; 0 by default
/// @param initialEpoch the epoch to begin with, from 0; 0 by default
/// @param stepsPerEpoch how many batches make an epoch; 0, the default, for all. Where it is fewer than a pass over the
///     samples has, the next epoch goes on behind them; where it is more, another pass begins
/// @param classWeight what the samples of a class count in the loss, by class number; 1 for classes that are not named
/// @param callbacks told of the progress, in their order
/// @param verbose what is printed; nothing by default
/// @param lintOff the rules of the set-up linter that are switched off; none by default
public record Fit(
        int epochs,
        int batchSize,
        Validation validation,
        boolean shuffle,
        long seed,
        int initialEpoch,
        int stepsPerEpoch,
        Map<Integer, Double> classWeight,
        List<Callback> callbacks,
        Verbose verbose,
        Set<LintRule> lintOff) {
    public Fit {
        Check.config(epochs >= 1, "Fit: epochs must be at least 1, but is %d.", epochs);
        Check.config(batchSize >= 1, "Fit: batchSize must be at least 1, but is %d.", batchSize);
        Check.config(
                initialEpoch >= 0 && initialEpoch <= epochs,
                "Fit: initialEpoch must be within 0 and the number of epochs, %d, but is %d.",
                epochs,
                initialEpoch);
        Check.config(
                stepsPerEpoch >= 0,
                "Fit: stepsPerEpoch must be at least 1, but is %d.",
                stepsPerEpoch);
        classWeight = Collections.unmodifiableMap(new TreeMap<>(classWeight));
        classWeight.forEach((number, weight) ->
                Check.config(
                        number >= 0 && weight >= 0 && Double.isFinite(weight),
                        "Fit: classWeight: a class is at least 0 and its weight finite and at least 0, but there is %d: %s.",
                        number,
                        weight));
        callbacks = List.copyOf(callbacks);
        lintOff = Collections.unmodifiableSet(new TreeSet<>(lintOff));
    }

    /// So many epochs, all else by default.
    public static Fit epochs(int epochs) {
        return new Fit(
                epochs,
                32,
                Validation.NONE,
                true,
                0,
                0,
                0,
                Map.of(),
                List.of(),
                Verbose.SILENT,
                Set.of());
    }

    public Fit withBatchSize(int size) {
        return new Fit(
                epochs,
                size,
                validation,
                shuffle,
                seed,
                initialEpoch,
                stepsPerEpoch,
                classWeight,
                callbacks,
                verbose,
                lintOff);
    }

    /// Validates as told.
    public Fit withValidation(Validation what) {
        return new Fit(
                epochs,
                batchSize,
                what,
                shuffle,
                seed,
                initialEpoch,
                stepsPerEpoch,
                classWeight,
                callbacks,
                verbose,
                lintOff);
    }

    /// Validates on a share of the samples, cut from the end before shuffling.
    public Fit withValidationSplit(double share) {
        return withValidation(validation.withSplit(share));
    }

    /// Validates on a data set.
    public Fit withValidation(Dataset data) {
        return withValidation(validation.withData(data));
    }

    /// Validates in batches of another size than the training's.
    public Fit withValidationBatchSize(int size) {
        return withValidation(validation.withBatchSize(size));
    }

    /// Validates on the first batches only.
    public Fit withValidationSteps(int batches) {
        return withValidation(validation.withSteps(batches));
    }

    /// Validates after every so many epochs.
    public Fit withValidationFreq(int every) {
        return withValidation(validation.withEvery(every));
    }

    /// Validates after these epochs, counted from 1.
    public Fit withValidationEpochs(Integer... numbers) {
        return withValidation(validation.withEpochs(numbers));
    }

    public Fit withShuffle(boolean on) {
        return new Fit(
                epochs,
                batchSize,
                validation,
                on,
                seed,
                initialEpoch,
                stepsPerEpoch,
                classWeight,
                callbacks,
                verbose,
                lintOff);
    }

    public Fit withSeed(long newSeed) {
        return new Fit(
                epochs,
                batchSize,
                validation,
                shuffle,
                newSeed,
                initialEpoch,
                stepsPerEpoch,
                classWeight,
                callbacks,
                verbose,
                lintOff);
    }

    public Fit withInitialEpoch(int epoch) {
        return new Fit(
                epochs,
                batchSize,
                validation,
                shuffle,
                seed,
                epoch,
                stepsPerEpoch,
                classWeight,
                callbacks,
                verbose,
                lintOff);
    }

    public Fit withStepsPerEpoch(int steps) {
        return new Fit(
                epochs,
                batchSize,
                validation,
                shuffle,
                seed,
                initialEpoch,
                Validation.atLeastOne("stepsPerEpoch", steps),
                classWeight,
                callbacks,
                verbose,
                lintOff);
    }

    public Fit withClassWeight(Map<Integer, Double> weights) {
        return new Fit(
                epochs,
                batchSize,
                validation,
                shuffle,
                seed,
                initialEpoch,
                stepsPerEpoch,
                weights,
                callbacks,
                verbose,
                lintOff);
    }

    /// Adds callbacks behind those that are there.
    public Fit withCallbacks(Callback... more) {
        List<Callback> all = new ArrayList<>(callbacks);
        all.addAll(List.of(more));
        return new Fit(
                epochs,
                batchSize,
                validation,
                shuffle,
                seed,
                initialEpoch,
                stepsPerEpoch,
                classWeight,
                all,
                verbose,
                lintOff);
    }

    public Fit withVerbose(Verbose what) {
        return new Fit(
                epochs,
                batchSize,
                validation,
                shuffle,
                seed,
                initialEpoch,
                stepsPerEpoch,
                classWeight,
                callbacks,
                what,
                lintOff);
    }

    /// Warns of nothing.
    public Fit withoutLint() {
        return withoutLint(EnumSet.allOf(LintRule.class));
    }

    /// Does not warn of what this rule finds.
    public Fit withoutLint(LintRule rule) {
        return withoutLint(EnumSet.of(rule));
    }

    /// Does not warn of what these rules find.
    public Fit withoutLint(Set<LintRule> rules) {
        Set<LintRule> off = new TreeSet<>(lintOff);
        off.addAll(rules);
        return new Fit(
                epochs,
                batchSize,
                validation,
                shuffle,
                seed,
                initialEpoch,
                stepsPerEpoch,
                classWeight,
                callbacks,
                verbose,
                off);
    }
}
