package dev.gnomon.data.transform;

import dev.gnomon.tensor.Shape;

/// Mirrors every picture. [RandomFlip] does so at random, for training.
///
/// @param mode which way
public record Flip(RandomFlip.Mode mode) implements Transform {
    @Override
    public Step prepare(Shape sample) {
        var picture = Picture.of("Flip", sample);
        boolean across = mode != RandomFlip.Mode.VERTICAL;
        boolean down = mode != RandomFlip.Mode.HORIZONTAL;
        return Transform.step(
                sample,
                (from, to) -> {
                    for (int y = 0; y < picture.height(); y++) {
                        int source = down ? picture.height() - 1 - y : y;
                        for (int x = 0; x < picture.width(); x++) {
                            int column = across ? picture.width() - 1 - x : x;
                            System.arraycopy(
                                    from,
                                    source * picture.line() + column * picture.channels(),
                                    to,
                                    y * picture.line() + x * picture.channels(),
                                    picture.channels());
                        }
                    }
                });
    }
}
