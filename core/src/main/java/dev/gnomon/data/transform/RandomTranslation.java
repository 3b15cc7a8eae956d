package dev.gnomon.data.transform;

import static dev.gnomon.check.Check.config;

import dev.gnomon.tensor.Shape;

/// Shifts pictures by shares of their size, each drawn evenly from -factor to factor.
///
/// @param heightFactor the greatest shift up and down, as a share of the height, from 0 to 1
/// @param widthFactor the greatest shift to the sides, as a share of the width, from 0 to 1
/// @param fill what is seen beyond the edges; reflected by default
/// @param fillValue what CONSTANT fills in; 0 by default
public record RandomTranslation(
        double heightFactor, double widthFactor, Fill fill, double fillValue)
        implements Augmentation {
    public RandomTranslation {
        config(
                heightFactor >= 0 && heightFactor <= 1 && widthFactor >= 0 && widthFactor <= 1,
                "RandomTranslation: the factors must be from 0 to 1, but are %s and %s.",
                heightFactor,
                widthFactor);
    }

    public RandomTranslation(double heightFactor, double widthFactor) {
        this(heightFactor, widthFactor, Fill.REFLECT, 0);
    }

    public RandomTranslation withFill(Fill fill) {
        return new RandomTranslation(heightFactor, widthFactor, fill, fillValue);
    }

    public RandomTranslation withFillValue(double value) {
        return new RandomTranslation(heightFactor, widthFactor, fill, value);
    }

    @Override
    public Step prepare(Shape sample) {
        return AffineStep.of(
                "RandomTranslation",
                sample,
                fill,
                fillValue,
                (bits, map, picture) ->
                        map.shift(
                                AffineStep.between(bits, 0, -widthFactor, widthFactor)
                                        * picture.width(),
                                AffineStep.between(bits, 1, -heightFactor, heightFactor)
                                        * picture.height()));
    }
}
