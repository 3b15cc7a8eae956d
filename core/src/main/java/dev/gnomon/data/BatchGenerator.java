package dev.gnomon.data;

/// Makes batches on demand: for samples that are computed, or that come from where no [Dataset] reaches. Keras calls it
/// `PyDataset`.
///
/// The batches are numbered, so that a training that is taken up again can go on where it was.
public interface BatchGenerator {
    /// How many batches a pass has, at least 1.
    int batches();

    /// A batch, with labels. Called by one thread at a time, mostly one batch ahead of the training; the same arguments
    /// must give the same batch.
    ///
    /// @param pass the pass, from 0
    /// @param index the batch of the pass, from 0
    Dataset batch(long pass, int index);
}
