package dev.gnomon.train;

import dev.gnomon.check.Check;
import dev.gnomon.data.Dataset;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a training is validated on, and when.
///
/// @param split the share of the samples, cut from the end before shuffling, that is validated on; 0 for none
/// @param data a data set to validate on, or null
/// @param batchSize samples in a batch; 0 for that of the training
/// @param steps how many batches are validated on; 0 for all
/// @param every after every how many epochs; 1 by default
/// @param epochs the epochs, counted from 1, after which it is done; empty for those that `every` says
public record Validation(
        double split,
        @Nullable Dataset data,
        int batchSize,
        int steps,
        int every,
        List<Integer> epochs) {
    public static final Validation NONE = new Validation(0, null, 0, 0, 1, List.of());

    public Validation {
        SortedSet<Integer> sorted = new TreeSet<>(epochs);
        epochs = List.copyOf(sorted);
        Check.config(
                split >= 0 && split < 1,
                "Fit: validationSplit must be at least 0 and below 1, but is %s.",
                split);
        Check.config(
                data == null || split == 0,
                "Fit: there is a validation set and a validationSplit of %s too; give one of them.",
                split);
        Check.config(
                batchSize >= 0,
                "Fit: validationBatchSize must be at least 1, but is %d.",
                batchSize);
        Check.config(steps >= 0, "Fit: validationSteps must be at least 1, but is %d.", steps);
        Check.config(every >= 1, "Fit: validationFreq must be at least 1, but is %d.", every);
        Check.config(
                sorted.isEmpty() || sorted.first() >= 1,
                "Fit: validationFreq lists epochs counted from 1, but holds %s.",
                sorted.isEmpty() ? 0 : sorted.first());
    }

    /// The samples in a batch, beside a training with batches of this size.
    public int batchSizeBeside(int training) {
        return batchSize > 0 ? batchSize : training;
    }

    /// Whether there is anything to validate on.
    public boolean exists() {
        return data != null || split > 0;
    }

    /// Whether an epoch, counted from 0, is followed by validation.
    public boolean follows(int epoch) {
        return exists()
                && (epochs.isEmpty() ? (epoch + 1) % every == 0 : epochs.contains(epoch + 1));
    }

    public Validation withSplit(double share) {
        return new Validation(share, data, batchSize, steps, every, epochs);
    }

    public Validation withData(Dataset set) {
        return new Validation(split, set, batchSize, steps, every, epochs);
    }

    public Validation withBatchSize(int size) {
        int checked = atLeastOne("validationBatchSize", size);
        return new Validation(split, data, checked, steps, every, epochs);
    }

    public Validation withSteps(int batches) {
        int checked = atLeastOne("validationSteps", batches);
        return new Validation(split, data, batchSize, checked, every, epochs);
    }

    public Validation withEvery(int freq) {
        return new Validation(split, data, batchSize, steps, freq, epochs);
    }

    public Validation withEpochs(Integer... numbers) {
        return new Validation(split, data, batchSize, steps, every, List.of(numbers));
    }

    /// 0 stands for what was not asked for, so it cannot be asked for.
    static int atLeastOne(String name, int value) {
        Check.config(value >= 1, "Fit: %s must be at least 1, but is %d.", name, value);
        return value;
    }
}
