package dev.gnomon.kernel.java;

import dev.gnomon.tensor.Shape;
import org.jspecify.annotations.Nullable;

/// How an operand of an elementwise program is stretched: element `p` of the result reads element
/// `p / (middle * inner) * inner + p % inner`. All elements: middle 1; a vector of channels: middle everything before
/// it; one value per sample: inner 1.
record Pattern(long middle, long inner) {
    static final Pattern FULL = new Pattern(1, 1);
    static final Pattern SCALAR = new Pattern(Long.MAX_VALUE, 1);

    boolean full() {
        return middle == 1;
    }

    /// The pattern by which `operand` is stretched to `result` (both without a batch placeholder or both with it), or
    /// null where one pattern does not do.
    static @Nullable Pattern of(Shape operand, Shape result) {
        int rank = result.rank();
        int lead = rank - operand.rank();
        int state = 0;
        long middle = 1;
        long inner = 1;
        for (int axis = rank - 1; axis >= 0; axis--) {
            int size = result.dim(axis);
            int own = axis < lead ? 1 : operand.dim(axis - lead);
            boolean stretched = own != size;
            if (size == 1) {
                continue;
            }
            if (state == 0 && stretched) {
                state = 1;
            } else if (state == 1 && !stretched) {
                state = 2;
            } else if (state == 2 && stretched) {
                return null;
            }
            if (state == 0) {
                inner *= size;
            } else if (state == 1) {
                middle =
                        size == Shape.BATCH
                                ? Long.MAX_VALUE
                                : Math.multiplyExact(middle, (long) size);
            }
        }
        if (state == 0) {
            return FULL;
        }
        return state == 1 ? new Pattern(Long.MAX_VALUE, inner) : new Pattern(middle, inner);
    }
}
