package dev.gnomon.kernel;

/// How a number lies in a buffer.
public enum Element {
    FLOAT32(4),
    /// The upper half of a float32: its range, but 8 bits of precision. Rounded to the nearest, ties to even.
    BFLOAT16(2);

    private final int bytes;

    Element(int bytes) {
        this.bytes = bytes;
    }

    public int bytes() {
        return bytes;
    }
}
