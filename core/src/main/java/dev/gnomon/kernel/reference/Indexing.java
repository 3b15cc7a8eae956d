package dev.gnomon.kernel.reference;

import dev.gnomon.tensor.Shape;

/// Where the elements of arrays in row order lie.
final class Indexing {
    private Indexing() {}

    static int size(Shape shape) {
        return Math.toIntExact(shape.elements());
    }

    /// The distance of two neighbours along each axis.
    static int[] strides(Shape shape) {
        int[] strides = new int[shape.rank()];
        int stride = 1;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape.dim(axis);
        }
        return strides;
    }

    /// The strides with which an array of shape `from` is read as one of shape `to`: 0 where an axis is stretched.
    static int[] broadcastStrides(Shape from, Shape to) {
        int[] own = strides(from);
        int[] strides = new int[to.rank()];
        for (int axis = 0; axis < from.rank(); axis++) {
            int target = axis + to.rank() - from.rank();
            strides[target] = from.dim(axis) == 1 ? 0 : own[axis];
        }
        return strides;
    }

    /// For each index of `shape` in row order the sum of index times stride.
    static int[] offsets(Shape shape, int... strides) {
        int[] offsets = new int[size(shape)];
        int[] index = new int[shape.rank()];
        int offset = 0;
        for (int position = 0; position < offsets.length; position++) {
            offsets[position] = offset;
            for (int axis = index.length - 1; axis >= 0; axis--) {
                index[axis]++;
                offset += strides[axis];
                if (index[axis] < shape.dim(axis)) {
                    break;
                }
                offset -= strides[axis] * index[axis];
                index[axis] = 0;
            }
        }
        return offsets;
    }

    /// For each element of `to` the position in `from` of the element that broadcasting puts there.
    static int[] broadcast(Shape from, Shape to) {
        return offsets(to, broadcastStrides(from, to));
    }
}
