package dev.gnomon.data.transform;

import static dev.gnomon.check.Check.config;

import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;

/// Puts lines around pictures and cuts pictures of the old size out of them at a random place: a shift by whole pixels.
///
/// @param padding the lines on each side, at least 1
/// @param fill what they hold; a constant by default
/// @param fillValue what CONSTANT fills in; 0 by default
public record RandomCrop(int padding, Fill fill, double fillValue) implements Augmentation {
    public RandomCrop {
        config(padding >= 1, "RandomCrop: padding must be at least 1, but is %d.", padding);
    }

    public RandomCrop(int padding) {
        this(padding, Fill.CONSTANT, 0);
    }

    public RandomCrop withFill(Fill fill) {
        return new RandomCrop(padding, fill, fillValue);
    }

    public RandomCrop withFillValue(double value) {
        return new RandomCrop(padding, fill, value);
    }

    @Override
    public Step prepare(Shape sample) {
        return AffineStep.of(
                "RandomCrop",
                sample,
                fill,
                fillValue,
                (bits, map, _) -> map.shift(pixels(bits, 0), pixels(bits, 1)));
    }

    private int pixels(long bits, long position) {
        return (int) (Key.uniformAt(bits, position) * (2 * padding + 1)) - padding;
    }
}
