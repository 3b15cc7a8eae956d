package dev.gnomon.data;

import static dev.gnomon.check.Check.data;

import dev.gnomon.check.DataException;
import dev.gnomon.data.transform.Augmentation;
import dev.gnomon.data.transform.Transform;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.DType;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One named part of a data set: an array of samples `[rows, ...]` in the type it is stored in.
///
/// A column is a view of memory (on the Java heap, native, or of a mapped file), of samples that a reader makes on demand,
/// or of another column whose samples are changed on the way. Selecting, slicing, scaling and mapping copy no samples; they
/// become float32 only when a batch is filled. The memory is not copied when a column is made, so it must not be changed
/// afterwards. Multi-byte elements are little-endian.
///
/// Immutable and safe to use from many threads.
public final class Column {
    /// What may be added to any number without changing it: +0 would change -0.
    private static final double NOTHING = -0.0;

    private final Rows source;
    private final Shape shape;
    private final int width;
    private final int first;
    private final int @Nullable [] index;
    private final double factor;
    private final double offset;

    private Column(
            Rows source,
            Shape shape,
            int first,
            int @Nullable [] index,
            double factor,
            double offset) {
        this.source = source;
        this.shape = shape;
        this.width = ColumnShape.sampleElements(shape);
        this.first = first;
        this.index = index;
        this.factor = factor;
        this.offset = offset;
    }

    private static Column of(Rows source, Shape shape) {
        return new Column(source, shape, 0, null, 1, NOTHING);
    }

    /// A column of the given memory, whose size must be exactly that of the shape.
    ///
    /// @param memory little-endian elements in row order, without gaps
    /// @param shape the sizes, the number of samples first; without axes it is a single number
    public static Column of(MemorySegment memory, DType dtype, Shape shape) {
        ColumnShape.check(shape, dtype, memory.byteSize());
        return of(
                new StoredRows(
                        memory.asReadOnly(),
                        dtype,
                        (long) ColumnShape.sampleElements(shape) * dtype.bytes()),
                shape);
    }

    /// A column whose samples are made one at a time when a batch is filled; nothing is kept, so it may be larger than
    /// memory.
    ///
    /// @param rows how many samples there are
    /// @param sample the sizes of one sample
    /// @param dtype the type of the elements that the reader writes
    /// @param reader makes a sample; called by several threads at once
    public static Column of(int rows, Shape sample, DType dtype, RowReader reader) {
        data(rows >= 0, "Column: the number of rows must be at least 0, but is %d.", rows);
        var shape = ColumnShape.batch(rows, sample.dims());
        return of(new MadeRows(reader, dtype, ColumnShape.sampleElements(shape), rows), shape);
    }

    /// A float32 column of an array in row order.
    ///
    /// @param dims the sizes, the number of samples first
    public static Column of(float[] values, int... dims) {
        return of(
                MemorySegment.ofArray(values), DType.FLOAT32, ColumnShape.of(values.length, dims));
    }

    /// An int32 column of an array in row order: class numbers, for example.
    ///
    /// @param dims the sizes, the number of samples first
    public static Column of(int[] values, int... dims) {
        return of(MemorySegment.ofArray(values), DType.INT32, ColumnShape.of(values.length, dims));
    }

    /// A uint8 column of an array in row order: the bytes are values from 0 to 255.
    ///
    /// @param dims the sizes, the number of samples first
    public static Column of(byte[] values, int... dims) {
        return of(MemorySegment.ofArray(values), DType.UINT8, ColumnShape.of(values.length, dims));
    }

    /// An int64 column of an array in row order.
    ///
    /// @param dims the sizes, the number of samples first
    public static Column of(long[] values, int... dims) {
        return of(MemorySegment.ofArray(values), DType.INT64, ColumnShape.of(values.length, dims));
    }

    /// A float64 column of an array in row order.
    ///
    /// @param dims the sizes, the number of samples first
    public static Column of(double[] values, int... dims) {
        return of(
                MemorySegment.ofArray(values), DType.FLOAT64, ColumnShape.of(values.length, dims));
    }

    /// A float32 column of a tensor.
    public static Column of(Tensor tensor) {
        return of(tensor.values(), tensor.shape().dims());
    }

    /// A column of class numbers, one for each sample.
    public static Column labels(int... labels) {
        return of(labels, labels.length);
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
        return isScaled() ? DType.FLOAT32 : source.dtype();
    }

    /// How many random changes samples go through in training.
    int augmentations() {
        return source.augmentations();
    }

    /// Whether samples are made when they are asked for, and may take their time.
    public boolean isOnDemand() {
        return source.isOnDemand();
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
            mapped[i] = sourceRow(rows[i]);
        }
        return selected(mapped);
    }

    private Column selected(int[] mapped) {
        data(shape.rank() > 0, "Column.select: a single number has no rows.");
        return new Column(source, shape.withDim(0, mapped.length), 0, mapped, factor, offset);
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
        return new Column(source, shape.withDim(0, to - from), first + from, null, factor, offset);
    }

    /// The same samples with each value `v` as `v * factor + offset` in float32, as a view.
    public Column scaled(double factor, double offset) {
        data(
                Double.isFinite(factor) && Double.isFinite(offset),
                "Column.scaled: factor and offset must be finite, but are %s and %s.",
                factor,
                offset);
        return new Column(
                source, shape, first, index, this.factor * factor, this.offset * factor + offset);
    }

    /// The same samples changed one after the other by the transforms, in float32, as a view: each is computed when a batch
    /// is filled. [#cached] keeps the results.
    public Column map(Transform... transforms) {
        var column = this;
        for (Transform transform : transforms) {
            var step = transform.prepare(column.sampleShape());
            column =
                    of(
                            new MappedRows(column, step),
                            ColumnShape.batch(rows(), step.shape().dims()));
        }
        return column;
    }

    /// The same samples changed at random while they are trained with, as a view; for all else they stay as they are.
    /// What is drawn for a sample depends on the seed, the epoch and its row in this column, on nothing else.
    public Column augmented(Augmentation... augmentations) {
        return of(new AugmentedRows(this, augmentations), shape);
    }

    /// The same samples in memory, all made now: for samples that take long to make, where there is room.
    public Column cached() {
        return ColumnBytes.cached(this);
    }

    /// The same samples under another shape of as many elements, such as `[n, 28, 28, 1]` for `[n, 28, 28]`.
    ///
    /// @param dims the sizes of one sample
    public Column withSampleShape(int... dims) {
        var other = ColumnShape.batch(rows(), dims);
        data(
                ColumnShape.sampleElements(other) == width,
                "Column.withSampleShape: a sample of %s has %d elements, which do not fit %s.",
                sampleShape(),
                width,
                Shape.of(dims));
        return new Column(source, other, first, index, factor, offset);
    }

    /// Writes samples as float32, one after the other, in the machine's byte order. Allocates nothing.
    ///
    /// @param rows the rows in the order wanted
    /// @param from the first position of `rows` to take
    /// @param count how many positions of `rows` to take
    /// @param target where to write; on the heap or native
    /// @param targetOffset where to begin in the target, counted in floats
    public void copyRows(int[] rows, int from, int count, MemorySegment target, long targetOffset) {
        copyRows(rows, from, count, target, targetOffset, null);
    }

    /// As the other, with the random changes that the key of an epoch gives, where this column has some.
    void copyRows(
            int[] rows,
            int from,
            int count,
            MemorySegment target,
            long targetOffset,
            @Nullable Key key) {
        Objects.checkFromIndexSize(from, count, rows.length);
        int limit = rows();
        for (int i = 0; i < count; i++) {
            int row = Objects.checkIndex(rows[from + i], limit);
            copyRow(row, target, targetOffset + (long) i * width, key);
        }
    }

    /// Writes the samples `first .. first + count - 1` as float32; otherwise as [#copyRows].
    public void copyRange(int first, int count, MemorySegment target, long targetOffset) {
        Objects.checkFromIndexSize(first, count, rows());
        for (int i = 0; i < count; i++) {
            copyRow(first + i, target, targetOffset + (long) i * width, null);
        }
    }

    void copyRow(int row, MemorySegment target, long targetOffset, @Nullable Key key) {
        int at = sourceRow(row);
        Elements.copy(
                source.sample(at, key),
                source.dtype(),
                source.offset(at),
                width,
                target,
                4 * targetOffset,
                factor,
                offset);
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
        int at = sourceRow(Objects.checkIndex(row, rows()));
        var type = source.dtype();
        long place = (long) Objects.checkIndex(element, width) * type.bytes();
        double value = Elements.doubleAt(source.sample(at, null), type, source.offset(at) + place);
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

    /// A sample in the type that [#dtype] says, little-endian; valid until this thread asks for another one.
    ///
    /// @param scratch where a scaled sample is made
    MemorySegment bytes(int row, MemorySegment scratch) {
        if (isScaled()) {
            copyRow(row, scratch, 0, null);
            return scratch;
        }
        int at = sourceRow(row);
        long bytes = (long) width * source.dtype().bytes();
        return source.sample(at, null).asSlice(source.offset(at), bytes);
    }

    private int sourceRow(int row) {
        return index == null ? first + row : index[row];
    }

    @Override
    public String toString() {
        return "Column" + shape + " of " + dtype().kerasName();
    }
}
