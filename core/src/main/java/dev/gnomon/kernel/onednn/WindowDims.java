package dev.gnomon.kernel.onednn;

import dev.gnomon.graph.Op;
import java.lang.foreign.Arena;

/// A window as oneDNN wants it: addresses of two numbers each, height's before width's, valid as long as the arena.
record WindowDims(Arena arena, Op.Window window) {
    long sizes() {
        return Fusion.dims(arena, window.height(), window.width());
    }

    long strides() {
        return Fusion.dims(arena, window.strideHeight(), window.strideWidth());
    }

    /// How many elements are left out between two of the window.
    long dilations() {
        return Fusion.dims(arena, window.dilationHeight() - 1, window.dilationWidth() - 1);
    }

    /// The padding above and to the left.
    long before() {
        return Fusion.dims(arena, window.top(), window.left());
    }

    /// The padding below and to the right.
    long after() {
        return Fusion.dims(arena, window.bottom(), window.right());
    }
}
