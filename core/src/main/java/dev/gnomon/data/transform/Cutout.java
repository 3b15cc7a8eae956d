package dev.gnomon.data.transform;

import static dev.gnomon.check.Check.config;

import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;
import java.util.Arrays;

/// Covers a square of each picture at a random place, so that a network learns to tell classes by more than one part of
/// them. DeVries and Taylor, Improved Regularization of Convolutional Neural Networks with Cutout, 2017. The square's centre
/// is anywhere in the picture, so part of the square may be outside.
///
/// @param size the square's side in pixels, at least 1
/// @param value what the pixels become; 0 by default. The mean of the pixels is often better
public record Cutout(int size, double value) implements Augmentation {
    public Cutout {
        config(size >= 1, "Cutout: size must be at least 1, but is %d.", size);
    }

    public Cutout(int size) {
        this(size, 0);
    }

    public Cutout withValue(double newValue) {
        return new Cutout(size, newValue);
    }

    @Override
    public Step prepare(Shape sample) {
        Picture picture = Picture.of("Cutout", sample);
        return (bits, from, to) -> {
            System.arraycopy(from, 0, to, 0, from.length);
            int top = first(bits, 0, picture.height());
            int left = first(bits, 1, picture.width());
            int begin = Math.max(0, left) * picture.channels();
            int end = Math.min(left + size, picture.width()) * picture.channels();
            for (int y = Math.max(0, top); y < Math.min(top + size, picture.height()); y++) {
                int line = y * picture.line();
                Arrays.fill(to, line + begin, line + end, (float) value);
            }
        };
    }

    private int first(long bits, long position, int length) {
        return (int) (Key.uniformAt(bits, position) * length) - size / 2;
    }
}
