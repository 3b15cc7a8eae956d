package dev.gnomon.data;

import static dev.gnomon.check.Check.config;
import static dev.gnomon.check.Check.data;
import static dev.gnomon.check.Check.shape;

import dev.gnomon.data.transform.Transform;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;
import java.nio.file.Path;
import java.util.Arrays;

/// One random order of the pixels of all pictures: what a network of Dense layers does not notice, and convolutions do.
///
/// ```java
/// var permutation = PixelPermutation.of(42, 28 * 28);
/// var train = mnist.train().map(permutation);
/// var test = mnist.test().map(permutation);
/// ```
///
/// The channels of a pixel stay together. Immutable and safe to use from many threads.
public final class PixelPermutation implements Transform {
    private final int[] order;

    private PixelPermutation(int[] order) {
        this.order = order;
    }

    /// The permutation of a seed for pictures of so many pixels.
    public static PixelPermutation of(long seed, int pixels) {
        config(pixels >= 1, "PixelPermutation: pixels must be at least 1, but is %d.", pixels);
        return new PixelPermutation(Key.of(seed).child("pixels").permutation(pixels));
    }

    /// A permutation that is known: pixel `i` of the result is pixel `order[i]` of the picture.
    public static PixelPermutation ofOrder(int... order) {
        check("PixelPermutation", order);
        return new PixelPermutation(order.clone());
    }

    private static void check(String where, int[] order) {
        boolean[] seen = new boolean[order.length];
        for (int i = 0; i < order.length; i++) {
            boolean fits = order[i] >= 0 && order[i] < order.length && !seen[order[i]];
            data(
                    fits,
                    "%s: the order must hold each number from 0 to %d once, but place %d holds %d.",
                    where,
                    order.length - 1,
                    i,
                    order[i]);
            seen[order[i]] = true;
        }
    }

    /// Reads a permutation that [#save] wrote.
    public static PixelPermutation load(Path file) {
        int[] order = Npy.read(file).ints();
        check(file.toString(), order);
        return new PixelPermutation(order);
    }

    /// Writes the order as an `.npy` file of int32, at once or not at all; a file of that name is replaced.
    public void save(Path file) {
        Npy.write(file, Column.labels(order));
    }

    /// The permutation that undoes this one.
    public PixelPermutation inverse() {
        int[] back = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            back[order[i]] = i;
        }
        return new PixelPermutation(back);
    }

    /// The order: pixel `i` of the result is pixel `order[i]` of the picture. A copy.
    public int[] order() {
        return order.clone();
    }

    @Override
    public Step prepare(Shape sample) {
        long values = sample.elements();
        boolean pictures = sample.rank() == 3;
        long pixels = pictures ? (long) sample.dim(0) * sample.dim(1) : values;
        shape(
                pixels == order.length,
                "PixelPermutation: it is for %d pixels, but samples of %s have %d.",
                order.length,
                sample,
                pixels);
        int channels = (int) (values / pixels);
        return Transform.step(sample, (from, to) -> apply(from, to, channels));
    }

    private void apply(float[] from, float[] to, int channels) {
        for (int i = 0; i < order.length; i++) {
            for (int c = 0; c < channels; c++) {
                to[i * channels + c] = from[order[i] * channels + c];
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PixelPermutation that && Arrays.equals(order, that.order);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(order);
    }

    @Override
    public String toString() {
        return "PixelPermutation of " + order.length + " pixels";
    }
}
