package dev.gnomon.layer;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;
import dev.gnomon.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/// The sum of two or more inputs of one shape. An axis of size 1 is stretched; where one input has fewer axes, axes of
/// size 1 are put behind its batch.
public record Add() implements Layer {
    @Override
    public Value build(Scope scope, Value x) {
        return build(scope, List.of(x));
    }

    @Override
    public Value build(Scope scope, List<Value> inputs) {
        Check.shape(inputs.size() >= 2, "It needs two inputs or more.");
        int rank = inputs.stream().mapToInt(input -> input.shape().rank()).max().orElseThrow();
        Value sum = widen(inputs.getFirst(), rank);
        for (Value input : inputs.subList(1, inputs.size())) {
            sum = sum.add(widen(input, rank));
        }
        return sum;
    }

    private static Value widen(Value x, int rank) {
        int[] dims = x.shape().dims();
        int[] wide = new int[rank];
        Arrays.fill(wide, 1);
        wide[0] = dims[0];
        System.arraycopy(dims, 1, wide, rank - dims.length + 1, dims.length - 1);
        return x.reshape(Shape.of(wide));
    }
}
