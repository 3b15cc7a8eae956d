package dev.gnomon.layer;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;

/// Adds rows and columns of zeros around images.
///
/// | | shape |
/// |---|---|
/// | input | `[batch, height, width, channels]` |
/// | output | `[batch, top + height + bottom, left + width + right, channels]` |
///
/// @param padding how many at each edge; 1 by default
public record ZeroPadding2D(Edges padding) implements Layer {
    public ZeroPadding2D {
        Check.config(
                Math.min(
                                Math.min(padding.top(), padding.bottom()),
                                Math.min(padding.left(), padding.right()))
                        >= 0,
                "ZeroPadding2D: padding must be at least 0, but is %s.",
                padding);
    }

    public ZeroPadding2D() {
        this(1);
    }

    public ZeroPadding2D(int padding) {
        this(padding, padding);
    }

    public ZeroPadding2D(int height, int width) {
        this(new Edges(height, height, width, width));
    }

    @Override
    public Value build(Scope scope, Value x) {
        Inputs.image(x);
        return x.pad(1, padding.top(), padding.bottom(), 0)
                .pad(2, padding.left(), padding.right(), 0);
    }
}
