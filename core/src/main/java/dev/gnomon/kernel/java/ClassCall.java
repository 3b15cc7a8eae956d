package dev.gnomon.kernel.java;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gnomon.check.DataException;
import dev.gnomon.graph.Op;
import dev.gnomon.graph.OpText;
import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.Frame;
import org.jspecify.annotations.Nullable;

/// Ops over rows of scores, one for each class: softmax, its logarithm, choosing by class number, ranks.
///
/// @param rows rows of a sample, or of the whole
/// @param classes length of a row
/// @param x the scores; for one-hot the class numbers
/// @param labels the class numbers, where the op has them
record ClassCall(
        Op op, boolean sharded, long rows, int classes, Buffer x, @Nullable Buffer labels, Buffer y)
        implements Call {
    @Override
    public void run(Frame frame, int block) {
        long count = sharded ? rows * frame.samples() : rows;
        long from = frame.address(x);
        long to = frame.address(y);
        long chosen = labels == null ? 0 : frame.address(labels);
        for (long row = 0; row < count; row++) {
            long scores = from + 4 * row * classes;
            switch (op) {
                case Op.Softmax _ -> softmax(scores, to + 4 * row * classes);
                case Op.LogSoftmax _ -> logSoftmax(scores, to + 4 * row * classes);
                case Op.ArgMax _ -> set(to, row, argMax(scores));
                case Op.GatherClass _ -> set(to, row, get(scores, index(chosen, row)));
                case Op.RankOfClass _ -> set(to, row, rank(scores, index(chosen, row)));
                case Op.OneHot _ -> oneHot(index(from, row), to + 4 * row * classes);
                default -> throw new AssertionError(op);
            }
        }
    }

    private static float get(long address, long i) {
        return Frame.MEMORY.get(JAVA_FLOAT, address + 4 * i);
    }

    private static void set(long address, long i, float value) {
        Frame.MEMORY.set(JAVA_FLOAT, address + 4 * i, value);
    }

    private int index(long labels, long row) {
        float label = get(labels, row);
        int index = (int) label;
        if (index != label || index < 0 || index >= classes) {
            throw new DataException(
                    "Class numbers must be whole numbers from 0 to "
                            + (classes - 1)
                            + ", but sample "
                            + row
                            + " of the shard has "
                            + label
                            + ". Count classes from 0, or give the last layer as many units as there are classes.");
        }
        return index;
    }

    private float most(long scores) {
        float most = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < classes; i++) {
            most = Math.max(most, get(scores, i));
        }
        return most;
    }

    private void softmax(long scores, long to) {
        float most = most(scores);
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            float e = (float) Math.exp(get(scores, i) - most);
            set(to, i, e);
            sum += e;
        }
        float scale = (float) (1 / sum);
        for (int i = 0; i < classes; i++) {
            set(to, i, get(to, i) * scale);
        }
    }

    private void logSoftmax(long scores, long to) {
        float most = most(scores);
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            sum += Math.exp(get(scores, i) - most);
        }
        double shift = most + Math.log(sum);
        for (int i = 0; i < classes; i++) {
            set(to, i, (float) (get(scores, i) - shift));
        }
    }

    private int argMax(long scores) {
        int best = 0;
        for (int i = 1; i < classes; i++) {
            if (get(scores, i) > get(scores, best)) {
                best = i;
            }
        }
        return best;
    }

    private int rank(long scores, int index) {
        float own = get(scores, index);
        int larger = 0;
        for (int i = 0; i < classes; i++) {
            larger += get(scores, i) > own ? 1 : 0;
        }
        return larger;
    }

    private void oneHot(int index, long to) {
        for (int i = 0; i < classes; i++) {
            set(to, i, i == index ? 1 : 0);
        }
    }

    @Override
    public String describe() {
        return OpText.name(op) + " java";
    }
}
