package dev.gnomon.data.transform;

import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;

/// An augmentation that moves the pixels of pictures by an affine map. Those that follow each other are joined to one map,
/// so that pixels are interpolated once and not once for each.
///
/// @param edge what is seen beyond the edges
/// @param draw draws the map
record AffineStep(Picture picture, Edge edge, Draw draw) implements Augmentation.Step {
    /// What is seen beyond the edges of a picture.
    record Edge(Fill fill, float value) {}

    /// Draws a map.
    @FunctionalInterface
    interface Draw {
        /// Draws a map and puts it behind the given one.
        void draw(long bits, AffineMap map, Picture picture);
    }

    static AffineStep of(String user, Shape sample, Fill fill, double fillValue, Draw draw) {
        return new AffineStep(Picture.of(user, sample), new Edge(fill, (float) fillValue), draw);
    }

    void draw(long bits, AffineMap map) {
        draw.draw(bits, map, picture);
    }

    @Override
    public void apply(long bits, float[] from, float[] to) {
        var map = new AffineMap();
        draw(bits, map);
        map.apply(picture, edge, from, to);
    }

    /// A number from `lower` to `upper`.
    static double between(long bits, long position, double lower, double upper) {
        return lower + (upper - lower) * Key.uniformAt(bits, position);
    }
}
