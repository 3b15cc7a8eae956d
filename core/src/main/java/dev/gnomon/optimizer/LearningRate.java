package dev.gnomon.optimizer;

import dev.gnomon.check.Check;
import dev.gnomon.schedule.Schedule;

/// A fixed learning rate, which callbacks may change, or a schedule.
public sealed interface LearningRate {
    static LearningRate of(double value) {
        return new Fixed((float) value);
    }

    static LearningRate of(Schedule schedule) {
        return new Scheduled(schedule);
    }

    record Fixed(float value) implements LearningRate {
        public Fixed {
            Check.config(
                    value >= 0 && Float.isFinite(value),
                    "Learning rate must be at least 0, but is %s.",
                    value);
        }
    }

    record Scheduled(Schedule schedule) implements LearningRate {}
}
