package dev.gnomon.schedule;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;
import java.util.List;

/// One learning rate up to and including each boundary, and a last one after them.
///
/// @param boundaries steps, each larger than the one before
/// @param values the learning rates, one more than there are boundaries
public record PiecewiseConstantDecay(List<Integer> boundaries, List<Double> values)
        implements Schedule {
    public PiecewiseConstantDecay {
        boundaries = List.copyOf(boundaries);
        values = List.copyOf(values);
        Check.config(
                values.size() == boundaries.size() + 1 && !boundaries.isEmpty(),
                "PiecewiseConstantDecay: values must be one more than boundaries and there must be"
                        + " a boundary, but there are %d values and %d boundaries.",
                values.size(),
                boundaries.size());
        for (double value : values) {
            Check.finite("PiecewiseConstantDecay", "values", value);
        }
        for (int i = 1; i < boundaries.size(); i++) {
            Check.config(
                    boundaries.get(i - 1) < boundaries.get(i),
                    "PiecewiseConstantDecay: boundaries must grow, but are %s.",
                    boundaries);
        }
    }

    @Override
    public Value build(Value iteration) {
        Value rate = iteration.graph().constant(values.getLast());
        for (int i = boundaries.size() - 1; i >= 0; i--) {
            Value earlier = iteration.graph().constant(values.get(i));
            rate = iteration.lessEqual(boundaries.get(i)).select(earlier, rate);
        }
        return rate;
    }
}
