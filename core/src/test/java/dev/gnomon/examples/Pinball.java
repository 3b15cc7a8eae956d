package dev.gnomon.examples;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;
import dev.gnomon.loss.Labels;
import dev.gnomon.loss.Loss;

/// The loss of a quantile: what is too low costs `share` for each unit, what is too high `1 - share`.
///
/// @param share the share of labels that are to be below the prediction, 0 to 1
public record Pinball(double share) implements Loss {
    public Pinball {
        Check.config(
                share > 0 && share < 1, "Pinball: share must be within 0 and 1, but is %s.", share);
    }

    @Override
    public String name() {
        return "pinball";
    }

    @Override
    public Value build(Value truth, Value prediction) {
        var pair = Labels.alike(name(), truth, prediction);
        Value error = pair.truth().sub(pair.prediction());
        return Labels.lastMean(error.mul(share).max(error.mul(share - 1)));
    }
}
