package dev.gnomon.layer;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;
import java.util.List;

/// Inputs side by side along an axis; all other axes must be equal.
///
/// @param axis the axis, not that of the batch; the last, -1, by default
public record Concatenate(int axis) implements Layer {
    public Concatenate {
        Check.config(axis != 0, "Concatenate: axis 0 is the batch; use another.");
    }

    public Concatenate() {
        this(-1);
    }

    @Override
    public Value build(Scope scope, Value x) {
        return build(scope, List.of(x));
    }

    @Override
    public Value build(Scope scope, List<Value> inputs) {
        int rank = inputs.getFirst().shape().rank();
        Check.shape(
                axis < rank && axis > -rank,
                "The inputs have %d axes, but axis is %d.",
                rank,
                axis);
        return inputs.size() == 1 ? inputs.getFirst() : scope.graph().concat(axis, inputs);
    }
}
