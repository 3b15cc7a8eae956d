package dev.gnomon.data.transform;

import static dev.gnomon.check.Check.config;

import dev.gnomon.tensor.Shape;

/// Turns pictures about their centre by an angle drawn evenly from -factor to factor.
///
/// @param factor the greatest angle as a share of the whole circle, from 0 to 1, as in Keras
/// @param fill what is seen beyond the edges; reflected by default
/// @param fillValue what CONSTANT fills in; 0 by default
public record RandomRotation(double factor, Fill fill, double fillValue) implements Augmentation {
    public RandomRotation {
        config(
                factor >= 0 && factor <= 1,
                "RandomRotation: factor is a share of the whole circle, from 0 to 1, but is %s.",
                factor);
    }

    public RandomRotation(double factor) {
        this(factor, Fill.REFLECT, 0);
    }

    public RandomRotation withFill(Fill fill) {
        return new RandomRotation(factor, fill, fillValue);
    }

    public RandomRotation withFillValue(double value) {
        return new RandomRotation(factor, fill, value);
    }

    @Override
    public Step prepare(Shape sample) {
        double most = 2 * Math.PI * factor;
        return AffineStep.of(
                "RandomRotation",
                sample,
                fill,
                fillValue,
                (bits, map, _) -> map.rotate(AffineStep.between(bits, 0, -most, most)));
    }
}
