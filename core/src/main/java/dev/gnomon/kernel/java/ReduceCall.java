package dev.gnomon.kernel.java;

import dev.gnomon.graph.Op.ReduceKind;
import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.Element;
import dev.gnomon.kernel.Frame;
import dev.gnomon.kernel.avx512.ColumnSums;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reduces the middle axis of `[outer, middle, inner]`. Sums are made of short runs, so that their rounding error grows with
/// the square root of the length; the order is fixed.
///
/// @param kind what is done; a mean is a sum that is scaled
/// @param outer rows of results; of a sample where the outer axis follows the samples
/// @param middle elements that are reduced; of a sample where the middle axis follows the samples
/// @param follows whether the batch is in the outer axis, in the middle one, or in none
/// @param scale a factor for the result
/// @param sums machine code for sums of vectors; null for plain Java
record ReduceCall(
        ReduceKind kind,
        long outer,
        long middle,
        int inner,
        Batch follows,
        float scale,
        Buffer x,
        Buffer y,
        @Nullable ColumnSums sums)
        implements Call {
    private static final int RUN = 64;

    enum Batch {
        OUTER,
        MIDDLE,
        NONE
    }

    @Override
    public void run(Frame frame, int block) {
        long rows = follows == Batch.OUTER ? outer * frame.samples() : outer;
        long length = follows == Batch.MIDDLE ? middle * frame.samples() : middle;
        long from = frame.address(x);
        long to = frame.address(y);
        float[][] r = frame.registers(3);
        for (long row = 0; row < rows; row++) {
            if (inner == 1) {
                r[0][0] =
                        contiguous(frame, from + x.element().bytes() * row * length, length, r[1])
                                * scale;
                VectorMath.write(r[0], to + 4 * row, 1);
            } else if (sums != null) {
                long total = to + 4L * row * inner;
                sums.write(
                        frame.conversion(),
                        from + x.element().bytes() * row * length * inner,
                        length,
                        total);
                scale(total, r[0]);
            } else {
                for (int column = 0; column < inner; column += Frame.REGISTER) {
                    int width = Math.min(Frame.REGISTER, inner - column);
                    strided(
                            frame,
                            from + x.element().bytes() * (row * length * inner + column),
                            length,
                            width,
                            r);
                    for (int i = 0; i < width; i++) {
                        r[0][i] *= scale;
                    }
                    VectorMath.write(r[0], to + 4 * (row * inner + column), width);
                }
            }
        }
    }

    private void scale(long total, float[] buffer) {
        for (int column = 0; column < inner && scale != 1; column += Frame.REGISTER) {
            int width = Math.min(Frame.REGISTER, inner - column);
            VectorMath.read(total + 4L * column, buffer, 0, width);
            for (int i = 0; i < width; i++) {
                buffer[i] *= scale;
            }
            VectorMath.write(buffer, total + 4L * column, width);
        }
    }

    private float contiguous(Frame frame, long address, long length, float[] buffer) {
        double total = start();
        for (long at = 0; at < length; at += Frame.REGISTER) {
            int n = (int) Math.min(Frame.REGISTER, length - at);
            read(frame, address, at, buffer, n);
            total =
                    switch (kind) {
                        case SUM, MEAN -> sum(buffer, n, total);
                        case MAX -> {
                            float most = (float) total;
                            for (int i = 0; i < n; i++) most = Math.max(most, buffer[i]);
                            yield most;
                        }
                        case MIN -> {
                            float least = (float) total;
                            for (int i = 0; i < n; i++) least = Math.min(least, buffer[i]);
                            yield least;
                        }
                    };
        }
        return (float) total;
    }

    private static double sum(float[] x, int n, double start) {
        double a = start;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < n; i += 4) {
            a += x[i];
            b += x[i + 1];
            c += x[i + 2];
            d += x[i + 3];
        }
        for (; i < n; i++) {
            a += x[i];
        }
        return (a + b) + (c + d);
    }

    private void read(Frame frame, long address, long at, float[] to, int n) {
        if (x.element() == Element.BFLOAT16) {
            BitMath.readHalf(address + 2 * at, to, n, frame);
        } else {
            VectorMath.read(address + 4 * at, to, 0, n);
        }
    }

    private double start() {
        return switch (kind) {
            case SUM, MEAN -> 0;
            case MAX -> Float.NEGATIVE_INFINITY;
            case MIN -> Float.POSITIVE_INFINITY;
        };
    }

    private void strided(Frame frame, long address, long length, int width, float[][] r) {
        java.util.Arrays.fill(r[0], 0, width, (float) start());
        int perRead = inner <= Frame.REGISTER ? Math.max(1, Frame.REGISTER / inner) : 1;
        for (long from = 0; from < length; from += RUN) {
            long to = Math.min(length, from + RUN);
            java.util.Arrays.fill(r[2], 0, width, (float) start());
            for (long at = from; at < to; at += perRead) {
                int rows = (int) Math.min(perRead, to - at);
                read(frame, address, at * inner, r[1], perRead == 1 ? width : rows * inner);
                for (int row = 0; row < rows; row++) {
                    accumulate(r[2], r[1], row * inner, width);
                }
            }
            accumulate(r[0], r[2], 0, width);
        }
    }

    private void accumulate(float[] total, float[] x, int offset, int n) {
        switch (kind) {
            case SUM, MEAN -> {
                for (int i = 0; i < n; i++) total[i] += x[offset + i];
            }
            case MAX -> {
                for (int i = 0; i < n; i++) total[i] = Math.max(total[i], x[offset + i]);
            }
            case MIN -> {
                for (int i = 0; i < n; i++) total[i] = Math.min(total[i], x[offset + i]);
            }
        }
    }

    @Override
    public String describe() {
        return "reduce "
                + kind.name().toLowerCase(Locale.ROOT)
                + (sums == null ? " java " : " avx512 ")
                + (follows == Batch.MIDDLE ? "batch×" : "")
                + middle
                + (inner > 1 ? " of vectors " + inner : "");
    }
}
