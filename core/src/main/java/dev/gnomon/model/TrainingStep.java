package dev.gnomon.model;

import dev.gnomon.data.Batch;

/// A compiled training step for an own loop. Closing it leaves the model as it is.
public final class TrainingStep implements AutoCloseable {
    private final Trainer trainer;

    TrainingStep(Trainer trainer) {
        this.trainer = trainer;
    }

    /// Makes one optimizer step on a batch; gives its loss.
    public float run(Batch batch) {
        return trainer.step(batch);
    }

    @Override
    public void close() {
        trainer.close();
    }
}
