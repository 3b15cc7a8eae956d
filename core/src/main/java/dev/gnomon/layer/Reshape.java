package dev.gnomon.layer;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;
import dev.gnomon.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/// The values of a sample in another shape, in the same order: `[batch, …]` becomes `[batch, targetShape…]`.
///
/// @param targetShape the sizes without the batch; one may be -1: what is left over
public record Reshape(List<Integer> targetShape) implements Layer {
    public Reshape {
        targetShape = List.copyOf(targetShape);
        Check.config(
                targetShape.stream().allMatch(size -> size >= 1 || size == -1),
                "Reshape: sizes must be at least 1, or -1 for what is left over, but are %s.",
                targetShape);
        Check.config(
                targetShape.stream().filter(size -> size == -1).count() <= 1,
                "Reshape: only one size can be -1, but they are %s.",
                targetShape);
    }

    public Reshape(int... targetShape) {
        this(Arrays.stream(targetShape).boxed().toList());
    }

    @Override
    public Value build(Scope scope, Value x) {
        long elements = x.shape().elements();
        long known = 1;
        for (int size : targetShape) {
            known *= Math.abs(size);
        }
        boolean open = targetShape.contains(-1);
        Check.shape(
                open ? elements % known == 0 : elements == known,
                "%d values of a sample do not fit the shape %s.",
                elements,
                targetShape);
        int rest = Math.toIntExact(elements / known);
        int[] sizes = targetShape.stream().mapToInt(size -> size == -1 ? rest : size).toArray();
        return x.reshape(Shape.batched(sizes));
    }
}
