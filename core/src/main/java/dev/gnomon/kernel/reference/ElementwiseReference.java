package dev.gnomon.kernel.reference;

import dev.gnomon.graph.Op.BinaryFunction;
import dev.gnomon.graph.Op.UnaryFunction;
import dev.gnomon.tensor.Shape;
import java.util.List;

/// Functions of single elements.
final class ElementwiseReference {
    private ElementwiseReference() {}

    static double[] unary(UnaryFunction function, double[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = apply(function, x[i]);
        }
        return y;
    }

    static double[] binary(
            BinaryFunction function, Shape output, List<Shape> shapes, double[] a, double[] b) {
        int[] fromA = Indexing.broadcast(shapes.get(0), output);
        int[] fromB = Indexing.broadcast(shapes.get(1), output);
        double[] y = new double[fromA.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = apply(function, a[fromA[i]], b[fromB[i]]);
        }
        return y;
    }

    static double[] select(Shape output, List<Shape> shapes, List<double[]> inputs) {
        int[] fromCondition = Indexing.broadcast(shapes.get(0), output);
        int[] fromA = Indexing.broadcast(shapes.get(1), output);
        int[] fromB = Indexing.broadcast(shapes.get(2), output);
        double[] y = new double[fromCondition.length];
        for (int i = 0; i < y.length; i++) {
            boolean chosen = inputs.get(0)[fromCondition[i]] != 0;
            y[i] = chosen ? inputs.get(1)[fromA[i]] : inputs.get(2)[fromB[i]];
        }
        return y;
    }

    static double[] clip(float low, float high, double[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.max(low, Math.min(high, x[i]));
        }
        return y;
    }

    private static double apply(UnaryFunction function, double x) {
        return switch (function) {
            case NEGATE -> -x;
            case ABS -> Math.abs(x);
            case SIGN -> Math.signum(x);
            case SQRT -> Math.sqrt(x);
            case SQUARE -> x * x;
            case RECIPROCAL -> 1 / x;
            case EXP -> Math.exp(x);
            case EXPM1 -> Math.expm1(x);
            case LOG -> Math.log(x);
            case LOG1P -> Math.log1p(x);
            case SIN -> Math.sin(x);
            case COS -> Math.cos(x);
            case TAN -> Math.tan(x);
            case ASIN -> Math.asin(x);
            case ACOS -> Math.acos(x);
            case ATAN -> Math.atan(x);
            case TANH -> Math.tanh(x);
            case SIGMOID -> 1 / (1 + Math.exp(-x));
            case ERF -> Erf.of(x);
            case RELU -> Math.max(x, 0);
            case FLOOR -> Math.floor(x);
        };
    }

    private static double apply(BinaryFunction function, double a, double b) {
        return switch (function) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case POWER -> Math.pow(a, b);
            case MAXIMUM -> Math.max(a, b);
            case MINIMUM -> Math.min(a, b);
            case ATAN2 -> Math.atan2(a, b);
            case EQUAL -> a == b ? 1 : 0;
            case NOT_EQUAL -> a != b ? 1 : 0;
            case LESS -> a < b ? 1 : 0;
            case LESS_EQUAL -> a <= b ? 1 : 0;
            case GREATER -> a > b ? 1 : 0;
            case GREATER_EQUAL -> a >= b ? 1 : 0;
        };
    }
}
