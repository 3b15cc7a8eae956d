package dev.gnomon.data.transform;

import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;

/// Mirrors half of the pictures.
///
/// Alternating, it mirrors in each second epoch (the second, the fourth, …) the pictures that it left as they were in the
/// epoch before, and no others: two such epochs show every picture both ways. A short training learns a little more from
/// as many epochs. Jordan, 94% on CIFAR-10 in 3.29 Seconds on a Single GPU, 2024 (there the same pictures in all even
/// epochs; here each pair of epochs draws anew).
///
/// @param mode which way; both by default, each drawn for itself
/// @param alternating whether two epochs show every picture both ways; false by default, as in Keras
public record RandomFlip(Mode mode, boolean alternating) implements Augmentation {
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

    public RandomFlip(Mode mode) {
        this(mode, false);
    }

    public RandomFlip withAlternating(boolean alternating) {
        return new RandomFlip(mode, alternating);
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
                                across && flips(bits, 0) ? -1 : 1,
                                down && flips(bits, 1) ? -1 : 1));
    }

    private boolean flips(long bits, long position) {
        if (alternating) {
            return Key.uniformAt(EpochBits.both(bits), position) < 0.5 != EpochBits.isSecond(bits);
        }
        return Key.uniformAt(bits, position) < 0.5;
    }
}
