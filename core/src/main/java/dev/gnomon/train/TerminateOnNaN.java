package dev.gnomon.train;

/// Ends a training whose loss is no longer a finite number, after the batch that shows it; and after an epoch in which a
/// weight has become NaN or infinity, for rectifiers can hide that from the loss.
public record TerminateOnNaN() implements Callback {
    @Override
    public void onTrainBatchEnd(Training training, int batch) {
        if (!Double.isFinite(training.loss())) {
            training.stop(
                    "TerminateOnNaN: the loss is %s in batch %d of epoch %d"
                            .formatted(training.loss(), batch + 1, training.epoch() + 1));
        }
    }

    @Override
    public void onEpochEnd(Training training, int epoch, Logs logs) {
        String path = training.firstNotFinite();
        if (path != null) {
            training.stop(
                    "TerminateOnNaN: the weight \"%s\" holds NaN or infinity after epoch %d"
                            .formatted(path, epoch + 1));
        }
    }
}
