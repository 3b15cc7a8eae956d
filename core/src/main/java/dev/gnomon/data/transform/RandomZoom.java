package dev.gnomon.data.transform;

import static dev.gnomon.check.Check.config;

import dev.gnomon.tensor.Shape;

/// Zooms pictures by shares drawn evenly from -factor to factor: 0.2 shows up to 20 % more, or less, of their height.
///
/// @param heightFactor the greatest change of the height that is seen, at least 0 and below 1
/// @param widthFactor the same of the width; negative (the default) keeps the aspect ratio
/// @param fill what is seen beyond the edges; reflected by default
/// @param fillValue what CONSTANT fills in; 0 by default
public record RandomZoom(double heightFactor, double widthFactor, Fill fill, double fillValue)
        implements Augmentation {
    private static final double AS_HEIGHT = -1;

    public RandomZoom {
        config(
                heightFactor >= 0 && heightFactor < 1 && widthFactor < 1,
                "RandomZoom: the factors must be at least 0 and below 1, but are %s and %s.",
                heightFactor,
                widthFactor);
    }

    /// Keeps the aspect ratio.
    public RandomZoom(double factor) {
        this(factor, AS_HEIGHT, Fill.REFLECT, 0);
    }

    public RandomZoom withWidthFactor(double factor) {
        return new RandomZoom(heightFactor, factor, fill, fillValue);
    }

    public RandomZoom withFill(Fill fill) {
        return new RandomZoom(heightFactor, widthFactor, fill, fillValue);
    }

    public RandomZoom withFillValue(double value) {
        return new RandomZoom(heightFactor, widthFactor, fill, value);
    }

    @Override
    public Step prepare(Shape sample) {
        return AffineStep.of("RandomZoom", sample, fill, fillValue, this::draw);
    }

    private void draw(long bits, AffineMap map, Picture picture) {
        double down = 1 + AffineStep.between(bits, 0, -heightFactor, heightFactor);
        double across =
                widthFactor < 0 ? down : 1 + AffineStep.between(bits, 1, -widthFactor, widthFactor);
        map.scale(1 / across, 1 / down);
    }
}
