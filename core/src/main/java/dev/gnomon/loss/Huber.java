package dev.gnomon.loss;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;

/// `e² / 2` for errors up to `delta`, beyond that the straight line `delta · |e| - delta² / 2`; the mean over the last
/// axis.
///
/// @param delta where the line begins, above 0; 1 by default, as in Keras
public record Huber(double delta) implements Loss {
    public Huber {
        Check.finite("Huber", "delta", delta);
        Check.config(delta > 0, "Huber: delta must be above 0, but is %s.", delta);
    }

    public Huber() {
        this(1);
    }

    @Override
    public String name() {
        return "huber_loss";
    }

    @Override
    public Value build(Value truth, Value prediction) {
        Labels.Pair pair = Labels.alike(name(), truth, prediction);
        Value error = pair.prediction().sub(pair.truth());
        Value size = error.abs();
        Value line = size.mul(delta).sub(0.5 * delta * delta);
        Value parabola = error.square().mul(0.5);
        return Labels.lastMean(size.lessEqual(delta).select(parabola, line));
    }
}
