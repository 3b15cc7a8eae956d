package dev.gnomon.data;

import static dev.gnomon.check.Check.data;

import dev.gnomon.check.DataException;
import dev.gnomon.tensor.DType;
import dev.gnomon.tensor.Shape;

/// What must hold for the sizes of a column.
final class ColumnShape {
    private ColumnShape() {}

    /// The shape of an array of so many values.
    static Shape of(int length, int[] dims) {
        var shape = Shape.of(dims);
        checkRows(shape);
        long elements = (long) sampleElements(shape) * (shape.rank() == 0 ? 1 : shape.dim(0));
        data(
                elements == length,
                "Column: the shape %s needs %d values, but %d were given.",
                shape,
                elements,
                length);
        return shape;
    }

    /// The shape of so many samples.
    static Shape batch(int rows, int... sample) {
        int[] all = new int[sample.length + 1];
        all[0] = rows;
        System.arraycopy(sample, 0, all, 1, sample.length);
        return Shape.of(all);
    }

    private static void checkRows(Shape shape) {
        data(
                !shape.isBatched(),
                "Column: the shape %s needs the number of samples as its first size.",
                shape);
    }

    /// Refuses memory that is not of the size of the shape.
    static void check(Shape shape, DType dtype, long given) {
        checkRows(shape);
        sampleElements(shape);
        long bytes;
        try {
            bytes = Math.multiplyExact(shape.elements(), (long) dtype.bytes());
        } catch (ArithmeticException e) {
            throw new DataException(
                    "Column: an array of " + shape + " is too large to be addressed.", e);
        }
        data(
                given == bytes,
                "Column: the shape %s of %s needs %d bytes, but %d were given.",
                shape,
                dtype.kerasName(),
                bytes,
                given);
    }

    /// The number of elements of one sample.
    static int sampleElements(Shape shape) {
        long elements = 1;
        for (int axis = 1; axis < shape.rank(); axis++) {
            elements *= shape.dim(axis);
            data(
                    elements <= Integer.MAX_VALUE,
                    "Column: one sample of %s has more than %d elements, which is the limit.",
                    shape,
                    Integer.MAX_VALUE);
        }
        return (int) elements;
    }
}
