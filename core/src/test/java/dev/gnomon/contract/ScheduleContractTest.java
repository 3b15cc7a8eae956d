package dev.gnomon.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.gnomon.graph.Graph;
import dev.gnomon.keras.KerasTypes;
import dev.gnomon.kernel.StepContext;
import dev.gnomon.kernel.reference.GraphEvaluator;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Input;
import dev.gnomon.loss.MeanSquaredError;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import dev.gnomon.optimizer.SGD;
import dev.gnomon.schedule.CosineDecay;
import dev.gnomon.schedule.CosineDecayRestarts;
import dev.gnomon.schedule.ExponentialDecay;
import dev.gnomon.schedule.InverseTimeDecay;
import dev.gnomon.schedule.PiecewiseConstantDecay;
import dev.gnomon.schedule.PolynomialDecay;
import dev.gnomon.schedule.Schedule;
import dev.gnomon.tensor.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What every schedule keeps.
class ScheduleContractTest {
    private static final int STEPS = 40;

    /// A schedule with its rate at each step.
    private record Sample(
            Schedule schedule, IntToDoubleFunction rate, boolean variant, Rules rules) {
        Sample refuses(String component, Object value, String sentence) {
            rules.refuses(component, value, sentence);
            return this;
        }

        Sample free(String... components) {
            rules.free(components);
            return this;
        }

        Sample steps(String component) {
            String name = schedule.getClass().getSimpleName();
            return refuses(
                    component, 0, name + ": " + component + " must be at least 1, but is 0.");
        }
    }

    private static Sample of(Schedule schedule, IntToDoubleFunction rate) {
        return new Sample(schedule, rate, false, new Rules((Record) schedule));
    }

    private static Sample variant(Schedule schedule, IntToDoubleFunction rate) {
        return new Sample(schedule, rate, true, new Rules((Record) schedule));
    }

    /// The samples: a new schedule needs a row here.
    private static List<Sample> samples() {
        return List.of(
                of(new ExponentialDecay(0.1, 10, 0.5), step -> 0.1 * Math.pow(0.5, step / 10.0))
                        .steps("decaySteps")
                        .free("initialLearningRate", "decayRate"),
                variant(
                        new ExponentialDecay(0.1, 10, 0.5).withStaircase(true),
                        step -> 0.1 * Math.pow(0.5, Math.floorDiv(step, 10))),
                of(new InverseTimeDecay(0.1, 5, 0.3), step -> 0.1 / (1 + 0.3 * step / 5))
                        .steps("decaySteps")
                        .free("initialLearningRate", "decayRate"),
                variant(
                        new InverseTimeDecay(0.1, 5, 0.3).withStaircase(true),
                        step -> 0.1 / (1 + 0.3 * Math.floorDiv(step, 5))),
                of(
                                new PiecewiseConstantDecay(List.of(2, 9), List.of(0.1, 0.05, 0.01)),
                                step -> step <= 2 ? 0.1 : step <= 9 ? 0.05 : 0.01)
                        .refuses(
                                "boundaries",
                                List.of(9, 2),
                                "PiecewiseConstantDecay: boundaries must grow, but are [9, 2].")
                        .refuses(
                                "values",
                                List.of(0.1),
                                "PiecewiseConstantDecay: values must be one more than boundaries and"
                                        + " there must be a boundary, but there are 1 values and 2"
                                        + " boundaries.")
                        .refuses(
                                "values",
                                List.of(0.1, Double.NaN, 0.01),
                                "PiecewiseConstantDecay: values must be a finite number, but is NaN."),
                of(
                                new PolynomialDecay(0.1, 20).withPower(2),
                                step -> 0.0999 * Math.pow(1 - Math.min(step, 20) / 20.0, 2) + 1e-4)
                        .steps("decaySteps")
                        .free("initialLearningRate", "endLearningRate", "power"),
                variant(
                        new PolynomialDecay(0.1, 8).withEndLearningRate(0.02).withCycle(true),
                        step ->
                                0.08 * (1 - step / (8.0 * Math.max(1, Math.ceilDiv(step, 8))))
                                        + 0.02),
                of(new CosineDecay(0.1, 20).withAlpha(0.1), step -> 0.1 * fall(step / 20.0, 1, 0.1))
                        .steps("decaySteps")
                        .refuses(
                                "warmupSteps",
                                -1,
                                "CosineDecay: warmupSteps must be at least 0, but is -1.")
                        .free("initialLearningRate", "alpha", "warmupTarget"),
                variant(
                        new CosineDecay(0.01, 20).withWarmup(0.1, 5),
                        step ->
                                step < 5
                                        ? 0.01 + 0.09 * step / 5
                                        : 0.1 * fall((step - 5) / 20.0, 1, 0)),
                of(
                                new CosineDecayRestarts(0.1, 4).withMMul(0.5).withAlpha(0.1),
                                step -> 0.1 * restarted(step))
                        .steps("firstDecaySteps")
                        .refuses(
                                "tMul",
                                0.5,
                                "CosineDecayRestarts: tMul must be at least 1, but is 0.5.")
                        .free("initialLearningRate", "mMul", "alpha"),
                variant(
                        new CosineDecayRestarts(0.1, 7).withTMul(1),
                        step -> 0.1 * fall(step % 7 / 7.0, 1, 0)));
    }

    private static double fall(double fraction, double height, double alpha) {
        double wave = height * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, fraction)));
        return (1 - alpha) * wave + alpha;
    }

    /// Waves of 4, 8, 16 … steps, each half as high as the one before.
    private static double restarted(int step) {
        int length = 4;
        int from = 0;
        double height = 1;
        while (step >= from + length) {
            from += length;
            length *= 2;
            height /= 2;
        }
        return fall((double) (step - from) / length, height, 0.1);
    }

    @TempDir private Path folder;

    @Test
    void everyScheduleHasASample() {
        var sampled =
                samples().stream()
                        .filter(sample -> !sample.variant)
                        .map(sample -> sample.schedule.getClass())
                        .toList();
        Types.check(Schedule.class, ScheduleContractTest.class, sampled, Map.of(), Map.of());
    }

    @TestFactory
    Stream<DynamicContainer> schedules() {
        return samples().stream()
                .map(sample -> Named.tests(sample.schedule.toString(), tests(sample)));
    }

    private Stream<DynamicTest> tests(Sample sample) {
        Schedule schedule = sample.schedule;
        Stream<DynamicTest> own =
                Stream.of(
                        dynamicTest("comes back from Keras's form", () -> comesBack(schedule)),
                        dynamicTest("has the rate of each step", () -> rates(sample)));
        var trial =
                new Trial(
                        () -> network().compile(new SGD(schedule), new MeanSquaredError()),
                        Trial.batch(
                                ScheduleContractTest::network,
                                Trial.random("y", Shape.batched(2), -1, 1)));
        Stream<DynamicTest> rules = sample.variant ? Stream.of() : sample.rules.tests();
        return Stream.of(own, trial.tests(folder), rules).flatMap(tests -> tests);
    }

    private static Model network() {
        return Sequential.of(Input.of(3), new Dense(2));
    }

    private static void comesBack(Schedule schedule) {
        assertThat(KerasTypes.className((Record) schedule))
                .isEqualTo(schedule.getClass().getSimpleName());
        assertThat(KerasTypes.throughJson(Schedule.class, (Record) schedule)).isEqualTo(schedule);
    }

    /// Constants of a graph are float32, which is seen in the seventh digit.
    private static void rates(Sample sample) {
        var graph = new Graph();
        var rate = sample.schedule.build(graph.iteration());
        assertThat(rate.shape()).isEqualTo(Shape.SCALAR);
        for (int step = 0; step < STEPS; step++) {
            double expected = sample.rate.applyAsDouble(step);
            var context = new StepContext(1, step, 1, 0);
            assertThat(GraphEvaluator.value(rate, Map.of(), Map.of(), context))
                    .as("step %d", step)
                    .containsExactly(new double[] {expected}, within(1e-7));
        }
    }
}
