package dev.gnomon.kernel.reference;

import dev.gnomon.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/// Ops that move elements without changing them.
final class ShapeReference {
    private ShapeReference() {}

    static double[] transpose(List<Integer> order, Shape x, Shape output, double[] input) {
        int[] strides = Indexing.strides(x);
        return gather(
                input,
                Indexing.offsets(output, order.stream().mapToInt(axis -> strides[axis]).toArray()),
                0);
    }

    static double[] broadcast(Shape x, Shape output, double[] input) {
        return gather(input, Indexing.broadcast(x, output), 0);
    }

    static double[] slice(int axis, int begin, Shape x, Shape output, double[] input) {
        int[] strides = Indexing.strides(x);
        return gather(input, Indexing.offsets(output, strides), begin * strides[axis]);
    }

    static double[] pad(int axis, int before, float value, Shape x, Shape output, double[] input) {
        double[] result = new double[Indexing.size(output)];
        Arrays.fill(result, value);
        put(input, axis, before, x, output, result);
        return result;
    }

    static double[] concat(int axis, List<Shape> shapes, Shape output, List<double[]> inputs) {
        double[] result = new double[Indexing.size(output)];
        int begin = 0;
        for (int i = 0; i < inputs.size(); i++) {
            put(inputs.get(i), axis, begin, shapes.get(i), output, result);
            begin += shapes.get(i).dim(axis);
        }
        return result;
    }

    private static double[] gather(double[] input, int[] offsets, int start) {
        double[] result = new double[offsets.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = input[start + offsets[i]];
        }
        return result;
    }

    /// Copies an array into a larger one, from `begin` of an axis on.
    private static void put(
            double[] part, int axis, int begin, Shape shape, Shape whole, double[] result) {
        int[] strides = Indexing.strides(whole);
        int[] offsets = Indexing.offsets(shape, strides);
        for (int i = 0; i < part.length; i++) {
            result[begin * strides[axis] + offsets[i]] = part[i];
        }
    }
}
