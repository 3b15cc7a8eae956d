package dev.gnomon.tensor;

/// The type of a stored element. Kernels compute in float32; other types are those of files and data sets.
public enum DType {
    UINT8("uint8", 1),
    INT8("int8", 1),
    UINT16("uint16", 2),
    INT16("int16", 2),
    UINT32("uint32", 4),
    INT32("int32", 4),
    UINT64("uint64", 8),
    INT64("int64", 8),
    FLOAT16("float16", 2),
    FLOAT32("float32", 4),
    FLOAT64("float64", 8),
    BOOL("bool", 1);

    private final String keras;
    private final int bytes;

    DType(String keras, int bytes) {
        this.keras = keras;
        this.bytes = bytes;
    }

    /// The name that Keras and numpy use, such as `float32`.
    public String kerasName() {
        return keras;
    }

    /// The size of one element in bytes.
    public int bytes() {
        return bytes;
    }

    /// Whether the values are whole numbers.
    public boolean isInteger() {
        return this != FLOAT16 && this != FLOAT32 && this != FLOAT64;
    }
}
