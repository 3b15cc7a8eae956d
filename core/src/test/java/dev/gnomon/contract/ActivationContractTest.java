package dev.gnomon.contract;

import static dev.gnomon.activation.Activation.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.gnomon.activation.Activation;
import dev.gnomon.activation.Activations;
import dev.gnomon.graph.GradientCheck;
import dev.gnomon.keras.KerasTypes;
import dev.gnomon.layer.ActivationLayer;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.Layer;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import dev.gnomon.plan.Plan.Kernels;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What every activation keeps. Activations are constants of [Activation], and not types.
class ActivationContractTest {
    /// Where formulas that are not careful lose their digits, or are infinite.
    private static final float[] POINTS = {
        -50, -20, -5, -2.5f, -0.7f, -1e-4f, 0, 1e-4f, 0.3f, 4, 30, 50
    };

    /// An activation with its formula for a row in `double`.
    private record Sample(Activation activation, Formula formula) {}

    private interface Formula {
        double[] of(double[] row);
    }

    private static Sample of(Activation activation, DoubleUnaryOperator element) {
        return new Sample(activation, row -> Arrays.stream(row).map(element).toArray());
    }

    /// The samples: a new activation needs a row here.
    private static List<Sample> samples() {
        return List.of(
                of(LINEAR, x -> x),
                of(RELU, x -> Math.max(0, x)),
                of(RELU6, x -> Math.clamp(x, 0.0, 6.0)),
                of(LEAKY_RELU, x -> x > 0 ? x : 0.2 * x),
                of(SIGMOID, x -> 1 / (1 + Math.exp(-x))),
                of(LOG_SIGMOID, x -> -softplus(-x)),
                of(HARD_SIGMOID, x -> Math.clamp(x / 6 + 0.5, 0.0, 1.0)),
                of(TANH, Math::tanh),
                of(HARD_TANH, x -> Math.clamp(x, -1.0, 1.0)),
                new Sample(SOFTMAX, row -> softmax(row, false)),
                new Sample(LOG_SOFTMAX, row -> softmax(row, true)),
                of(SOFTPLUS, ActivationContractTest::softplus),
                of(SOFTSIGN, x -> x / (1 + Math.abs(x))),
                of(ELU, x -> x > 0 ? x : Math.expm1(x)),
                of(
                        SELU,
                        x -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x))),
                of(EXPONENTIAL, Math::exp),
                of(GELU, x -> x * normal(x)),
                of(SILU, x -> x / (1 + Math.exp(-x))),
                of(HARD_SILU, x -> x * Math.clamp(x / 6 + 0.5, 0.0, 1.0)),
                of(MISH, x -> x * Math.tanh(softplus(x))));
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /// The normal distribution's own function, as the integral of its density by Simpson's rule.
    private static double normal(double x) {
        double end = Math.clamp(x, -12.0, 12.0);
        int steps = 4000;
        double width = end / steps;
        double sum = 1 + Math.exp(-end * end / 2);
        for (int i = 1; i < steps; i++) {
            double at = i * width;
            sum += (i % 2 == 0 ? 2 : 4) * Math.exp(-at * at / 2);
        }
        return 0.5 + sum * width / 3 / Math.sqrt(2 * Math.PI);
    }

    private static double[] softmax(double[] row, boolean logarithm) {
        double largest = Arrays.stream(row).max().orElseThrow();
        double sum = Arrays.stream(row).map(x -> Math.exp(x - largest)).sum();
        return Arrays.stream(row)
                .map(x -> x - largest - Math.log(sum))
                .map(x -> logarithm ? x : Math.exp(x))
                .toArray();
    }

    @TempDir private Path folder;

    @Test
    void everyActivationHasASample() throws IllegalAccessException {
        Set<Activation> constants = new HashSet<>();
        for (Field field : Activation.class.getDeclaredFields()) {
            constants.add((Activation) field.get(null));
        }
        List<Activation> sampled = new ArrayList<>();
        samples().forEach(sample -> sampled.add(sample.activation));
        assertThat(constants)
                .as("constants of Activation; a new one needs a row in ActivationContractTest")
                .containsExactlyInAnyOrderElementsOf(sampled);
        assertThat(new HashSet<>(Activations.all().values()))
                .as("activations that are known by name; a new one needs a row in Activations")
                .isEqualTo(constants);
        assertThat(Types.concrete(Activation.class))
                .as("types of activations: the one of a formula, for the constants and for users")
                .containsExactly("dev.gnomon.activation.NamedActivation");
    }

    @TestFactory
    Stream<DynamicContainer> activations() {
        return samples().stream()
                .map(sample -> Named.tests(sample.activation.name(), tests(sample)));
    }

    private Stream<DynamicTest> tests(Sample sample) {
        Activation activation = sample.activation;
        Stream<DynamicTest> own =
                Stream.of(
                        dynamicTest("comes back from Keras's form", () -> comesBack(activation)),
                        dynamicTest("has the values of its formula", () -> values(sample)),
                        dynamicTest("has right gradients", () -> gradients(activation)));
        Stream<DynamicTest> trial =
                Trial.ofNetwork(
                                () ->
                                        Sequential.of(
                                                Input.of(5),
                                                new Dense(4).withActivation(activation),
                                                new Dense(2)),
                                2)
                        .tests(folder);
        return Stream.concat(own, trial);
    }

    private static void comesBack(Activation activation) {
        assertThat(Activations.byName(activation.name())).isEqualTo(activation);
        var layer = new ActivationLayer(activation);
        assertThat(KerasTypes.throughJson(Layer.class, layer)).isEqualTo(layer);
    }

    private static void values(Sample sample) {
        double[] row = new double[POINTS.length];
        Arrays.setAll(row, i -> POINTS[i]);
        double[] expected = sample.formula.of(row);
        for (Kernels kernels : Kernels.values()) {
            try (Model model =
                    Sequential.of(Input.of(POINTS.length), new ActivationLayer(sample.activation))
                            .withKernels(kernels)) {
                Tensor result = model.predict(Tensor.of(POINTS, 1, POINTS.length));
                for (int i = 0; i < expected.length; i++) {
                    assertThat((double) result.values()[i])
                            .as("at %s, %s", POINTS[i], kernels)
                            .isCloseTo(
                                    expected[i], within(2e-6 * Math.max(1, Math.abs(expected[i]))));
                }
            }
        }
    }

    private static void gradients(Activation activation) {
        new GradientCheck(
                        new GradientCheck.Expression(
                                activation.name(),
                                -4,
                                7,
                                List.of(Shape.batched(6)),
                                sources -> activation.build(sources.getFirst())))
                .run();
    }
}
