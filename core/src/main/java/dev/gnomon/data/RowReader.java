package dev.gnomon.data;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/// Makes the samples of a column on demand: decodes a picture, reads from a file, computes.
///
/// ```java
/// var x = Column.of(1_000_000, Shape.of(32, 32, 3), DType.UINT8, (row, sample) -> reader.readInto(row, sample.asByteBuffer()));
/// ```
///
/// Several threads may call it at once, for any rows in any order; the same row must give the same sample each time.
@FunctionalInterface
public interface RowReader {
    /// Writes a sample.
    ///
    /// @param row the sample's number, from 0
    /// @param sample the place for it: little-endian elements of the column's type in row order; all of it must be written
    void read(int row, MemorySegment sample) throws IOException;
}
