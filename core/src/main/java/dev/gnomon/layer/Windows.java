package dev.gnomon.layer;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Op;
import dev.gnomon.graph.Value;

/// What layers with windows share.
final class Windows {
    private Windows() {}

    static void check(String layer, String setting, Size size) {
        Check.config(
                size.height() >= 1 && size.width() >= 1,
                "%s: %s must be at least 1, but is %s.",
                layer,
                setting,
                size);
    }

    static Value pool(Op.PoolKind kind, Value x, Size size, Size strides, Padding padding) {
        Inputs.image(x);
        return x.pool2d(kind, padding.window(size, strides, Size.of(1), x.shape()));
    }
}
