package dev.gnomon.graph;

import dev.gnomon.graph.GradientCheck.Expression;
import dev.gnomon.graph.Op.BinaryFunction;
import dev.gnomon.graph.Op.PoolKind;
import dev.gnomon.graph.Op.ReduceKind;
import dev.gnomon.graph.Op.UnaryFunction;
import dev.gnomon.graph.Op.Window;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Expressions of which at least one goes through each op that has a gradient.
public final class GradientSamples {
    /// Strides, dilation and padding that differ in every direction.
    static final Window AWKWARD = new Window(2, 3, 2, 1, 1, 2, 0, 1, 2, 1);

    static final Window SMALL = new Window(2, 2, 1, 2, 1, 1, 0, 1, 1, 0);

    private static final Set<UnaryFunction> POSITIVE_ONLY =
            EnumSet.of(UnaryFunction.SQRT, UnaryFunction.RECIPROCAL, UnaryFunction.LOG);

    private GradientSamples() {}

    public static List<Expression> all() {
        List<Expression> all = new ArrayList<>();
        functions(all);
        products(all);
        pooling(all);
        reductions(all);
        shapes(all);
        classes(all);
        compositions(all);
        return all;
    }

    private static void functions(List<Expression> all) {
        for (UnaryFunction function : UnaryFunction.values()) {
            double low = POSITIVE_ONLY.contains(function) ? 0.4 : -0.9;
            all.add(
                    new Expression(
                            function.name(),
                            low,
                            0.95,
                            List.of(Shape.of(3, 5)),
                            x -> x.get(0).graph().add(new Op.Unary(function), x.get(0))));
        }
        for (BinaryFunction function : BinaryFunction.values()) {
            for (List<Shape> pair : pairs()) {
                all.add(
                        new Expression(
                                function + " of " + pair,
                                0.4,
                                1.7,
                                pair,
                                x ->
                                        x.get(0)
                                                .graph()
                                                .add(new Op.Binary(function), x.get(0), x.get(1))));
            }
        }
        add(all, "clip", List.of(Shape.of(13)), x -> x.get(0).clip(-0.5, 0.25));
        add(
                all,
                "select",
                List.of(Shape.of(2, 3), Shape.of(3), Shape.SCALAR),
                x -> x.get(0).greater(0).select(x.get(1), x.get(2)));
        add(all, "power of a negative base", List.of(Shape.of(5)), x -> x.get(0).pow(3));
    }

    private static List<List<Shape>> pairs() {
        return List.of(
                List.of(Shape.of(2, 3), Shape.of(2, 3)),
                List.of(Shape.of(2, 3), Shape.of(3)),
                List.of(Shape.SCALAR, Shape.of(3)),
                List.of(Shape.of(2, 1, 3), Shape.of(4, 1)),
                List.of(Shape.batched(2), Shape.of(2)),
                List.of(Shape.of(1, 1), Shape.batched(2)),
                List.of(Shape.batched(1), Shape.batched(2)));
    }

    private static void products(List<Expression> all) {
        add(all, "a·b", List.of(Shape.batched(5), Shape.of(5, 2)), x -> x.get(0).matmul(x.get(1)));
        add(
                all,
                "a·b of rank 3",
                List.of(Shape.batched(2, 5), Shape.of(5, 2)),
                x -> x.get(0).matmul(x.get(1)));
        add(
                all,
                "a·bᵀ",
                List.of(Shape.batched(2, 5), Shape.of(2, 5)),
                x -> x.get(0).graph().add(new Op.MatMul(false, true), x.get(0), x.get(1)));
        add(
                all,
                "aᵀ·b",
                List.of(Shape.batched(3, 2), Shape.batched(3, 4)),
                x -> x.get(0).graph().add(new Op.MatMul(true, false), x.get(0), x.get(1)));
        Shape image = Shape.batched(5, 4, 4);
        Shape kernel = Shape.of(2, 3, 2, 6);
        Shape output = Shape.batched(3, 3, 6);
        add(all, "conv", List.of(image, kernel), x -> x.get(0).conv2d(x.get(1), AWKWARD, 2));
        add(
                all,
                "conv of few channels",
                List.of(Shape.batched(4, 5, 2), Shape.of(2, 2, 2, 16), Shape.of(16)),
                x -> x.get(0).conv2d(x.get(1), SMALL, 1).add(x.get(2)));
        add(
                all,
                "conv, gradient for the input",
                List.of(kernel, output),
                x ->
                        x.get(0)
                                .graph()
                                .add(
                                        new Op.Conv2DInputGradient(AWKWARD, 2, image),
                                        x.get(0),
                                        x.get(1)));
        add(
                all,
                "conv, gradient for the kernel",
                List.of(image, output),
                x ->
                        x.get(0)
                                .graph()
                                .add(
                                        new Op.Conv2DKernelGradient(AWKWARD, 2, kernel),
                                        x.get(0),
                                        x.get(1)));
    }

    private static void pooling(List<Expression> all) {
        Shape image = Shape.batched(3, 5, 2);
        for (PoolKind kind : PoolKind.values()) {
            add(all, kind + " pooling", List.of(image), x -> x.get(0).pool2d(kind, SMALL));
            add(
                    all,
                    kind + " pooling of a rectifier",
                    List.of(image),
                    x -> x.get(0).sub(0.1).relu().pool2d(kind, AWKWARD));
            add(
                    all,
                    kind + " pooling, dilated",
                    List.of(image),
                    x -> x.get(0).pool2d(kind, AWKWARD));
        }
        add(
                all,
                "average pooling, gradient",
                List.of(image, Shape.batched(3, 3, 2)),
                x ->
                        x.get(0)
                                .graph()
                                .add(
                                        new Op.Pool2DGradient(PoolKind.AVERAGE, SMALL),
                                        x.get(0),
                                        x.get(1)));
    }

    private static void reductions(List<Expression> all) {
        for (ReduceKind kind : ReduceKind.values()) {
            for (boolean keep : new boolean[] {false, true}) {
                reduction(all, kind, keep, 0);
                reduction(all, kind, keep, 0, 2);
                reduction(all, kind, keep, 1, -1);
                reduction(all, kind, keep, 0, 1, 2);
            }
        }
        add(
                all,
                "sum of all but the batch",
                List.of(Shape.batched(2, 2)),
                x -> x.get(0).square().sum());
    }

    private static void reduction(
            List<Expression> all, ReduceKind kind, boolean keep, int... axes) {
        String name =
                kind + " over " + java.util.Arrays.toString(axes) + (keep ? " keeping dims" : "");
        add(all, name, List.of(Shape.batched(2, 3)), x -> x.get(0).reduce(kind, keep, axes));
    }

    private static void shapes(List<Expression> all) {
        Shape batched = Shape.batched(2, 3);
        add(all, "reshape", List.of(batched), x -> x.get(0).reshape(Shape.batched(6)));
        add(all, "transpose", List.of(batched), x -> x.get(0).transpose(0, 2, 1));
        add(
                all,
                "transpose by a cycle",
                List.of(Shape.of(2, 3, 5)),
                x -> x.get(0).transpose(2, 0, 1));
        add(
                all,
                "broadcast",
                List.of(Shape.of(3, 1)),
                x -> x.get(0).broadcastTo(Shape.batched(3, 2)));
        add(
                all,
                "concat",
                List.of(batched, Shape.batched(1, 3)),
                x -> x.get(0).graph().concat(1, List.of(x.get(0), x.get(1), x.get(0))));
        add(all, "slice", List.of(batched), x -> x.get(0).slice(-1, 1, 2));
        add(all, "slice of the end", List.of(batched), x -> x.get(0).slice(1, 1, 1));
        add(all, "pad", List.of(batched), x -> x.get(0).pad(1, 2, 1, -3));
    }

    private static void classes(List<Expression> all) {
        List<Shape> scores = List.of(Shape.of(3, 4));
        add(all, "gather class", scores, x -> x.get(0).gatherClass(labels(x)));
        add(
                all,
                "rank of class",
                scores,
                x -> x.get(0).graph().add(new Op.RankOfClass(), x.get(0), labels(x)));
        add(all, "arg max", scores, x -> x.get(0).argMax());
        add(all, "softmax", List.of(Shape.batched(5)), x -> x.get(0).softmax());
        add(all, "log softmax", List.of(Shape.batched(2, 3)), x -> x.get(0).logSoftmax());
        add(all, "dropout", List.of(Shape.batched(5)), x -> x.get(0).square().dropout(0.4, "drop"));
        add(
                all,
                "dropout of a weight",
                List.of(Shape.of(2, 5)),
                x -> x.get(0).dropout(0.4, "drop"));
    }

    private static Value labels(List<Value> x) {
        return x.get(0).graph().constant(Tensor.of(new float[] {3, 0, 2}, 3));
    }

    private static void compositions(List<Expression> all) {
        Shape x5 = Shape.batched(5);
        add(
                all,
                "shared use",
                List.of(x5),
                x -> x.get(0).mul(x.get(0)).add(x.get(0).exp()).mul(x.get(0)));
        add(all, "chain", List.of(x5), x -> x.get(0).tanh().square());
        add(
                all,
                "batch normalization",
                List.of(Shape.batched(4, 2), Shape.of(2), Shape.of(2)),
                x -> {
                    Value centred = x.get(0).sub(x.get(0).mean(0, 1));
                    Value scale = centred.square().mean(0, 1).add(1e-3).sqrt().reciprocal();
                    return centred.mul(scale).mul(x.get(1)).add(x.get(2));
                });
        add(
                all,
                "cross-entropy",
                List.of(Shape.of(3, 5), Shape.of(5, 4)),
                x -> x.get(0).matmul(x.get(1)).logSoftmax().gatherClass(labels(x)).neg().mean(0));
        add(
                all,
                "custom gradient that is true",
                List.of(x5),
                x ->
                        x.get(0)
                                .square()
                                .stopGradient()
                                .withGradient(
                                        List.of(x.get(0)), dy -> List.of(dy.mul(x.get(0)).mul(2))));
        add(
                all,
                "gradient of a gradient",
                List.of(x5, Shape.of(5, 2)),
                x ->
                        Gradients.of(
                                        x.get(0).matmul(x.get(1)).tanh().square().sumAll(),
                                        List.of(x.get(1)))
                                .getFirst());
        add(
                all,
                "gradient of a convolution's gradient",
                List.of(Shape.batched(4, 4, 2), Shape.of(2, 2, 2, 2)),
                x -> {
                    Value y = x.get(0).conv2d(x.get(1), SMALL, 1).sigmoid();
                    return Gradients.of(y.sumAll(), List.of(x.get(1))).getFirst();
                });
    }

    private static void add(
            List<Expression> all,
            String name,
            List<Shape> sources,
            Function<List<Value>, Value> build) {
        all.add(new Expression(name, -1, 1, sources, build));
    }
}
