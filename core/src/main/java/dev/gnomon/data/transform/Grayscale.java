package dev.gnomon.data.transform;

import static dev.gnomon.check.Check.shape;

import dev.gnomon.tensor.Shape;

/// Makes one channel of three: `0.299 R + 0.587 G + 0.114 B`, not rounded.
public record Grayscale() implements Transform {
    @Override
    public Step prepare(Shape sample) {
        shape(
                sample.rank() == 3 && sample.dim(2) == 3,
                "Grayscale: needs pictures [height, width, 3], but the samples are %s.",
                sample);
        return Transform.step(sample.withDim(2, 1), Grayscale::apply);
    }

    private static void apply(float[] from, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = 0.299f * from[3 * i] + 0.587f * from[3 * i + 1] + 0.114f * from[3 * i + 2];
        }
    }
}
