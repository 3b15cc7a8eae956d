package dev.gnomon.train;

import dev.gnomon.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All of a run's state between two steps: with it, training goes on as if it had never stopped.
///
/// @param tensors weights, moving statistics and the optimizer's slots by their paths
/// @param iteration how many optimizer steps were made
/// @param seed the seed of the run
/// @param epoch the epoch that is under way
/// @param batch how many of its batches are done
/// @param run what the run needs besides, or null where it is not known
public record TrainingState(
        Map<String, Tensor> tensors,
        long iteration,
        long seed,
        int epoch,
        int batch,
        @Nullable RunState run) {
    /// The path of the learning rate, where it is not a schedule.
    public static final String LEARNING_RATE = "optimizer/learning_rate";

    /// The path of an optimizer's slot of a weight.
    public static String slotPath(String weight, String slot) {
        return "optimizer/" + weight + "/" + slot;
    }

    public TrainingState(
            Map<String, Tensor> tensors, long iteration, long seed, int epoch, int batch) {
        this(tensors, iteration, seed, epoch, batch, null);
    }

    public TrainingState {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /// The same with or without the state of a run.
    public TrainingState withRun(@Nullable RunState other) {
        return new TrainingState(tensors, iteration, seed, epoch, batch, other);
    }
}
