package dev.gnomon.initializer;

import dev.gnomon.check.Check;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;
import org.jspecify.annotations.Nullable;

/// A matrix with orthonormal columns, or rows where there are more columns; all axes but the last count as rows.
///
/// It is the Q of a normally distributed matrix's QR factors, with signs that make R's diagonal positive, so that every
/// such matrix is equally likely.
///
/// @param gain a factor; 1 by default, as in Keras
/// @param seed Keras's setting; kept for its files, not used: values come from the run's seed and the weight's path
public record Orthogonal(double gain, @Nullable Long seed) implements Initializer {
    public Orthogonal {
        Check.finite("Orthogonal", "gain", gain);
    }

    public Orthogonal() {
        this(1);
    }

    public Orthogonal(double gain) {
        this(gain, null);
    }

    @Override
    public float[] values(Shape shape, Key key) {
        Check.shape(
                shape.rank() >= 2,
                "Orthogonal: a weight of at least two axes is needed, but its shape is %s.",
                shape);
        int columns = shape.last();
        int rows = Math.toIntExact(shape.elements() / Math.max(1, columns));
        int length = Math.max(rows, columns);
        double[][] vectors = new double[Math.min(rows, columns)][length];
        for (int i = 0; i < vectors.length; i++) {
            for (int j = 0; j < length; j++) {
                vectors[i][j] = key.normalAt((long) i * length + j);
            }
        }
        orthonormalize(vectors);
        return Fill.each(
                shape,
                i -> {
                    int row = (int) (i / columns);
                    int column = (int) (i % columns);
                    return gain * (rows < columns ? vectors[row][column] : vectors[column][row]);
                });
    }

    /// Gram-Schmidt, each vector twice: that is as good as Householder's way and leaves R's diagonal positive.
    private static void orthonormalize(double[][] vectors) {
        for (int i = 0; i < vectors.length; i++) {
            double[] vector = vectors[i];
            for (int pass = 0; pass < 2; pass++) {
                for (int j = 0; j < i; j++) {
                    subtract(vector, vectors[j], dot(vector, vectors[j]));
                }
            }
            double norm = Math.sqrt(dot(vector, vector));
            for (int k = 0; k < vector.length; k++) {
                vector[k] /= norm;
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    private static void subtract(double[] vector, double[] other, double factor) {
        for (int k = 0; k < vector.length; k++) {
            vector[k] -= factor * other[k];
        }
    }
}
