package dev.gnomon.layer;

import dev.gnomon.graph.Op.PoolKind;
import dev.gnomon.graph.Value;

/// The largest value of each window, channel by channel.
///
/// | | shape |
/// |---|---|
/// | input | `[batch, height, width, channels]` |
/// | output | `[batch, new height, new width, channels]` |
///
/// Sizes as for [Conv2D]. Padding never counts.
///
/// @param poolSize the window; 2 by default
/// @param strides its steps; the size of the window by default
/// @param padding VALID by default
public record MaxPooling2D(Size poolSize, Size strides, Padding padding) implements Layer {
    public MaxPooling2D {
        Windows.check("MaxPooling2D", "poolSize", poolSize);
        Windows.check("MaxPooling2D", "strides", strides);
    }

    public MaxPooling2D() {
        this(2);
    }

    public MaxPooling2D(int poolSize) {
        this(Size.of(poolSize));
    }

    public MaxPooling2D(Size poolSize) {
        this(poolSize, poolSize, Padding.VALID);
    }

    public MaxPooling2D withStrides(int strides) {
        return withStrides(Size.of(strides));
    }

    public MaxPooling2D withStrides(Size strides) {
        return new MaxPooling2D(poolSize, strides, padding);
    }

    public MaxPooling2D withPadding(Padding padding) {
        return new MaxPooling2D(poolSize, strides, padding);
    }

    @Override
    public Value build(Scope scope, Value x) {
        return Windows.pool(PoolKind.MAX, x, poolSize, strides, padding);
    }
}
