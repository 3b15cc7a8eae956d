package dev.gnomon.train;

/// Told of what `fit`, `evaluate` and `predict` do, on the thread that does it; may change and stop a training.
///
/// An own callback overrides the hooks it needs. Callbacks are told in the order of their list; [BackupAndRestore] comes
/// after all others. A callback keeps no fields of its own between hooks: what it must remember belongs into
/// [Training#state], which is saved with the run, so that a run that was killed goes on as if it had not been.
///
/// ```java
/// record StopAt(double accuracy) implements Callback {
///     public void onEpochEnd(Training training, int epoch, Logs logs) {
///         if (logs.get("accuracy") >= accuracy) training.stop("accuracy " + accuracy + " reached");
///     }
/// }
/// ```
public interface Callback {
    /// A training begins, or goes on where it was stopped.
    default void onTrainBegin(Training training) {}

    /// A training ends; not told where it was interrupted, for then it is to go on.
    default void onTrainEnd(Training training) {}

    /// An epoch begins.
    ///
    /// @param epoch the epoch, from 0; not told again where a training goes on within an epoch
    default void onEpochBegin(Training training, int epoch) {}

    /// An epoch is done, validation included.
    ///
    /// @param epoch the epoch, from 0
    /// @param logs its figures, with those that callbacks before this one have added
    default void onEpochEnd(Training training, int epoch, Logs logs) {}

    /// A batch is taken up.
    ///
    /// @param batch the batch of the epoch, from 0
    default void onTrainBatchBegin(Training training, int batch) {}

    /// A step is made. The figures so far are in [Training#logs].
    ///
    /// @param batch the batch of the epoch, from 0
    default void onTrainBatchEnd(Training training, int batch) {}

    /// An evaluation begins; validation within `fit` is one too.
    default void onTestBegin() {}

    /// An evaluation is done.
    ///
    /// @param logs its figures
    default void onTestEnd(Logs logs) {}

    default void onTestBatchBegin(int batch) {}

    default void onTestBatchEnd(int batch) {}

    default void onPredictBegin() {}

    default void onPredictEnd() {}

    default void onPredictBatchBegin(int batch) {}

    default void onPredictBatchEnd(int batch) {}
}
