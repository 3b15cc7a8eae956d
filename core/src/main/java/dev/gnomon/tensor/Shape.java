package dev.gnomon.tensor;

import dev.gnomon.check.ShapeException;
import java.util.Arrays;

/// The sizes of an array's axes. The first axis may be the batch, whose size is known only when a plan is made.
///
/// Immutable; equal by value. Written `[batch, height, width, channels]`.
public final class Shape {
    /// The size that stands for the batch; allowed for the first axis only.
    public static final int BATCH = -1;

    /// The shape of a single number.
    public static final Shape SCALAR = new Shape(new int[0]);

    private final int[] dims;

    private Shape(int[] dims) {
        this.dims = dims;
    }

    /// A shape of the given sizes; the first may be [#BATCH].
    public static Shape of(int... dims) {
        for (int axis = 0; axis < dims.length; axis++) {
            if (dims[axis] < 0 && !(axis == 0 && dims[axis] == BATCH)) {
                throw new ShapeException(
                        "Shape: axis "
                                + axis
                                + " must have a size of at least 0, but is "
                                + dims[axis]
                                + ".");
            }
        }
        return new Shape(dims.clone());
    }

    /// A shape whose first axis is the batch: `[batch, dims...]`.
    public static Shape batched(int... dims) {
        int[] all = new int[dims.length + 1];
        all[0] = BATCH;
        System.arraycopy(dims, 0, all, 1, dims.length);
        return of(all);
    }

    public int rank() {
        return dims.length;
    }

    /// The size of an axis; negative axes count from the end.
    public int dim(int axis) {
        int index = axis < 0 ? axis + dims.length : axis;
        if (index < 0 || index >= dims.length) {
            throw new ShapeException("Shape " + this + " has no axis " + axis + ".");
        }
        return dims[index];
    }

    public int last() {
        return dim(-1);
    }

    public int[] dims() {
        return dims.clone();
    }

    /// Whether the first axis is the batch.
    public boolean isBatched() {
        return dims.length > 0 && dims[0] == BATCH;
    }

    /// The number of elements; of one sample where the first axis is the batch.
    public long elements() {
        long product = 1;
        for (int axis = isBatched() ? 1 : 0; axis < dims.length; axis++) {
            product = Math.multiplyExact(product, (long) dims[axis]);
        }
        return product;
    }

    /// The number of elements for a batch of the given size.
    public long elements(int batch) {
        return isBatched() ? Math.multiplyExact(elements(), (long) batch) : elements();
    }

    /// The same shape with the batch axis set to a size.
    public Shape bind(int batch) {
        return isBatched() ? withDim(0, batch) : this;
    }

    /// The shape of one sample: without the batch axis.
    public Shape sample() {
        return isBatched() ? new Shape(Arrays.copyOfRange(dims, 1, dims.length)) : this;
    }

    public Shape withDim(int axis, int size) {
        int[] copy = dims.clone();
        copy[axis < 0 ? axis + dims.length : axis] = size;
        return of(copy);
    }

    /// This shape with another size appended as last axis.
    public Shape append(int size) {
        int[] copy = Arrays.copyOf(dims, dims.length + 1);
        copy[dims.length] = size;
        return of(copy);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape that && Arrays.equals(dims, that.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    @Override
    public String toString() {
        var text = new StringBuilder("[");
        for (int axis = 0; axis < dims.length; axis++) {
            text.append(axis == 0 ? "" : ", ")
                    .append(dims[axis] == BATCH ? "batch" : String.valueOf(dims[axis]));
        }
        return text.append(']').toString();
    }
}
