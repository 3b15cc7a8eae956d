package dev.gnomon.layer;

import dev.gnomon.check.Check;
import dev.gnomon.tensor.Shape;
import java.util.List;

/// Makes inputs of models. An input is a node: two of them are never the same.
public final class Input {
    private Input() {}

    /// An input whose samples have the given shape, such as `Input.of(28, 28, 1)`.
    public static SymbolicTensor of(int... sample) {
        for (int size : sample) {
            Check.config(size >= 1, "Input: every size must be at least 1, but is %d.", size);
        }
        return new SymbolicTensor(null, List.of(), Shape.batched(sample));
    }
}
