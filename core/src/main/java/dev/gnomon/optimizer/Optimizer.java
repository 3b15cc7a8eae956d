package dev.gnomon.optimizer;

import dev.gnomon.graph.Value;
import java.util.List;

/// The rule by which weights follow their gradients: settings, the slots a weight needs, and one pure formula.
public interface Optimizer {
    /// Options that every optimizer has, in the order in which they act.
    OptimizerOptions options();

    /// A learning rate, or a schedule of it.
    LearningRate learningRate();

    /// The slots of each weight, grouped as Keras's files hold them: one group after the other, and within a group
    /// weight by weight. `[[momentum, velocity]]` is written as momentum and velocity of the first weight, then of the
    /// second; `[[velocity], [momentum]]` as the velocities of all weights, then all momentums.
    List<List<Slot>> slotGroups();

    /// The slots of each weight, in the order of the groups.
    default List<Slot> slots() {
        return slotGroups().stream().flatMap(List::stream).toList();
    }

    /// The weight after the step.
    ///
    /// @param weight the weight before the step, decayed
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
    record Slot(String name, float initial) {
        /// A slot that begins with zeros.
        public static Slot of(String name) {
            return new Slot(name, 0);
        }
    }
}
