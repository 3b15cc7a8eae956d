package dev.gnomon.layer;

import dev.gnomon.graph.Op.PoolKind;
import dev.gnomon.graph.Value;

/// The mean of each window, channel by channel.
///
/// | | shape |
/// |---|---|
/// | input | `[batch, height, width, channels]` |
/// | output | `[batch, new height, new width, channels]` |
///
/// Sizes as for [Conv2D]. Padding never counts: at the edge the mean is over fewer values. With padding SAME
/// windows lie as in TensorFlow and JAX; Keras on torch places them otherwise.
///
/// @param poolSize the window; 2 by default
/// @param strides its steps; the size of the window by default
/// @param padding VALID by default
public record AveragePooling2D(Size poolSize, Size strides, Padding padding) implements Layer {
    public AveragePooling2D {
        Windows.check("AveragePooling2D", "poolSize", poolSize);
        Windows.check("AveragePooling2D", "strides", strides);
    }

    public AveragePooling2D() {
        this(2);
    }

    public AveragePooling2D(int poolSize) {
        this(Size.of(poolSize));
    }

    public AveragePooling2D(Size poolSize) {
        this(poolSize, poolSize, Padding.VALID);
    }

    public AveragePooling2D withStrides(int strides) {
        return withStrides(Size.of(strides));
    }

    public AveragePooling2D withStrides(Size strides) {
        return new AveragePooling2D(poolSize, strides, padding);
    }

    public AveragePooling2D withPadding(Padding padding) {
        return new AveragePooling2D(poolSize, strides, padding);
    }

    @Override
    public Value build(Scope scope, Value x) {
        return Windows.pool(PoolKind.AVERAGE, x, poolSize, strides, padding);
    }
}
