package dev.gnomon.data.transform;

import static dev.gnomon.check.Check.config;

import dev.gnomon.tensor.Shape;
import java.util.Arrays;

/// Puts lines of one value around pictures.
///
/// @param top how many lines above
/// @param bottom how many lines below
/// @param left how many columns at the left
/// @param right how many columns at the right
/// @param value what they hold; 0 by default
public record Pad(int top, int bottom, int left, int right, double value) implements Transform {
    public Pad {
        config(
                top >= 0 && bottom >= 0 && left >= 0 && right >= 0,
                "Pad: all sides must be at least 0, but are top %d, bottom %d, left %d, right %d.",
                top,
                bottom,
                left,
                right);
    }

    /// So many lines of 0 on all sides.
    public Pad(int all) {
        this(all, all, all, all, 0);
    }

    public Pad withValue(double value) {
        return new Pad(top, bottom, left, right, value);
    }

    @Override
    public Step prepare(Shape sample) {
        var picture = Picture.of("Pad", sample);
        int height = picture.height() + top + bottom;
        int width = picture.width() + left + right;
        int line = width * picture.channels();
        int start = top * line + left * picture.channels();
        return Transform.step(
                Picture.resized(sample, height, width),
                (from, to) -> {
                    Arrays.fill(to, (float) value);
                    for (int y = 0; y < picture.height(); y++) {
                        System.arraycopy(
                                from, y * picture.line(), to, start + y * line, picture.line());
                    }
                });
    }
}
