package dev.gnomon.model;

import dev.gnomon.optimizer.LearningRate;
import dev.gnomon.optimizer.Optimizer;
import dev.gnomon.plan.Parameters;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import dev.gnomon.train.TrainingState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// The optimizer's state of a model: the learning rate, where it is no schedule, and the slots of every weight that is
/// trained. Memory comes when it is first needed; a weight that is unfrozen later gets its slots then.
final class OptimizerState {
    private final Model model;
    private final Supplier<Compiled> compiled;
    private Parameters parameters = new Parameters();
    private Map<String, Tensor> restored = Map.of();

    OptimizerState(Model model, Supplier<Compiled> compiled) {
        this.model = model;
        this.compiled = compiled;
    }

    /// Forgets everything.
    synchronized void reset() {
        parameters = new Parameters();
        restored = Map.of();
    }

    /// Puts values back, those of slots that are not there yet when they come.
    synchronized void restore(Map<String, Tensor> values) {
        restored = values;
        parameters.paths().forEach(this::restore);
    }

    /// Whether there are values: trained ones, or ones put back.
    synchronized boolean isMade() {
        return !parameters.paths().isEmpty() || !restored.isEmpty();
    }

    synchronized void flush(float least) {
        parameters.flush(least);
    }

    private void restore(String path) {
        Tensor value = restored.get(path);
        if (value != null) {
            parameters.set(path, value);
        }
    }

    /// The state, complete for the weights that are trained now.
    synchronized Parameters parameters() {
        Optimizer optimizer = compiled.get().optimizer();
        Map<String, Shape> shapes = new LinkedHashMap<>();
        Map<String, Float> first = new LinkedHashMap<>();
        if (optimizer.learningRate() instanceof LearningRate.Fixed(var rate)) {
            shapes.put(TrainingState.LEARNING_RATE, Shape.SCALAR);
            first.put(TrainingState.LEARNING_RATE, rate);
        }
        for (var group : optimizer.slotGroups()) {
            for (String path : model.trainablePaths()) {
                for (var slot : group) {
                    String slotPath = TrainingState.slotPath(path, slot.name());
                    shapes.put(slotPath, model.parameters().shape(path));
                    first.put(slotPath, slot.initial());
                }
            }
        }
        shapes.keySet().removeIf(parameters::has);
        if (!shapes.isEmpty()) {
            parameters.shareAll(Parameters.allocate(shapes));
            first.keySet().retainAll(shapes.keySet());
            first.forEach((path, value) -> {
                parameters.fill(path, value);
                restore(path);
            });
        }
        return parameters;
    }
}
