package dev.gnomon.tensor;

import dev.gnomon.check.ShapeException;
import java.util.Arrays;

/// A float32 array with its shape, in row order on the Java heap. What weights and predictions are given as.
///
/// The array is handed over without copying; equal by shape and bits.
///
/// @param shape the sizes, without a batch placeholder
/// @param values the elements in row order
@SuppressWarnings("ArrayRecordComponent")
public record Tensor(Shape shape, float[] values) {
    public Tensor {
        if (shape.isBatched() || shape.elements() != values.length) {
            throw new ShapeException(
                    "Tensor: the shape "
                            + shape
                            + " needs "
                            + (shape.isBatched()
                                    ? "a known batch size"
                                    : shape.elements() + " values")
                            + ", but "
                            + values.length
                            + " values were given.");
        }
    }

    /// A tensor of the given sizes filled with the given values in row order.
    public static Tensor of(float[] values, int... dims) {
        return new Tensor(Shape.of(dims), values);
    }

    /// A single number.
    public static Tensor scalar(float value) {
        return new Tensor(Shape.SCALAR, new float[] {value});
    }

    /// The number of elements.
    public int size() {
        return values.length;
    }

    /// The element at the given index of each axis.
    public float get(int... index) {
        if (index.length != shape.rank()) {
            throw new ShapeException(
                    "Tensor: shape "
                            + shape
                            + " needs "
                            + shape.rank()
                            + " indices, but "
                            + index.length
                            + " were given.");
        }
        int offset = 0;
        for (int axis = 0; axis < index.length; axis++) {
            offset =
                    offset * shape.dim(axis)
                            + java.util.Objects.checkIndex(index[axis], shape.dim(axis));
        }
        return values[offset];
    }

    /// The rows of the first axis, each flattened: `[shape[0]][rest]`.
    public float[][] rows() {
        int count = shape.dim(0);
        int width = count == 0 ? 0 : values.length / count;
        float[][] rows = new float[count][];
        for (int row = 0; row < count; row++) {
            rows[row] = Arrays.copyOfRange(values, row * width, (row + 1) * width);
        }
        return rows;
    }

    /// The place of the largest value in each row of the first axis: the class that scores best. Of equal ones the first.
    public int[] argMax() {
        float[][] rows = rows();
        int[] places = new int[rows.length];
        for (int row = 0; row < rows.length; row++) {
            for (int i = 1; i < rows[row].length; i++) {
                places[row] = rows[row][i] > rows[row][places[row]] ? i : places[row];
            }
        }
        return places;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor that
                && shape.equals(that.shape)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return values.length <= 16 ? "Tensor" + shape + Arrays.toString(values) : "Tensor" + shape;
    }
}
