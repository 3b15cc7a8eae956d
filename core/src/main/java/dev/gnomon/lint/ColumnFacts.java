package dev.gnomon.lint;

import dev.gnomon.data.Column;
import java.lang.foreign.MemorySegment;

/// What a look at some samples of a column tells.
///
/// @param least the least value
/// @param most the greatest value
/// @param notFinite the first row that holds NaN or infinity, or -1
record ColumnFacts(double least, double most, int notFinite) {
    private static final int SAMPLES = 256;

    /// Looks at some hundred samples, evenly apart, or at all where there are fewer.
    static ColumnFacts of(Column column) {
        return of(column, Math.max(1, column.rows() / SAMPLES), column.rows());
    }

    /// Looks at all samples, or at so many at the beginning.
    static ColumnFacts ofAll(Column column, int most) {
        return of(column, 1, Math.min(most, column.rows()));
    }

    private static ColumnFacts of(Column column, int step, int rows) {
        float[] sample = new float[column.sampleElements()];
        MemorySegment target = MemorySegment.ofArray(sample);
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        int notFinite = -1;
        for (int row = 0; row < rows; row += step) {
            column.copyRange(row, 1, target, 0);
            for (float value : sample) {
                if (!Float.isFinite(value)) {
                    notFinite = notFinite < 0 ? row : notFinite;
                } else {
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                }
            }
        }
        return new ColumnFacts(least, most, notFinite);
    }

    double largest() {
        return Math.max(Math.abs(least), Math.abs(most));
    }

    ColumnFacts scaled(double factor, double offset) {
        double a = least * factor + offset;
        double b = most * factor + offset;
        return new ColumnFacts(Math.min(a, b), Math.max(a, b), notFinite);
    }
}
