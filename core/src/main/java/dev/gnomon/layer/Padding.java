package dev.gnomon.layer;

import dev.gnomon.graph.Op;
import dev.gnomon.tensor.Shape;

/// What happens to windows that reach over the edge.
public enum Padding {
    /// There are none: windows stay inside.
    VALID,
    /// The image is padded so that the output is the input divided by the stride, rounded up. Where the padding is odd,
    /// the larger half is at the bottom and at the right, as in TensorFlow.
    SAME;

    /// The window on an image `[batch, height, width, channels]`.
    Op.Window window(Size size, Size strides, Size dilation, Shape image) {
        int high = padding(image.dim(1), size.height(), strides.height(), dilation.height());
        int wide = padding(image.dim(2), size.width(), strides.width(), dilation.width());
        return new Op.Window(
                size.height(),
                size.width(),
                strides.height(),
                strides.width(),
                dilation.height(),
                dilation.width(),
                high / 2,
                high - high / 2,
                wide / 2,
                wide - wide / 2);
    }

    private int padding(int input, int size, int stride, int dilation) {
        if (this == VALID) {
            return 0;
        }
        int places = Math.ceilDiv(input, stride);
        return Math.max(0, (places - 1) * stride + (size - 1) * dilation + 1 - input);
    }
}
