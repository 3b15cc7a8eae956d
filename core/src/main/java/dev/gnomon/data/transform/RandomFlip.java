package dev.gnomon.data.transform;

import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;

/// Mirrors half of the pictures.
///
/// @param mode which way; both by default, each drawn for itself
public record RandomFlip(Mode mode) implements Augmentation {
    /// Which way pictures are mirrored.
    public enum Mode {
        /// Left to right.
        HORIZONTAL,
        /// Top to bottom.
        VERTICAL,
        HORIZONTAL_AND_VERTICAL
    }

    public RandomFlip() {
        this(Mode.HORIZONTAL_AND_VERTICAL);
    }

    @Override
    public Step prepare(Shape sample) {
        boolean across = mode != Mode.VERTICAL;
        boolean down = mode != Mode.HORIZONTAL;
        return AffineStep.of(
                "RandomFlip",
                sample,
                Fill.REFLECT,
                0,
                (bits, map, _) ->
                        map.scale(
                                across && Key.uniformAt(bits, 0) < 0.5 ? -1 : 1,
                                down && Key.uniformAt(bits, 1) < 0.5 ? -1 : 1));
    }
}
