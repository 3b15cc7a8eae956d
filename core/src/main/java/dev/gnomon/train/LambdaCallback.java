package dev.gnomon.train;

import org.jspecify.annotations.Nullable;

/// A callback made of functions, for a few lines on the spot.
///
/// ```java
/// new LambdaCallback().withEpochEnd((training, epoch, logs) -> System.out.println(epoch + " " + logs))
/// ```
///
/// What the functions remember outside of [Training#state] is not saved with the run.
public record LambdaCallback(
        @Nullable Told trainBegin,
        @Nullable Told trainEnd,
        @Nullable Counted epochBegin,
        @Nullable EpochEnd epochEnd,
        @Nullable Counted batchBegin,
        @Nullable Counted batchEnd)
        implements Callback {
    /// What is done when a training begins or ends.
    @FunctionalInterface
    public interface Told {
        void on(Training training);
    }

    /// What is done at an epoch or batch, both counted from 0.
    @FunctionalInterface
    public interface Counted {
        void on(Training training, int number);
    }

    /// What is done at the end of an epoch.
    @FunctionalInterface
    public interface EpochEnd {
        void on(Training training, int epoch, Logs logs);
    }

    public LambdaCallback() {
        this(null, null, null, null, null, null);
    }

    public LambdaCallback withTrainBegin(Told action) {
        return new LambdaCallback(action, trainEnd, epochBegin, epochEnd, batchBegin, batchEnd);
    }

    public LambdaCallback withTrainEnd(Told action) {
        return new LambdaCallback(trainBegin, action, epochBegin, epochEnd, batchBegin, batchEnd);
    }

    public LambdaCallback withEpochBegin(Counted action) {
        return new LambdaCallback(trainBegin, trainEnd, action, epochEnd, batchBegin, batchEnd);
    }

    public LambdaCallback withEpochEnd(EpochEnd action) {
        return new LambdaCallback(trainBegin, trainEnd, epochBegin, action, batchBegin, batchEnd);
    }

    public LambdaCallback withBatchBegin(Counted action) {
        return new LambdaCallback(trainBegin, trainEnd, epochBegin, epochEnd, action, batchEnd);
    }

    public LambdaCallback withBatchEnd(Counted action) {
        return new LambdaCallback(trainBegin, trainEnd, epochBegin, epochEnd, batchBegin, action);
    }

    @Override
    public void onTrainBegin(Training training) {
        if (trainBegin != null) {
            trainBegin.on(training);
        }
    }

    @Override
    public void onTrainEnd(Training training) {
        if (trainEnd != null) {
            trainEnd.on(training);
        }
    }

    @Override
    public void onEpochBegin(Training training, int epoch) {
        if (epochBegin != null) {
            epochBegin.on(training, epoch);
        }
    }

    @Override
    public void onEpochEnd(Training training, int epoch, Logs logs) {
        if (epochEnd != null) {
            epochEnd.on(training, epoch, logs);
        }
    }

    @Override
    public void onTrainBatchBegin(Training training, int batch) {
        if (batchBegin != null) {
            batchBegin.on(training, batch);
        }
    }

    @Override
    public void onTrainBatchEnd(Training training, int batch) {
        if (batchEnd != null) {
            batchEnd.on(training, batch);
        }
    }
}
