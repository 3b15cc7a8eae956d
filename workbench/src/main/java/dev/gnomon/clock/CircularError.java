package dev.gnomon.clock;

import dev.gnomon.graph.Value;
import dev.gnomon.loss.Loss;

/// The error on a circle: `(1 - cos(2π · (label - prediction) / period)) · 2 · (period / 2π)²`, the mean over the last axis.
/// For small differences it is the squared error, and a whole period makes none.
///
/// @param period what makes a turn, above 0
public record CircularError(double period) implements Loss {
    @Override
    public String name() {
        return "circular_error";
    }

    @Override
    public Value build(Value truth, Value prediction) {
        double turn = 2 * Math.PI / period;
        var away = truth.sub(prediction).mul(turn).cos();
        return away.mul(-1).add(1).mul(2 / (turn * turn)).mean(away.shape().rank() - 1);
    }
}
