package dev.gnomon.layer;

import dev.gnomon.graph.Op.ReduceKind;
import dev.gnomon.graph.Value;

/// The mean over height and width, channel by channel.
///
/// | | shape |
/// |---|---|
/// | input | `[batch, height, width, channels]` |
/// | output | `[batch, channels]`, or `[batch, 1, 1, channels]` |
///
/// @param keepdims whether height and width stay as axes of size 1; false by default
public record GlobalAveragePooling2D(boolean keepdims) implements Layer {
    public GlobalAveragePooling2D() {
        this(false);
    }

    public GlobalAveragePooling2D withKeepdims(boolean keepdims) {
        return new GlobalAveragePooling2D(keepdims);
    }

    @Override
    public Value build(Scope scope, Value x) {
        Inputs.image(x);
        return x.reduce(ReduceKind.MEAN, keepdims, 1, 2);
    }
}
