package dev.gnomon.file;

import dev.gnomon.check.FormatException;
import java.util.Arrays;
import java.util.List;

/// Texts in an HDF5 file: a single one, or an array of them in row order. Immutable; equal by value.
///
/// Fixed-length and variable-length strings are both read; strings are always written as variable-length UTF-8.
public final class H5Text implements H5Value {
    private final int[] dims;
    private final List<String> values;

    H5Text(int[] dims, List<String> values) {
        this.dims = dims.clone();
        this.values = List.copyOf(values);
        if (H5Array.elements(dims) != values.size()) {
            throw new FormatException(
                    "HDF5 text: the sizes "
                            + Arrays.toString(dims)
                            + " do not fit "
                            + values.size()
                            + " texts.");
        }
    }

    /// A single text.
    public static H5Text of(String value) {
        return new H5Text(new int[0], List.of(value));
    }

    /// A list of texts, as Keras stores the names of layers and weights.
    public static H5Text list(List<String> values) {
        return new H5Text(new int[] {values.size()}, values);
    }

    @Override
    public int[] dims() {
        return dims.clone();
    }

    /// The texts in row order.
    public List<String> values() {
        return values;
    }

    /// The single text; a [FormatException] if there are several or none.
    public String value() {
        if (values.size() != 1) {
            throw new FormatException(
                    "HDF5 text: one text was expected, but there are " + values.size() + ".");
        }
        return values.getFirst();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof H5Text that
                && Arrays.equals(dims, that.dims)
                && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(dims) + values.hashCode();
    }

    @Override
    public String toString() {
        return dims.length == 0 ? "\"" + values.getFirst() + "\"" : values.toString();
    }
}
