package dev.gnomon.plan;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.graph.GradientCheck.Expression;
import dev.gnomon.graph.GradientSamples;
import dev.gnomon.graph.Gradients;
import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Op;
import dev.gnomon.graph.Value;
import dev.gnomon.kernel.StepContext;
import dev.gnomon.kernel.reference.GraphEvaluator;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Plans on both kernel sets against the reference evaluator in `double`: every sample of the gradient tests, with its
/// gradients, for awkward batches.
class PlanTest {
    private static final long SEED = 7;
    private static final long STEP = 4;

    static Stream<Arguments> samples() {
        List<Arguments> all = new ArrayList<>();
        for (Expression expression : GradientSamples.all()) {
            boolean batched = expression.sources().stream().anyMatch(Shape::isBatched);
            for (int batch : batched ? new int[] {1, 3, 8, 13, 37, 130} : new int[] {3}) {
                all.add(Arguments.of(expression, batch));
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0}, batch {1}")
    @MethodSource("samples")
    void agreesWithTheReference(Expression expression, int batch) {
        compare(expression, batch, Plan.Kernels.ONEDNN, Precision.FLOAT32, 2e-5);
    }

    /// bfloat16 rounds by up to 2^-9 of a number; a result has been rounded a few times.
    @ParameterizedTest(name = "{0}, batch {1}")
    @MethodSource("samples")
    void agreesInMixedPrecision(Expression expression, int batch) {
        compare(expression, batch, Plan.Kernels.ONEDNN, Precision.MIXED_BFLOAT16, 0x6.0p-8);
    }

    @ParameterizedTest(name = "{0}, batch {1}")
    @MethodSource("samples")
    void agreesOnReferenceKernels(Expression expression, int batch) {
        if (batch <= 13) {
            compare(expression, batch, Plan.Kernels.REFERENCE, Precision.FLOAT32, 2e-5);
        }
    }

    /// A first convolution: few channels, large enough to be cut into rows where the batch is a single sample.
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 13})
    void aConvolutionOfFewChannelsAgreesWithTheReference(int batch) {
        var window = new Op.Window(5, 5, 1, 1, 1, 1, 2, 2, 2, 2);
        var first =
                new Expression(
                        "conv of few channels",
                        -1,
                        1,
                        List.of(Shape.batched(21, 22, 3), Shape.of(5, 5, 3, 32), Shape.of(32)),
                        x -> x.get(0).conv2d(x.get(1), window, 1).add(x.get(2)).relu());
        compare(first, batch, Plan.Kernels.ONEDNN, Precision.FLOAT32, 2e-5);
    }

    /// One kernel for two convolutions with different activations, which may be different kernels of the machine.
    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void aSharedConvolutionAgreesWithTheReference(int batch) {
        var window = new Op.Window(3, 3, 1, 1, 1, 1, 1, 1, 1, 1);
        var shared =
                new Expression(
                        "shared conv",
                        -1,
                        1,
                        List.of(
                                Shape.batched(7, 6, 32),
                                Shape.batched(7, 6, 32),
                                Shape.of(3, 3, 32, 64)),
                        x ->
                                x.get(0)
                                        .conv2d(x.get(2), window, 1)
                                        .relu()
                                        .mul(x.get(1).conv2d(x.get(2), window, 1).tanh()));
        compare(shared, batch, Plan.Kernels.ONEDNN, Precision.FLOAT32, 2e-5);
    }

    /// The packed kernel of a whole image may suit no fast implementation of some of its rows.
    @ParameterizedTest
    @EnumSource(Precision.class)
    void aSingleSampleIsConvolvedAsFastAsOthers(Precision precision) {
        for (int side : new int[] {5, 10, 20}) {
            var graph = new Graph();
            var kernel = Shape.of(3, 3, 64, 96);
            var window = new Op.Window(3, 3, 1, 1, 1, 1, 1, 1, 1, 1);
            var image = graph.input("x", Shape.batched(side, side, 64));
            graph.output("y", image.conv2d(graph.variable("k", kernel), window, 1));
            var parameters = Parameters.allocate(Map.of("k", kernel));
            try (var workers = new Workers(2);
                    var one =
                            Plan.compile(
                                    graph, 1, parameters, workers, Plan.Kernels.ONEDNN, precision);
                    var two =
                            Plan.compile(
                                    graph,
                                    2,
                                    parameters,
                                    workers,
                                    Plan.Kernels.ONEDNN,
                                    precision)) {
                assertThat(one.toString()).contains("conv2d");
                assertThat(one.toString().contains("onednn ref"))
                        .isEqualTo(two.toString().contains("onednn ref"));
            }
        }
    }

    private static void compare(
            Expression expression,
            int batch,
            Plan.Kernels kernels,
            Precision precision,
            double tolerance) {
        var graph = new Graph();
        List<Value> sources = new ArrayList<>();
        Map<String, double[]> inputs = new LinkedHashMap<>();
        Map<String, double[]> variables = new LinkedHashMap<>();
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (Shape shape : expression.sources()) {
            String name = "x" + sources.size();
            double[] values =
                    random(name, (int) shape.elements(batch), expression.low(), expression.high());
            if (shape.isBatched()) {
                sources.add(graph.input(name, shape));
                inputs.put(name, values);
            } else {
                sources.add(graph.variable(name, shape));
                variables.put(name, values);
                shapes.put(name, shape);
            }
        }
        Value result = expression.build().apply(sources);
        graph.output("result", result);
        List<Value> gradients = Gradients.of(result.square().sumAll(), sources);
        for (int i = 0; i < gradients.size(); i++) {
            graph.output("gradient " + i, gradients.get(i));
        }
        var expected =
                GraphEvaluator.run(graph, inputs, variables, new StepContext(SEED, STEP, batch, 0));
        Parameters parameters = Parameters.allocate(shapes);
        variables.forEach((path, values) ->
                parameters.set(path, new Tensor(parameters.shape(path), floats(values))));
        try (var workers = new Workers(2);
                var plan = Plan.compile(graph, batch, parameters, workers, kernels, precision)) {
            var workspace = plan.lease();
            for (int run = 0; run < 2; run++) {
                inputs.forEach((name, values) -> {
                    for (int i = 0; i < values.length; i++) {
                        workspace.input(name).setAtIndex(JAVA_FLOAT, i, (float) values[i]);
                    }
                });
                workspace.run(SEED, STEP);
                for (String name : graph.outputs().keySet()) {
                    close(
                            name + " in run " + run,
                            workspace.output(name).values(),
                            expected.output(name),
                            tolerance);
                }
            }
        }
    }

    /// Within a tolerance of the array's largest number; 2e-5 for float32 sums of up to some hundred products.
    private static void close(String name, float[] actual, double[] expected, double tolerance) {
        assertThat(actual).as(name).hasSize(expected.length);
        double scale = 1;
        for (double value : expected) {
            scale = Math.max(scale, Math.abs(value));
        }
        for (int i = 0; i < actual.length; i++) {
            if (!(Math.abs(actual[i] - expected[i]) <= tolerance * scale)) {
                throw new AssertionError(
                        name
                                + "["
                                + i
                                + "] of "
                                + actual.length
                                + " is "
                                + actual[i]
                                + " instead of "
                                + expected[i]
                                + " (scale "
                                + scale
                                + ")");
            }
        }
    }

    private static double[] random(String name, int count, double low, double high) {
        Key key = Key.of(1).child(name);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (low + (high - low) * key.uniformAt(i));
        }
        return values;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
