package dev.gnomon.data.transform;

import static dev.gnomon.check.Check.shape;

import dev.gnomon.tensor.Shape;

/// The sizes of a picture: `[height, width, channels]`, or `[height, width]` with one channel.
record Picture(int height, int width, int channels) {
    /// The sizes in a shape.
    ///
    /// @param user who needs pictures, for the message
    static Picture of(String user, Shape sample) {
        shape(
                sample.rank() == 2 || sample.rank() == 3,
                "%s: needs pictures [height, width, channels] or [height, width], but the samples are %s.",
                user,
                sample);
        return new Picture(sample.dim(0), sample.dim(1), sample.rank() == 3 ? sample.dim(2) : 1);
    }

    /// A shape of other height and width, with as many axes as the given one.
    static Shape resized(Shape sample, int height, int width) {
        return sample.withDim(0, height).withDim(1, width);
    }

    /// The values in a line.
    int line() {
        return width * channels;
    }
}
