package dev.gnomon.kernel.java;

import dev.gnomon.graph.Op.BinaryFunction;
import dev.gnomon.graph.Op.UnaryFunction;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Elementwise functions over blocks: one short loop each, so that each is compiled to vector instructions once. Only
/// exactly rounded operations are used (and `Math`'s functions where there is no fast form), so the bits do not depend on
/// how the loop was compiled.
@SuppressWarnings("FloatingPointLiteralPrecision")
final class VectorMath {
    /// Beyond this, either way, `exp` is 0 or infinite.
    static final float EXP_BOUND = 150;

    static final float LOG2_E = 1.44269504f;

    /// The first bits of ln 2, so that products with small whole numbers are exact; [#LN_2_LOW] is what it is too large by.
    static final float LN_2_HIGH = 0.693359375f;

    static final float LN_2_LOW = 2.12194440e-4f;

    /// `(exp(r) - 1 - r) / r²` for |r| <= ln 2 / 2, the highest power first.
    static final float[] EXP_POLYNOMIAL = {
        1.9875691500e-4f,
        1.3981999507e-3f,
        8.3334519073e-3f,
        4.1665795894e-2f,
        1.6666665459e-1f,
        5.0000001201e-1f
    };

    private VectorMath() {}

    static void unary(UnaryFunction function, float[] x, float[] y, int n, int[] bits) {
        switch (function) {
            case NEGATE -> {
                for (int i = 0; i < n; i++) y[i] = -x[i];
            }
            case ABS -> {
                for (int i = 0; i < n; i++) y[i] = Math.abs(x[i]);
            }
            case SIGN -> {
                for (int i = 0; i < n; i++) y[i] = Math.signum(x[i]);
            }
            case SQRT -> {
                for (int i = 0; i < n; i++) y[i] = (float) Math.sqrt(x[i]);
            }
            case SQUARE -> {
                for (int i = 0; i < n; i++) y[i] = x[i] * x[i];
            }
            case RECIPROCAL -> {
                for (int i = 0; i < n; i++) y[i] = 1 / x[i];
            }
            case RELU -> {
                for (int i = 0; i < n; i++) y[i] = Math.max(x[i], 0f);
            }
            case FLOOR -> {
                for (int i = 0; i < n; i++) y[i] = (float) Math.floor(x[i]);
            }
            case EXP -> exp(x, y, n, bits);
            case SIGMOID -> {
                for (int i = 0; i < n; i++) y[i] = -x[i];
                exp(y, y, n, bits);
                for (int i = 0; i < n; i++) y[i] = 1 / (1 + y[i]);
            }
            case TANH -> tanh(x, y, n);
            case EXPM1 -> {
                for (int i = 0; i < n; i++) y[i] = (float) Math.expm1(x[i]);
            }
            case LOG -> {
                for (int i = 0; i < n; i++) y[i] = (float) Math.log(x[i]);
            }
            case LOG1P -> {
                for (int i = 0; i < n; i++) y[i] = (float) Math.log1p(x[i]);
            }
            case SIN -> {
                for (int i = 0; i < n; i++) y[i] = (float) Math.sin(x[i]);
            }
            case COS -> {
                for (int i = 0; i < n; i++) y[i] = (float) Math.cos(x[i]);
            }
            case TAN -> {
                for (int i = 0; i < n; i++) y[i] = (float) Math.tan(x[i]);
            }
            case ASIN -> {
                for (int i = 0; i < n; i++) y[i] = (float) Math.asin(x[i]);
            }
            case ACOS -> {
                for (int i = 0; i < n; i++) y[i] = (float) Math.acos(x[i]);
            }
            case ATAN -> {
                for (int i = 0; i < n; i++) y[i] = (float) Math.atan(x[i]);
            }
            case ERF -> {
                for (int i = 0; i < n; i++) y[i] = (float) dev.gnomon.kernel.reference.Erf.of(x[i]);
            }
        }
    }

    static void binary(BinaryFunction function, float[] a, float[] b, float[] y, int n) {
        switch (function) {
            case ADD -> {
                for (int i = 0; i < n; i++) y[i] = a[i] + b[i];
            }
            case SUBTRACT -> {
                for (int i = 0; i < n; i++) y[i] = a[i] - b[i];
            }
            case MULTIPLY -> {
                for (int i = 0; i < n; i++) y[i] = a[i] * b[i];
            }
            case DIVIDE -> {
                for (int i = 0; i < n; i++) y[i] = a[i] / b[i];
            }
            case MAXIMUM -> {
                for (int i = 0; i < n; i++) y[i] = Math.max(a[i], b[i]);
            }
            case MINIMUM -> {
                for (int i = 0; i < n; i++) y[i] = Math.min(a[i], b[i]);
            }
            case POWER -> {
                for (int i = 0; i < n; i++) y[i] = (float) Math.pow(a[i], b[i]);
            }
            case ATAN2 -> {
                for (int i = 0; i < n; i++) y[i] = (float) Math.atan2(a[i], b[i]);
            }
            case EQUAL -> {
                for (int i = 0; i < n; i++) y[i] = a[i] == b[i] ? 1f : 0f;
            }
            case NOT_EQUAL -> {
                for (int i = 0; i < n; i++) y[i] = a[i] != b[i] ? 1f : 0f;
            }
            case LESS -> {
                for (int i = 0; i < n; i++) y[i] = a[i] < b[i] ? 1f : 0f;
            }
            case LESS_EQUAL -> {
                for (int i = 0; i < n; i++) y[i] = a[i] <= b[i] ? 1f : 0f;
            }
            case GREATER -> greater(a, b, y, n);
            case GREATER_EQUAL -> {
                for (int i = 0; i < n; i++) y[i] = a[i] >= b[i] ? 1f : 0f;
            }
        }
    }

    /// `a > b` as sign of a clipped difference would lose NaN and infinities; a select compiles well enough.
    private static void greater(float[] a, float[] b, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = a[i] > b[i] ? 1f : 0f;
        }
    }

    static void select(float[] condition, float[] a, float[] b, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = condition[i] != 0 ? a[i] : b[i];
        }
    }

    static void clip(float[] x, float low, float high, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.max(low, Math.min(high, x[i]));
        }
    }

    /// `exp` by reduction to `2^k * exp(r)`, |r| <= ln 2 / 2, and a polynomial; within 2 units in the last place, 0 below
    /// -87.3 and infinity above 88.7.
    static void exp(float[] x, float[] y, int n, int[] bits) {
        for (int i = 0; i < n; i++) {
            bits[i] = (int) Math.rint(Math.max(-EXP_BOUND, Math.min(EXP_BOUND, x[i])) * LOG2_E);
        }
        float p0 = EXP_POLYNOMIAL[0];
        float p1 = EXP_POLYNOMIAL[1];
        float p2 = EXP_POLYNOMIAL[2];
        float p3 = EXP_POLYNOMIAL[3];
        float p4 = EXP_POLYNOMIAL[4];
        float p5 = EXP_POLYNOMIAL[5];
        for (int i = 0; i < n; i++) {
            float k = bits[i];
            float bounded = Math.max(-EXP_BOUND, Math.min(EXP_BOUND, x[i]));
            float r = bounded - k * LN_2_HIGH + k * LN_2_LOW;
            float p = ((((p0 * r + p1) * r + p2) * r + p3) * r + p4) * r + p5;
            y[i] = p * r * r + r + 1f;
        }
        scale(y, n, bits);
    }

    /// Multiplies by 2^bits in two steps, so that results near the smallest and the largest numbers are right.
    private static void scale(float[] y, int n, int[] bits) {
        for (int i = 0; i < n; i++) {
            int half = bits[i] >> 1;
            y[i] =
                    y[i]
                            * Float.intBitsToFloat((half + 127) << 23)
                            * Float.intBitsToFloat((bits[i] - half + 127) << 23);
        }
    }

    private static void tanh(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = (float) Math.tanh(x[i]);
        }
    }

    static void read(long address, float[] to, int offset, int n) {
        MemorySegment.copy(
                dev.gnomon.kernel.Frame.MEMORY, ValueLayout.JAVA_FLOAT, address, to, offset, n);
    }

    static void write(float[] from, long address, int n) {
        MemorySegment.copy(
                from, 0, dev.gnomon.kernel.Frame.MEMORY, ValueLayout.JAVA_FLOAT, address, n);
    }
}
