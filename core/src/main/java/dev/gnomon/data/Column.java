package dev.gnomon.data;

import static dev.gnomon.check.Check.data;

import dev.gnomon.check.DataException;
import dev.gnomon.tensor.DType;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One named part of a data set: an array of samples `[rows, ...]` in the type it is stored in.
///
/// A column is a view of memory: on the Java heap, native, or of a mapped file. Selecting, slicing and scaling copy no
/// samples; they become float32 only when a batch is filled. The memory is not copied when a column is made, so it must
/// not be changed afterwards. Multi-byte elements are little-endian.
///
/// Immutable and safe to use from many threads.
public final class Column {
    /// What may be added to any number without changing it: +0 would change -0.
    private static final double NOTHING = -0.0;

    private final MemorySegment memory;
    private final DType stored;
    private final Shape shape;
    private final int width;
    private final int @Nullable [] index;
    private final double factor;
    private final double offset;

    private Column(
            MemorySegment memory,
            DType stored,
            Shape shape,
            int @Nullable [] index,
            double factor,
            double offset) {
        this.memory = memory;
        this.stored = stored;
        this.shape = shape;
        this.width = elementsOfSample(shape);
        this.index = index;
        this.factor = factor;
        this.offset = offset;
    }

    /// A column of the given memory, whose size must be exactly that of the shape.
    ///
    /// @param memory little-endian elements in row order, without gaps
    /// @param shape the sizes, the number of samples first; without axes it is a single number
    public static Column of(MemorySegment memory, DType dtype, Shape shape) {
        data(
                !shape.isBatched(),
                "Column: the shape %s needs the number of samples as its first size.",
                shape);
        elementsOfSample(shape);
        long bytes;
        try {
            bytes = Math.multiplyExact(shape.elements(), (long) dtype.bytes());
        } catch (ArithmeticException e) {
            throw new DataException(
                    "Column: an array of " + shape + " is too large to be addressed.", e);
        }
        data(
                memory.byteSize() == bytes,
                "Column: the shape %s of %s needs %d bytes, but %d were given.",
                shape,
                dtype.kerasName(),
                bytes,
                memory.byteSize());
        return new Column(memory.asReadOnly(), dtype, shape, null, 1, NOTHING);
    }

    /// A float32 column of an array in row order.
    ///
    /// @param dims the sizes, the number of samples first
    public static Column of(float[] values, int... dims) {
        return of(MemorySegment.ofArray(values), DType.FLOAT32, checked(values.length, dims));
    }

    /// An int32 column of an array in row order: class numbers, for example.
    ///
    /// @param dims the sizes, the number of samples first
    public static Column of(int[] values, int... dims) {
        return of(MemorySegment.ofArray(values), DType.INT32, checked(values.length, dims));
    }

    /// A uint8 column of an array in row order: the bytes are values from 0 to 255.
    ///
    /// @param dims the sizes, the number of samples first
    public static Column of(byte[] values, int... dims) {
        return of(MemorySegment.ofArray(values), DType.UINT8, checked(values.length, dims));
    }

    /// An int64 column of an array in row order.
    ///
    /// @param dims the sizes, the number of samples first
    public static Column of(long[] values, int... dims) {
        return of(MemorySegment.ofArray(values), DType.INT64, checked(values.length, dims));
    }

    /// A float64 column of an array in row order.
    ///
    /// @param dims the sizes, the number of samples first
    public static Column of(double[] values, int... dims) {
        return of(MemorySegment.ofArray(values), DType.FLOAT64, checked(values.length, dims));
    }

    /// A float32 column of a tensor.
    public static Column of(Tensor tensor) {
        return of(tensor.values(), tensor.shape().dims());
    }

    /// A column of class numbers, one for each sample.
    public static Column labels(int... labels) {
        return of(labels, labels.length);
    }

    private static Shape checked(int length, int[] dims) {
        var shape = Shape.of(dims);
        data(
                !shape.isBatched(),
                "Column: the shape %s needs the number of samples as its first size.",
                shape);
        data(
                elementsOf(shape) == length,
                "Column: the shape %s needs %d values, but %d were given.",
                shape,
                elementsOf(shape),
                length);
        return shape;
    }

    private static int elementsOfSample(Shape shape) {
        long elements = 1;
        for (int axis = 1; axis < shape.rank(); axis++) {
            elements *= shape.dim(axis);
            data(
                    elements <= Integer.MAX_VALUE,
                    "Column: one sample of %s has more than %d elements, which is the limit.",
                    shape,
                    Integer.MAX_VALUE);
        }
        return (int) elements;
    }

    private static long elementsOf(Shape shape) {
        return (long) elementsOfSample(shape) * (shape.rank() == 0 ? 1 : shape.dim(0));
    }

    /// The sizes, the number of samples first.
    public Shape shape() {
        return shape;
    }

    /// The sizes of one sample.
    public Shape sampleShape() {
        int[] dims = shape.dims();
        return dims.length == 0 ? shape : Shape.of(Arrays.copyOfRange(dims, 1, dims.length));
    }

    /// The number of samples; 1 for a single number without axes.
    public int rows() {
        return shape.rank() == 0 ? 1 : shape.dim(0);
    }

    /// The number of elements of one sample.
    public int sampleElements() {
        return width;
    }

    /// The type of the elements: float32 for a scaled column, else as stored.
    public DType dtype() {
        return isScaled() ? DType.FLOAT32 : stored;
    }

    private boolean isScaled() {
        return factor != 1 || offset != 0;
    }

    /// The samples of the given rows in the given order, as a view; a row may come more than once.
    public Column select(int[] rows) {
        int count = rows();
        int[] mapped = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] < 0 || rows[i] >= count) {
                throw new DataException(
                        "Column.select: row "
                                + rows[i]
                                + " at position "
                                + i
                                + " does not exist; there are "
                                + count
                                + " rows, from 0.");
            }
            mapped[i] = index == null ? rows[i] : index[rows[i]];
        }
        return selected(mapped);
    }

    private Column selected(int[] mapped) {
        data(shape.rank() > 0, "Column.select: a single number has no rows.");
        return new Column(memory, stored, shape.withDim(0, mapped.length), mapped, factor, offset);
    }

    /// The samples `from` (included) to `to` (excluded), as a view.
    public Column slice(int from, int to) {
        data(
                shape.rank() > 0 && from >= 0 && from <= to && to <= rows(),
                "Column.slice: rows %d to %d are not within the %d rows.",
                from,
                to,
                rows());
        if (index != null) {
            return selected(Arrays.copyOfRange(index, from, to));
        }
        var part = memory.asSlice(from * rowBytes(), (to - from) * rowBytes());
        return new Column(part, stored, shape.withDim(0, to - from), null, factor, offset);
    }

    /// The same samples with each value `v` as `v * factor + offset` in float32, as a view.
    public Column scaled(double factor, double offset) {
        data(
                Double.isFinite(factor) && Double.isFinite(offset),
                "Column.scaled: factor and offset must be finite, but are %s and %s.",
                factor,
                offset);
        return new Column(
                memory, stored, shape, index, this.factor * factor, this.offset * factor + offset);
    }

    /// The same samples under another shape of as many elements, such as `[n, 28, 28, 1]` for `[n, 28, 28]`.
    ///
    /// @param dims the sizes of one sample
    public Column withSampleShape(int... dims) {
        int[] all = new int[dims.length + 1];
        all[0] = rows();
        System.arraycopy(dims, 0, all, 1, dims.length);
        var other = Shape.of(all);
        data(
                elementsOfSample(other) == width,
                "Column.withSampleShape: a sample of %s has %d elements, which do not fit %s.",
                sampleShape(),
                width,
                Shape.of(dims));
        return new Column(memory, stored, other, index, factor, offset);
    }

    /// Writes samples as float32, one after the other, in the machine's byte order. Allocates nothing.
    ///
    /// @param rows the rows in the order wanted
    /// @param from the first position of `rows` to take
    /// @param count how many positions of `rows` to take
    /// @param target where to write; on the heap or native
    /// @param targetOffset where to begin in the target, counted in floats
    public void copyRows(int[] rows, int from, int count, MemorySegment target, long targetOffset) {
        Objects.checkFromIndexSize(from, count, rows.length);
        long stride = rowBytes();
        int limit = rows();
        for (int i = 0; i < count; i++) {
            int row = Objects.checkIndex(rows[from + i], limit);
            long at = (index == null ? row : index[row]) * stride;
            long to = 4 * (targetOffset + (long) i * width);
            Elements.copy(memory, stored, at, width, target, to, factor, offset);
        }
    }

    /// Writes the samples `first .. first + count - 1` as float32; otherwise as [#copyRows].
    public void copyRange(int first, int count, MemorySegment target, long targetOffset) {
        Objects.checkFromIndexSize(first, count, rows());
        for (int i = 0; i < count; i++) {
            long to = 4 * (targetOffset + (long) i * width);
            Elements.copy(memory, stored, rowAt(first + i), width, target, to, factor, offset);
        }
    }

    /// All samples as one float32 array, copied.
    public Tensor tensor() {
        long elements = (long) rows() * width;
        data(
                elements <= Integer.MAX_VALUE - 8,
                "Column.tensor: %s has %d elements, more than a Java array holds; take a slice first.",
                shape,
                elements);
        float[] values = new float[(int) elements];
        copyRange(0, rows(), MemorySegment.ofArray(values), 0);
        return new Tensor(shape, values);
    }

    /// One element as a double.
    ///
    /// @param element its place in the flattened sample
    public double valueAt(int row, int element) {
        Objects.checkIndex(row, rows());
        long at = rowAt(row) + (long) Objects.checkIndex(element, width) * stored.bytes();
        double value = Elements.doubleAt(memory, stored, at);
        return isScaled() ? (float) (value * factor + offset) : value;
    }

    /// One element as a whole number; a fraction, or a number too large for an int, is a fault of the data.
    ///
    /// @param element its place in the flattened sample
    public int intAt(int row, int element) {
        double value = valueAt(row, element);
        if (value != (int) value) {
            throw new DataException(
                    "Column: row "
                            + row
                            + " holds "
                            + value
                            + ", where a whole number (a class number, for example) is needed.");
        }
        return (int) value;
    }

    /// The only element of a sample as a whole number: its class number, for example.
    public int intAt(int row) {
        if (width != 1) {
            throw new DataException(
                    "Column.intAt: one number for each sample is needed, but a sample is "
                            + sampleShape()
                            + ". Name the element too: intAt(row, element).");
        }
        return intAt(row, 0);
    }

    /// The only elements of all samples as whole numbers.
    public int[] ints() {
        int[] values = new int[rows()];
        for (int row = 0; row < values.length; row++) {
            values[row] = intAt(row);
        }
        return values;
    }

    /// Writes the elements in row order, little-endian, in the type that [#dtype] says.
    void writeTo(OutputStream out) throws IOException {
        var scratch = isScaled() ? MemorySegment.ofArray(new float[width]) : MemorySegment.NULL;
        byte[] chunk = new byte[1 << 16];
        int filled = 0;
        for (int row = 0; row < rows(); row++) {
            var sample = isScaled() ? scratch : memory.asSlice(rowAt(row), rowBytes());
            if (isScaled()) {
                copyRange(row, 1, scratch, 0);
            }
            for (long at = 0; at < sample.byteSize(); ) {
                int part = (int) Math.min(chunk.length - filled, sample.byteSize() - at);
                MemorySegment.copy(sample, ValueLayout.JAVA_BYTE, at, chunk, filled, part);
                at += part;
                filled += part;
                if (filled == chunk.length) {
                    out.write(chunk);
                    filled = 0;
                }
            }
        }
        out.write(chunk, 0, filled);
    }

    private long rowAt(int row) {
        return (index == null ? row : index[row]) * rowBytes();
    }

    private long rowBytes() {
        return (long) width * stored.bytes();
    }

    @Override
    public String toString() {
        return "Column" + shape + " of " + dtype().kerasName();
    }
}
