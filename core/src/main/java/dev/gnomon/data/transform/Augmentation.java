package dev.gnomon.data.transform;

import dev.gnomon.tensor.Shape;

/// A random change of samples, for training only; the shape stays.
///
/// What is drawn is a pure function of the bits: they come from the run's seed, the epoch and the sample's row, so neither
/// the order of the samples, nor threads, nor a stop between two batches change it.
public interface Augmentation {
    /// Makes ready for samples of a shape, or answers with an exception what shape it needs.
    Step prepare(Shape sample);

    /// An augmentation for samples of one shape. Immutable and safe to use from many threads.
    interface Step {
        /// Changes a sample.
        ///
        /// @param bits of the [dev.gnomon.random.Key] to draw from, and for nothing else: the lowest one is that of the epoch
        ///     ([EpochBits]), the same for all samples
        /// @param from the values of the sample in row order
        /// @param to where the results go; all of it is written
        void apply(long bits, float[] from, float[] to);
    }
}
