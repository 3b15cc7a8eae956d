package dev.gnomon.file;

import dev.gnomon.check.FormatException;
import dev.gnomon.tensor.DType;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import dev.gnomon.tensor.TensorView;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Numbers in an HDF5 file: a type, the sizes of the axes and the elements in row order, little-endian.
///
/// A single number has no axes; an axis of size 0 makes the array empty. Immutable; equal by type, sizes and bits.
@SuppressWarnings("ByteBufferBackingArray")
public final class H5Array implements H5Value {
    private final DType type;
    private final int[] dims;
    private final ByteBuffer bytes;

    /// Keeps `bytes` without copying: callers in this package hand over fresh arrays only.
    H5Array(DType type, int[] dims, byte[] bytes) {
        this(type, dims, ByteBuffer.wrap(bytes));
    }

    private H5Array(DType type, int[] dims, ByteBuffer bytes) {
        this.type = type;
        this.dims = dims.clone();
        this.bytes = bytes;
        if (elements(dims) * type.bytes() != bytes.capacity()) {
            throw new FormatException(
                    "HDF5 array: the sizes "
                            + Arrays.toString(dims)
                            + " of "
                            + type.kerasName()
                            + " do not fit "
                            + bytes.capacity()
                            + " bytes.");
        }
    }

    /// An array of any type from its little-endian bytes, which are copied.
    public static H5Array of(DType type, int[] dims, byte[] littleEndian) {
        return new H5Array(type, dims, littleEndian.clone());
    }

    /// A float32 array; no sizes make a single number.
    public static H5Array of(float[] values, int... dims) {
        ByteBuffer buffer = allocate(DType.FLOAT32, values.length);
        buffer.asFloatBuffer().put(values);
        return new H5Array(DType.FLOAT32, dims, buffer.array());
    }

    /// A float32 array with the shape and values of a tensor.
    public static H5Array of(Tensor tensor) {
        return of(tensor.values(), tensor.shape().dims());
    }

    /// A float32 array with the shape of a view and its values as they are now.
    ///
    /// @param memory where they are copied to, so that they do not burden the heap; the array lives as long
    public static H5Array copyOf(TensorView view, Arena memory) {
        long bytes = bytes(DType.FLOAT32, view.shape().elements());
        ByteBuffer copy = memory.allocate(bytes).asByteBuffer();
        view.copyTo(copy);
        return new H5Array(DType.FLOAT32, view.shape().dims(), copy.rewind());
    }

    /// An int32 array; no sizes make a single number.
    public static H5Array of(int[] values, int... dims) {
        ByteBuffer buffer = allocate(DType.INT32, values.length);
        buffer.asIntBuffer().put(values);
        return new H5Array(DType.INT32, dims, buffer.array());
    }

    /// An int64 array; no sizes make a single number.
    public static H5Array of(long[] values, int... dims) {
        ByteBuffer buffer = allocate(DType.INT64, values.length);
        buffer.asLongBuffer().put(values);
        return new H5Array(DType.INT64, dims, buffer.array());
    }

    private static ByteBuffer allocate(DType type, int elements) {
        return ByteBuffer.allocate((int) bytes(type, elements)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static long bytes(DType type, long elements) {
        long bytes = elements * type.bytes();
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new FormatException(
                    "HDF5 array: " + bytes + " bytes are more than one array can hold (2 GiB).");
        }
        return bytes;
    }

    /// The type of the elements.
    public DType type() {
        return type;
    }

    @Override
    public int[] dims() {
        return dims.clone();
    }

    /// The sizes as a shape.
    public Shape shape() {
        return Shape.of(dims);
    }

    /// The number of elements.
    public int size() {
        return bytes.capacity() / type.bytes();
    }

    /// The elements, read-only and little-endian.
    public ByteBuffer buffer() {
        return bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /// The elements as float32, converted where the type is another one.
    public float[] floats() {
        float[] values = new float[size()];
        if (type == DType.FLOAT32) {
            buffer().asFloatBuffer().get(values);
            return values;
        }
        ByteBuffer buffer = buffer();
        for (int i = 0; i < values.length; i++) {
            values[i] = type.isInteger() ? (float) integer(buffer, i) : (float) real(buffer, i);
        }
        return values;
    }

    /// The elements as double, converted where the type is another one.
    public double[] doubles() {
        double[] values = new double[size()];
        ByteBuffer buffer = buffer();
        for (int i = 0; i < values.length; i++) {
            values[i] = type.isInteger() ? (double) integer(buffer, i) : real(buffer, i);
        }
        return values;
    }

    /// The elements as long; a [FormatException] if the type is not one of whole numbers.
    public long[] longs() {
        if (!type.isInteger()) {
            throw new FormatException(
                    "HDF5 array: whole numbers were expected, but the type is "
                            + type.kerasName()
                            + ".");
        }
        long[] values = new long[size()];
        ByteBuffer buffer = buffer();
        for (int i = 0; i < values.length; i++) {
            values[i] = integer(buffer, i);
        }
        return values;
    }

    /// A tensor of the same shape with the elements as float32.
    public Tensor tensor() {
        return new Tensor(shape(), floats());
    }

    private long integer(ByteBuffer buffer, int index) {
        return switch (type) {
            case UINT8 -> buffer.get(index) & 0xFF;
            case INT8 -> buffer.get(index);
            case BOOL -> buffer.get(index) == 0 ? 0 : 1;
            case UINT16 -> buffer.getChar(2 * index);
            case INT16 -> buffer.getShort(2 * index);
            case UINT32 -> buffer.getInt(4 * index) & 0xFFFFFFFFL;
            case INT32 -> buffer.getInt(4 * index);
            case UINT64, INT64 -> buffer.getLong(8 * index);
            case FLOAT16, FLOAT32, FLOAT64 -> throw new AssertionError(type);
        };
    }

    private double real(ByteBuffer buffer, int index) {
        return switch (type) {
            case FLOAT16 -> Float.float16ToFloat(buffer.getShort(2 * index));
            case FLOAT32 -> buffer.getFloat(4 * index);
            case FLOAT64 -> buffer.getDouble(8 * index);
            case UINT8, INT8, BOOL, UINT16, INT16, UINT32, INT32, UINT64, INT64 ->
                    throw new AssertionError(type);
        };
    }

    /// The number of elements of an array of the given sizes, or 2^31 where they are more than that.
    static long elements(int[] dims) {
        long elements = 1;
        for (int dim : dims) {
            if (dim < 0) {
                throw new FormatException(
                        "HDF5 array: a size is negative in " + Arrays.toString(dims) + ".");
            }
            elements = Math.min(1L << 31, elements * dim);
        }
        return elements;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof H5Array that
                && type == that.type
                && Arrays.equals(dims, that.dims)
                && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * type.hashCode() + Arrays.hashCode(dims)) + bytes.hashCode();
    }

    @Override
    public String toString() {
        return type.kerasName() + Arrays.toString(dims);
    }
}
