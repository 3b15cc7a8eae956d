package dev.gnomon.schedule;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.Golden;
import dev.gnomon.check.ConfigException;
import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Value;
import dev.gnomon.kernel.StepContext;
import dev.gnomon.kernel.reference.GraphEvaluator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SchedulesTest {
    private static final Golden GOLDEN = Golden.read("schedules");

    static Stream<Arguments> schedules() {
        var polynomial = new PolynomialDecay(0.1, 20);
        var cosine = new CosineDecay(0.1, 20);
        var restarts = new CosineDecayRestarts(0.1, 7);
        return Stream.of(
                Arguments.of("exponential", new ExponentialDecay(0.1, 10, 0.9)),
                Arguments.of(
                        "exponential_staircase",
                        new ExponentialDecay(0.1, 10, 0.9).withStaircase(true)),
                Arguments.of("inverse", new InverseTimeDecay(0.1, 10, 0.5)),
                Arguments.of(
                        "inverse_staircase",
                        new InverseTimeDecay(0.1, 10, 0.5).withStaircase(true)),
                Arguments.of(
                        "piecewise",
                        new PiecewiseConstantDecay(
                                List.of(5, 20, 99), List.of(1.0, 0.5, 0.1, 0.01))),
                Arguments.of(
                        "piecewise_one", new PiecewiseConstantDecay(List.of(5), List.of(1.0, 0.5))),
                Arguments.of("polynomial", polynomial),
                Arguments.of("polynomial_power", polynomial.withEndLearningRate(0.01).withPower(2)),
                Arguments.of("polynomial_cycle", polynomial.withPower(0.5).withCycle(true)),
                Arguments.of("cosine", cosine),
                Arguments.of("cosine_alpha", cosine.withAlpha(0.2)),
                Arguments.of(
                        "cosine_warmup",
                        new CosineDecay(0.01, 20).withAlpha(0.1).withWarmup(0.2, 7)),
                Arguments.of("cosine_no_steps", new CosineDecay(0.01, 20).withWarmup(0.2, 0)),
                Arguments.of("restarts", restarts),
                Arguments.of("restarts_even", restarts.withTMul(1).withMMul(0.8)),
                Arguments.of("restarts_all", restarts.withTMul(1.5).withMMul(0.9).withAlpha(0.1)));
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void equalsKeras(String key, Schedule schedule) {
        var graph = new Graph();
        Value rate = schedule.build(graph.iteration());
        double[] steps = GOLDEN.values("steps");
        double[] rates = new double[steps.length];
        for (int i = 0; i < steps.length; i++) {
            var context = new StepContext(1, (long) steps[i], 1, 0);
            rates[i] = GraphEvaluator.value(rate, Map.of(), Map.of(), context)[0];
        }
        GOLDEN.check(key, rates, 1e-6);
    }

    @Test
    void refusesBadSettings() {
        assertThatThrownBy(() -> new CosineDecay(0.1, 0))
                .isInstanceOf(ConfigException.class)
                .hasMessage("CosineDecay: decaySteps must be at least 1, but is 0.");
        assertThatThrownBy(() -> new PiecewiseConstantDecay(List.of(1, 2), List.of(0.1, 0.2)))
                .hasMessage(
                        "PiecewiseConstantDecay: values must be one more than boundaries and there must be a boundary,"
                                + " but there are 2 values and 2 boundaries.");
        assertThatThrownBy(() -> new PiecewiseConstantDecay(List.of(2, 2), List.of(0.1, 0.2, 0.3)))
                .hasMessage("PiecewiseConstantDecay: boundaries must grow, but are [2, 2].");
    }
}
