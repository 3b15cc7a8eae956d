package dev.gnomon.model;

import dev.gnomon.check.Check;
import dev.gnomon.check.ConfigException;
import dev.gnomon.data.Batch;
import dev.gnomon.tensor.Tensor;
import dev.gnomon.train.TrainingState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// A compiled training step for an own loop. Closing it leaves the model as it is.
///
/// `run` makes a whole step. `gradients` and `apply` are the two halves of it, with a place between them for what a loop
/// wants to do to the gradients:
///
/// ```java
/// float loss = step.gradients(batch);
/// var gradients = step.gradients();
/// gradients.replaceAll((path, gradient) -> …);
/// step.apply(gradients);
/// ```
///
/// For one thread at a time.
public final class TrainingStep implements AutoCloseable {
    private final Model model;
    private final Trainer trainer;
    private boolean closed;

    TrainingStep(Model model, Trainer trainer) {
        this.model = model;
        this.trainer = trainer;
    }

    /// Draws (dropout) come from this seed; 0 at first.
    public TrainingStep withSeed(long seed) {
        trainer.seed(seed);
        return this;
    }

    public double learningRate() {
        return trainer.learningRate();
    }

    /// Sets the learning rate from the next step on; refused where the optimizer has a schedule.
    public void learningRate(double rate) {
        trainer.learningRate(rate);
    }

    /// All of the loop's state, copied: weights, the optimizer's slots, the number of steps, the seed.
    public TrainingState state() {
        return trainer.state();
    }

    /// Puts a state back; the loop goes on from there, with the same draws where each step had one `gradients`.
    public void restore(TrainingState state) {
        trainer.restore(state, false);
    }

    /// Makes one optimizer step on a batch; gives its loss. In the steady state it allocates nothing.
    public float run(Batch batch) {
        checkOpen();
        return trainer.step(batch);
    }

    /// Computes the gradients of a batch's loss, penalties included, and keeps them; gives the loss. Weights stay as they
    /// are; moving statistics, of BatchNormalization for example, move.
    public float gradients(Batch batch) {
        checkOpen();
        return trainer.gradients(batch);
    }

    /// The gradients that are kept, by the paths of their weights, copied.
    public SequencedMap<String, Tensor> gradients() {
        var kept = trainer.gradients();
        SequencedMap<String, Tensor> copies = new LinkedHashMap<>();
        for (String path : model.trainablePaths()) {
            copies.put(path, kept.get(TrainingGraph.GRADIENT + path));
        }
        return copies;
    }

    /// Makes an optimizer step by the gradients that are kept.
    public void apply() {
        checkOpen();
        trainer.apply();
    }

    /// Makes an optimizer step by these gradients: one for each weight that is trained.
    public void apply(Map<String, Tensor> gradients) {
        checkOpen();
        var kept = trainer.gradients();
        Map<String, Tensor> checked = new LinkedHashMap<>();
        for (String path : model.trainablePaths()) {
            Tensor gradient = gradients.get(path);
            if (gradient == null) {
                throw new ConfigException("apply: there is no gradient for \"" + path + "\".");
            }
            Check.shape(
                    gradient.shape().equals(kept.shape(TrainingGraph.GRADIENT + path)),
                    "apply: the gradient of \"%s\" has the shape %s, but the weight has %s.",
                    path,
                    gradient.shape(),
                    kept.shape(TrainingGraph.GRADIENT + path));
            checked.put(TrainingGraph.GRADIENT + path, gradient);
        }
        checked.forEach(kept::set);
        trainer.apply();
    }

    private void checkOpen() {
        Check.config(!closed, "The training step is closed; ask the model for another.");
    }

    @Override
    public void close() {
        closed = true;
        trainer.close();
    }
}
