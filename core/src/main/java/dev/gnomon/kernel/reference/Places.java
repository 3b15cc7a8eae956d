package dev.gnomon.kernel.reference;

import dev.gnomon.graph.Op.Window;
import dev.gnomon.tensor.Shape;

/// The places of a window on images, and what it covers there.
final class Places {
    private Places() {}

    /// An element `[i, j]` of the window, which lies on a pixel of the input while the window stands at a pixel of the
    /// output.
    @FunctionalInterface
    interface Visitor {
        void at(int sample, int row, int column, int i, int j, int outRow, int outColumn);
    }

    /// Visits sample by sample, place by place and, in the window, row by row; what lies on the padding is left out.
    static void visit(Window w, Shape x, Shape y, Visitor visitor) {
        for (int sample = 0; sample < x.dim(0); sample++) {
            for (int outRow = 0; outRow < y.dim(1); outRow++) {
                for (int outColumn = 0; outColumn < y.dim(2); outColumn++) {
                    place(w, x, visitor, sample, outRow, outColumn);
                }
            }
        }
    }

    private static void place(
            Window w, Shape x, Visitor visitor, int sample, int outRow, int outColumn) {
        for (int i = 0; i < w.height(); i++) {
            int row = outRow * w.strideHeight() + i * w.dilationHeight() - w.top();
            for (int j = 0; j < w.width(); j++) {
                int column = outColumn * w.strideWidth() + j * w.dilationWidth() - w.left();
                if (row >= 0 && row < x.dim(1) && column >= 0 && column < x.dim(2)) {
                    visitor.at(sample, row, column, i, j, outRow, outColumn);
                }
            }
        }
    }
}
