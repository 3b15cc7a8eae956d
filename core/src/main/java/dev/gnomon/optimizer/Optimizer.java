package dev.gnomon.optimizer;

import dev.gnomon.graph.Value;
import java.util.List;

/// The rule by which weights follow their gradients: settings, the slots a weight needs, and one pure formula.
public interface Optimizer {
    /// Options that every optimizer has, in the order in which they act.
    OptimizerOptions options();

    /// A learning rate, or a schedule of it.
    LearningRate learningRate();

    /// The slots of each weight, in the order of Keras's files.
    List<Slot> slots();

    /// The weight after the step.
    ///
    /// @param weight the weight before the step
    /// @param gradient its gradient, clipped
    /// @param slots its slots' values, in the order of [#slots]
    /// @param rate the learning rate, a scalar
    /// @param iteration the number of steps done before, a scalar
    Update step(Value weight, Value gradient, List<Value> slots, Value rate, Value iteration);

    /// What a step gives: the new weight and the new slots.
    record Update(Value weight, List<Value> slots) {}

    /// A number kept for each element of a weight.
    ///
    /// @param name its name, such as `momentum`
    /// @param initial its first value
    record Slot(String name, float initial) {}
}
