package dev.gnomon.clock;

import dev.gnomon.data.Column;
import dev.gnomon.tensor.Tensor;
import java.util.function.IntToDoubleFunction;

/// Parts of a turn as sine and cosine.
final class Angles {
    private Angles() {}

    /// Sines and cosines, those of a time one behind the other: `[times, 2 · turns]`.
    ///
    /// @param turns each the part of a turn at a time
    static float[] of(int[] times, IntToDoubleFunction... turns) {
        float[] values = new float[2 * turns.length * times.length];
        int at = 0;
        for (int time : times) {
            for (IntToDoubleFunction turn : turns) {
                double angle = 2 * Math.PI * turn.applyAsDouble(time);
                values[at++] = (float) StrictMath.sin(angle);
                values[at++] = (float) StrictMath.cos(angle);
            }
        }
        return values;
    }

    static Column column(float[] values, int count) {
        return Column.of(values, count, values.length / Math.max(1, count));
    }

    static Tensor tensor(float[] values, int count) {
        return Tensor.of(values, count, values.length / Math.max(1, count));
    }

    /// The part of a turn, above -0.5 and at most 0.5, that a sine and a cosine tell.
    static double turn(float[] values, int at) {
        return Math.atan2(values[at], values[at + 1]) / (2 * Math.PI);
    }
}
