package dev.gnomon.layer;

/// A height and a width: of a window, or of its steps.
public record Size(int height, int width) {
    /// The same for both.
    public static Size of(int size) {
        return new Size(size, size);
    }

    public static Size of(int height, int width) {
        return new Size(height, width);
    }

    /// Whether one of the two is above a bound.
    boolean isAbove(int bound) {
        return height > bound || width > bound;
    }

    @Override
    public String toString() {
        return height + "×" + width;
    }
}
