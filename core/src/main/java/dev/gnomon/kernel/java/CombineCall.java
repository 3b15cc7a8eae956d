package dev.gnomon.kernel.java;

import dev.gnomon.graph.Op.ReduceKind;
import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.Frame;

/// Joins the lanes' parts of a reduction over the batch as a fixed tree: the same bits whoever computed them.
///
/// @param lanes the number of parts
/// @param elements the elements of a part
/// @param parts where the first part lies; the next follow by `laneBytes`
record CombineCall(ReduceKind kind, int lanes, long elements, float scale, Buffer parts, Buffer y)
        implements Call {
    private static final int TASK = 16 * Frame.REGISTER;

    @Override
    public int blocks() {
        return (int) Math.max(1, (elements + TASK - 1) / TASK);
    }

    @Override
    public void run(Frame frame, int block) {
        long from = (long) block * TASK;
        long to = Math.min(elements, from + TASK);
        long base = frame.lanesAddress(parts);
        long target = frame.address(y);
        float[][] r = frame.registers(lanes);
        for (long at = from; at < to; at += Frame.REGISTER) {
            int n = (int) Math.min(Frame.REGISTER, to - at);
            for (int lane = 0; lane < lanes; lane++) {
                VectorMath.read(base + lane * parts.laneBytes() + 4 * at, r[lane], 0, n);
            }
            for (int step = 1; step < lanes; step *= 2) {
                for (int lane = 0; lane + step < lanes; lane += 2 * step) {
                    join(r[lane], r[lane + step], n);
                }
            }
            if (scale != 1) {
                for (int i = 0; i < n; i++) r[0][i] *= scale;
            }
            VectorMath.write(r[0], target + 4 * at, n);
        }
    }

    private void join(float[] a, float[] b, int n) {
        switch (kind) {
            case SUM, MEAN -> {
                for (int i = 0; i < n; i++) a[i] += b[i];
            }
            case MAX -> {
                for (int i = 0; i < n; i++) a[i] = Math.max(a[i], b[i]);
            }
            case MIN -> {
                for (int i = 0; i < n; i++) a[i] = Math.min(a[i], b[i]);
            }
        }
    }

    @Override
    public String describe() {
        return "join " + lanes + " lanes java";
    }
}
