package dev.gnomon.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.gnomon.constraint.Constraint;
import dev.gnomon.constraint.MaxNorm;
import dev.gnomon.constraint.MinMaxNorm;
import dev.gnomon.constraint.NonNeg;
import dev.gnomon.constraint.UnitNorm;
import dev.gnomon.graph.GradientCheck;
import dev.gnomon.graph.Graph;
import dev.gnomon.keras.KerasTypes;
import dev.gnomon.kernel.StepContext;
import dev.gnomon.kernel.reference.GraphEvaluator;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Input;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import dev.gnomon.regularizer.L1;
import dev.gnomon.regularizer.L1L2;
import dev.gnomon.regularizer.L2;
import dev.gnomon.regularizer.Regularizer;
import dev.gnomon.tensor.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What every regularizer and every constraint keeps.
class PenaltyContractTest {
    private static final int ROWS = 4;
    private static final int COLUMNS = 3;
    private static final Shape KERNEL = Shape.of(ROWS, COLUMNS);

    /// A regularizer with what it adds for one element.
    private record Penalty(Regularizer regularizer, DoubleUnaryOperator element, Rules rules) {
        Penalty refuses(String component, Object value, String sentence) {
            rules.refuses(component, value, sentence);
            return this;
        }
    }

    /// A constraint with what it makes of an element, given the norm of its column.
    private record Projection(Constraint constraint, Factor element, Rules rules) {
        Projection refuses(String component, Object value, String sentence) {
            rules.refuses(component, value, sentence);
            return this;
        }
    }

    private interface Factor {
        double of(double element, double norm);
    }

    private static Penalty penalty(Regularizer regularizer, DoubleUnaryOperator element) {
        return new Penalty(regularizer, element, new Rules((Record) regularizer));
    }

    /// Axes of norms are checked against the weight when it is built, so they are free.
    private static Projection projection(Constraint constraint, Factor element) {
        var rules = new Rules((Record) constraint);
        if (!(constraint instanceof NonNeg)) {
            rules.free("axis");
        }
        return new Projection(constraint, element, rules);
    }

    /// The samples: a new regularizer needs a row here.
    private static List<Penalty> penalties() {
        String both = "L1L2: l1 and l2 must be at least 0, but are %s and %s.";
        return List.of(
                penalty(new L1(0.02), w -> 0.02 * Math.abs(w))
                        .refuses("l1", -0.1, "L1: l1 must be at least 0, but is -0.1."),
                penalty(new L2(0.03), w -> 0.03 * w * w)
                        .refuses("l2", -0.1, "L2: l2 must be at least 0, but is -0.1."),
                penalty(new L1L2(0.02, 0.03), w -> 0.02 * Math.abs(w) + 0.03 * w * w)
                        .refuses("l1", -0.1, both.formatted(-0.1, 0.03))
                        .refuses("l2", -0.1, both.formatted(0.02, -0.1)));
    }

    /// The samples: a new constraint needs a row here.
    private static List<Projection> projections() {
        String range = "MinMaxNorm: 0 <= minValue <= maxValue is needed, but they are %s and %s.";
        String rate = "MinMaxNorm: rate must be above 0 and at most 1, but is %s.";
        return List.of(
                projection(new NonNeg(), (w, _) -> Math.max(0, w)),
                projection(new MaxNorm(0.8), (w, norm) -> w * Math.min(norm, 0.8) / norm)
                        .refuses(
                                "maxValue",
                                -1.0,
                                "MaxNorm: maxValue must be at least 0, but is -1.0."),
                projection(
                                new MinMaxNorm(0.9, 1.1, 0.7, 0),
                                (w, norm) ->
                                        w * (0.7 * Math.clamp(norm, 0.9, 1.1) + 0.3 * norm) / norm)
                        .refuses("minValue", -0.1, range.formatted(-0.1, 1.1))
                        .refuses("maxValue", 0.5, range.formatted(0.9, 0.5))
                        .refuses("rate", 0.0, rate.formatted(0.0))
                        .refuses("rate", 1.1, rate.formatted(1.1)),
                projection(new UnitNorm(), (w, norm) -> w / norm));
    }

    @TempDir private Path folder;

    @Test
    void everyRegularizerHasASample() {
        var sampled = penalties().stream().map(sample -> sample.regularizer.getClass()).toList();
        Types.check(Regularizer.class, PenaltyContractTest.class, sampled, Map.of(), Map.of());
    }

    @Test
    void everyConstraintHasASample() {
        var sampled = projections().stream().map(sample -> sample.constraint.getClass()).toList();
        Types.check(Constraint.class, PenaltyContractTest.class, sampled, Map.of(), Map.of());
    }

    @TestFactory
    Stream<DynamicContainer> regularizers() {
        return penalties().stream()
                .map(sample -> Named.tests(sample.regularizer.toString(), tests(sample)));
    }

    private Stream<DynamicTest> tests(Penalty sample) {
        Regularizer regularizer = sample.regularizer;
        Stream<DynamicTest> own =
                Stream.of(
                        dynamicTest(
                                "comes back from Keras's form",
                                () -> comesBack(Regularizer.class, regularizer)),
                        dynamicTest("has the value of its formula", () -> value(sample)),
                        dynamicTest("has right gradients", () -> gradients(regularizer)));
        Stream<DynamicTest> trial =
                Trial.ofNetwork(
                                () ->
                                        Sequential.of(
                                                Input.of(ROWS),
                                                new Dense(COLUMNS)
                                                        .withKernelRegularizer(regularizer)
                                                        .withBiasRegularizer(regularizer)
                                                        .withActivityRegularizer(regularizer)),
                                COLUMNS)
                        .tests(folder);
        return Stream.of(own, trial, sample.rules.tests()).flatMap(tests -> tests);
    }

    @TestFactory
    Stream<DynamicContainer> constraints() {
        return projections().stream()
                .map(sample -> Named.tests(sample.constraint.toString(), tests(sample)));
    }

    private Stream<DynamicTest> tests(Projection sample) {
        Constraint constraint = sample.constraint;
        Stream<DynamicTest> own =
                Stream.of(
                        dynamicTest(
                                "comes back from Keras's form",
                                () -> comesBack(Constraint.class, constraint)),
                        dynamicTest("projects as its formula says", () -> projects(sample)));
        Stream<DynamicTest> trial =
                Trial.ofNetwork(() -> constrained(constraint), COLUMNS).tests(folder);
        return Stream.of(own, trial, sample.rules.tests()).flatMap(tests -> tests);
    }

    private static Model constrained(Constraint constraint) {
        return Sequential.of(Input.of(ROWS), new Dense(COLUMNS).withKernelConstraint(constraint));
    }

    private static <T> void comesBack(Class<T> kind, T settings) {
        assertThat(KerasTypes.className((Record) settings))
                .isEqualTo(settings.getClass().getSimpleName());
        assertThat(KerasTypes.throughJson(kind, (Record) settings)).isEqualTo(settings);
    }

    private static double[] kernel() {
        float[] narrow = Trial.values("kernel", ROWS * COLUMNS, -1, 1);
        double[] values = new double[narrow.length];
        Arrays.setAll(values, i -> narrow[i]);
        return values;
    }

    private static double[] evaluate(
            java.util.function.UnaryOperator<dev.gnomon.graph.Value> formula) {
        var graph = new Graph();
        return GraphEvaluator.value(
                formula.apply(graph.variable("kernel", KERNEL)),
                Map.of(),
                Map.of("kernel", kernel()),
                StepContext.of(1, 1));
    }

    private static void value(Penalty sample) {
        double expected = Arrays.stream(kernel()).map(sample.element).sum();
        assertThat(evaluate(sample.regularizer::build))
                .containsExactly(new double[] {expected}, within(1e-8));
    }

    private static void gradients(Regularizer regularizer) {
        new GradientCheck(
                        new GradientCheck.Expression(
                                regularizer.toString(),
                                -1,
                                1,
                                List.of(KERNEL),
                                sources -> regularizer.build(sources.getFirst())))
                .run();
    }

    private static void projects(Projection sample) {
        double[] kernel = kernel();
        double[] expected = new double[kernel.length];
        for (int i = 0; i < kernel.length; i++) {
            double squares = 0;
            for (int row = 0; row < ROWS; row++) {
                double other = kernel[row * COLUMNS + i % COLUMNS];
                squares += other * other;
            }
            expected[i] = sample.element.of(kernel[i], Math.sqrt(squares));
        }
        assertThat(evaluate(sample.constraint::build)).containsExactly(expected, within(1e-6));
    }
}
