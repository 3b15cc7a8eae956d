package dev.gnomon.data;

import dev.gnomon.data.clock.ClockPainter;
import dev.gnomon.data.clock.ClockSpec;
import dev.gnomon.data.clock.Clocks;
import dev.gnomon.tensor.DType;
import dev.gnomon.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Clocks that are drawn when they are read. The points of a picture are asked for soon after it, so those of the last
/// pictures are remembered; others are drawn once more.
final class DrawnClocks {
    private static final int REMEMBERED = 4096;
    private static final ValueLayout.OfFloat LITTLE_ENDIAN =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final ClockPainter painter;
    private final ClockSpec spec;
    private final int first;
    private final AtomicReferenceArray<Points> last = new AtomicReferenceArray<>(REMEMBERED);

    /// The points of the picture of a row.
    private record Points(int row, MemorySegment values) {}

    /// @param spec what they look like
    /// @param first the index of the first in the set of that description
    DrawnClocks(ClockSpec spec, int first) {
        this.spec = spec;
        this.first = first;
        painter = new ClockPainter(spec);
    }

    /// The time of a row: all minutes of the dial, again and again.
    static int time(int row) {
        return row % ClockDataset.MINUTES;
    }

    Column images(int rows) {
        return Column.of(
                rows,
                Shape.of(spec.size(), spec.size()),
                DType.UINT8,
                (row, sample) -> sample.copyFrom(MemorySegment.ofArray(draw(row).images())));
    }

    Column points(int rows) {
        return Column.of(
                rows,
                Shape.of(Clocks.POINT_VALUES),
                DType.FLOAT32,
                (row, sample) -> {
                    Points known = last.get(row % REMEMBERED);
                    if (known == null || known.row != row) {
                        known = points(row, draw(row));
                    }
                    sample.copyFrom(known.values);
                });
    }

    private Clocks draw(int row) {
        var clocks = painter.picture(first + row, time(row));
        last.set(row % REMEMBERED, points(row, clocks));
        return clocks;
    }

    private static Points points(int row, Clocks clocks) {
        float[] values = clocks.points();
        var segment = MemorySegment.ofArray(new byte[values.length * Float.BYTES]);
        for (int i = 0; i < values.length; i++) {
            segment.set(LITTLE_ENDIAN, (long) i * Float.BYTES, values[i]);
        }
        return new Points(row, segment);
    }
}
