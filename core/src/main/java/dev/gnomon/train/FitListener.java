package dev.gnomon.train;

/// Told of the progress of `fit`, on the thread that trains.
public interface FitListener {
    /// A batch is done.
    ///
    /// @param epoch the epoch, from 0
    /// @param batch how many batches of the epoch are done
    /// @param batches how many the epoch has
    /// @param loss the mean loss of the epoch so far
    default void batchDone(int epoch, int batch, int batches, double loss) {}

    /// An epoch is done, validation included.
    default void epochDone(int epoch, int epochs, Logs logs, double seconds) {}
}
