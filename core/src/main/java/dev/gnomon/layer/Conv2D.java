package dev.gnomon.layer;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;
import dev.gnomon.tensor.Shape;

/// 2-D convolution: each output is `activation(sum(window · kernel) + bias)`. The kernel is not flipped.
///
/// | | shape | first value |
/// |---|---|---|
/// | input | `[batch, height, width, in]` | |
/// | kernel | `[kernel height, kernel width, in / groups, filters]` | Glorot uniform |
/// | bias | `[filters]` | zeros |
/// | output | `[batch, new height, new width, filters]` | |
///
/// With padding VALID the new height is `(height - (kernel height - 1) · dilation - 1) / stride + 1`, rounded down; with
/// SAME it is `height / stride`, rounded up. The width likewise.
///
/// @param filters the number of output channels, at least 1 and a multiple of the groups
/// @param kernelSize the window
/// @param strides its steps; 1 by default
/// @param padding VALID by default
/// @param dilationRate the distance of the window's points; 1 by default. Not above 1 together with strides above 1
/// @param groups into how many groups channels are split, each convolved alone; 1 by default
/// @param settings activation, bias, and what is said of the weights
public record Conv2D(
        int filters,
        Size kernelSize,
        Size strides,
        Padding padding,
        Size dilationRate,
        int groups,
        KernelSettings settings)
        implements KernelLayer<Conv2D> {
    public Conv2D {
        Check.config(filters >= 1, "Conv2D: filters must be at least 1, but is %d.", filters);
        Check.config(groups >= 1, "Conv2D: groups must be at least 1, but is %d.", groups);
        Check.config(
                filters % groups == 0,
                "Conv2D: filters must be a multiple of groups, but are %d and %d.",
                filters,
                groups);
        Windows.check("Conv2D", "kernelSize", kernelSize);
        Windows.check("Conv2D", "strides", strides);
        Windows.check("Conv2D", "dilationRate", dilationRate);
        Check.config(
                !strides.isAbove(1) || !dilationRate.isAbove(1),
                "Conv2D: strides and dilationRate cannot both be above 1, but are %s and %s.",
                strides,
                dilationRate);
    }

    public Conv2D(int filters, int kernelSize) {
        this(filters, Size.of(kernelSize));
    }

    public Conv2D(int filters, Size kernelSize) {
        this(filters, kernelSize, Size.of(1), Padding.VALID, Size.of(1), 1, KernelSettings.DEFAULT);
    }

    public Conv2D withStrides(int strides) {
        return withStrides(Size.of(strides));
    }

    public Conv2D withStrides(Size strides) {
        return new Conv2D(filters, kernelSize, strides, padding, dilationRate, groups, settings);
    }

    public Conv2D withPadding(Padding padding) {
        return new Conv2D(filters, kernelSize, strides, padding, dilationRate, groups, settings);
    }

    public Conv2D withDilationRate(int dilationRate) {
        return withDilationRate(Size.of(dilationRate));
    }

    public Conv2D withDilationRate(Size dilationRate) {
        return new Conv2D(filters, kernelSize, strides, padding, dilationRate, groups, settings);
    }

    public Conv2D withGroups(int groups) {
        return new Conv2D(filters, kernelSize, strides, padding, dilationRate, groups, settings);
    }

    @Override
    public Conv2D withSettings(KernelSettings settings) {
        return new Conv2D(filters, kernelSize, strides, padding, dilationRate, groups, settings);
    }

    @Override
    public Value build(Scope scope, Value x) {
        Inputs.image(x);
        int in = x.shape().last();
        Check.shape(in % groups == 0, "%d channels cannot be split into %d groups.", in, groups);
        Shape shape = Shape.of(kernelSize.height(), kernelSize.width(), in / groups, filters);
        Value kernel = scope.weight("kernel", shape, settings.kernel());
        var window = padding.window(kernelSize, strides, dilationRate, x.shape());
        return settings.finish(scope, x.conv2d(kernel, window, groups));
    }
}
