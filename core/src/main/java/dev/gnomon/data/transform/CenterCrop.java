package dev.gnomon.data.transform;

import static dev.gnomon.check.Check.config;
import static dev.gnomon.check.Check.shape;

import dev.gnomon.tensor.Shape;

/// Cuts the middle out of pictures; where that cannot be exact, half a pixel to the top and left, as Keras does.
///
/// @param height of the result, at least 1 and at most that of the pictures
/// @param width of the result, at least 1 and at most that of the pictures
public record CenterCrop(int height, int width) implements Transform {
    public CenterCrop {
        config(
                height >= 1 && width >= 1,
                "CenterCrop: height and width must be at least 1, but are %d and %d.",
                height,
                width);
    }

    @Override
    public Step prepare(Shape sample) {
        var picture = Picture.of("CenterCrop", sample);
        shape(
                height <= picture.height() && width <= picture.width(),
                "CenterCrop: %d×%d cannot be cut out of pictures of %s. Use Resize, or a smaller size.",
                height,
                width,
                sample);
        int top = (picture.height() - height) / 2;
        int left = (picture.width() - width) / 2 * picture.channels();
        int line = width * picture.channels();
        return Transform.step(
                Picture.resized(sample, height, width),
                (from, to) -> {
                    for (int y = 0; y < height; y++) {
                        System.arraycopy(
                                from, (top + y) * picture.line() + left, to, y * line, line);
                    }
                });
    }
}
