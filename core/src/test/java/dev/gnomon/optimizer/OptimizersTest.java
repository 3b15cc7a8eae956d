package dev.gnomon.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gnomon.Golden;
import dev.gnomon.check.ConfigException;
import dev.gnomon.data.Column;
import dev.gnomon.data.Npz;
import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Value;
import dev.gnomon.kernel.StepContext;
import dev.gnomon.kernel.reference.GraphEvaluator;
import dev.gnomon.optimizer.Optimizer.Slot;
import dev.gnomon.schedule.ExponentialDecay;
import dev.gnomon.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizersTest {
    private static final Golden GOLDEN = Golden.read("optimizers");

    static Stream<Arguments> settings() {
        return Stream.of(
                Arguments.of("sgd", new SGD()),
                Arguments.of("sgd_momentum", new SGD(0.1).withMomentum(0.9)),
                Arguments.of("sgd_nesterov", new SGD(0.1).withMomentum(0.9).withNesterov(true)),
                Arguments.of("rmsprop", new RMSprop()),
                Arguments.of("rmsprop_momentum", new RMSprop(0.01).withRho(0.8).withMomentum(0.5)),
                Arguments.of("rmsprop_centered", new RMSprop(0.01).withCentered(true)),
                Arguments.of(
                        "rmsprop_both", new RMSprop(0.01).withMomentum(0.9).withCentered(true)),
                Arguments.of("adagrad", new Adagrad(0.1)),
                Arguments.of("adam", new Adam()),
                Arguments.of(
                        "adam_amsgrad",
                        new Adam(0.01).withBeta1(0.8).withBeta2(0.9).withAmsgrad(true)),
                Arguments.of("adam_schedule", new Adam(new ExponentialDecay(0.1, 2, 0.5))),
                Arguments.of("adamw", new AdamW(0.1)));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void equalsKeras(String key, Optimizer optimizer) {
        List<double[]> gradients = new ArrayList<>();
        for (int step = 0; GOLDEN.has("gradient_" + step); step++) {
            gradients.add(GOLDEN.values("gradient_" + step));
        }
        List<double[]> weights = run(optimizer, GOLDEN.values("start"), gradients);
        for (int step = 0; step < weights.size(); step++) {
            GOLDEN.check(key + "/" + step, weights.get(step), 2e-6);
        }
    }

    static Stream<Arguments> shared() {
        return Stream.of(
                Arguments.of("SGD", new SGD(0.1)),
                Arguments.of("SGDm", new SGD(0.1).withMomentum(0.9)),
                Arguments.of("SGDn", new SGD(0.1).withMomentum(0.9).withNesterov(true)),
                Arguments.of("RMSprop", new RMSprop(0.01)),
                Arguments.of("RMSpropmc", new RMSprop(0.01).withMomentum(0.9).withCentered(true)),
                Arguments.of("Adagrad", new Adagrad(0.1)),
                Arguments.of("Adam", new Adam(0.01)),
                Arguments.of("AMSGrad", new Adam(0.01).withAmsgrad(true)),
                Arguments.of("AdamW", new AdamW(0.01)),
                Arguments.of("wd", new Adam(0.01).withWeightDecay(0.1)));
    }

    @ParameterizedTest
    @MethodSource("shared")
    void equalsTheSharedGoldenValues(String key, Optimizer optimizer) {
        String root = System.getenv("GNOMON_DATA");
        Assumptions.assumeTrue(
                root != null, "GNOMON_DATA does not name the folder of the shared test data");
        var arrays =
                Npz.read(Path.of(Objects.requireNonNull(root), "keras-golden", "optimizers.npz"));
        double[] all = doubles(arrays, "g");
        int size = all.length / 8;
        List<double[]> gradients = new ArrayList<>();
        for (int step = 0; step < 8; step++) {
            gradients.add(Arrays.copyOfRange(all, step * size, (step + 1) * size));
        }
        List<double[]> weights = run(optimizer, doubles(arrays, "w0"), gradients);
        for (int step = 0; step < 8; step++) {
            double[] expected = doubles(arrays, key + "_" + step);
            assertThat(weights.get(step))
                    .as("step %d", step)
                    .containsExactly(expected, within(2e-5));
        }
    }

    @Test
    void slotsAreGroupedAsInKerasFiles() {
        assertThat(names(new SGD())).isEmpty();
        assertThat(names(new SGD().withMomentum(0.5))).containsExactly(List.of("momentum"));
        assertThat(names(new RMSprop().withMomentum(0.5).withCentered(true)))
                .containsExactly(
                        List.of("velocity"), List.of("momentum"), List.of("average_gradient"));
        assertThat(names(new Adam())).containsExactly(List.of("momentum", "velocity"));
        assertThat(names(new AdamW().withAmsgrad(true)))
                .containsExactly(List.of("momentum", "velocity"), List.of("velocity_hat"));
        assertThat(new Adagrad().slots()).containsExactly(new Slot("accumulator", 0.1f));
    }

    @Test
    void defaultsAreThoseOfKeras() {
        assertThat(new SGD().learningRate()).isEqualTo(LearningRate.of(0.01));
        assertThat(new Adam())
                .isEqualTo(
                        new Adam(
                                LearningRate.of(1e-3),
                                0.9,
                                0.999,
                                1e-7,
                                false,
                                OptimizerOptions.NONE));
        assertThat(new AdamW().options().weightDecay()).isEqualTo(0.004);
        assertThat(Optimizers.byName("RMSprop")).isEqualTo(new RMSprop());
    }

    @Test
    void refusesBadSettings() {
        assertThatThrownBy(() -> new SGD(-1))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Learning rate must be at least 0, but is -1.0.");
        assertThatThrownBy(() -> new Adam().withBeta1(1))
                .hasMessage("Adam: beta1 must be at least 0 and below 1, but is 1.0.");
        assertThatThrownBy(() -> new SGD().withMomentum(1.5))
                .hasMessage("SGD: momentum must be within 0 and 1, but is 1.5.");
        assertThatThrownBy(() -> new SGD().withClipNorm(1).withClipValue(1))
                .hasMessage(
                        "Only one of clipNorm, clipValue and globalClipNorm can be set, but 2 are.");
        assertThatThrownBy(() -> new SGD().withClipNorm(0))
                .hasMessage("clipNorm must be above 0, but is 0.0.");
    }

    /// The weight after each step, with the weight decay that is the framework's.
    private static List<double[]> run(
            Optimizer optimizer, double[] start, List<double[]> gradients) {
        var graph = new Graph();
        Shape shape = Shape.of(start.length);
        Value weight = graph.variable("weight", shape);
        Value rate =
                switch (optimizer.learningRate()) {
                    case LearningRate.Fixed(float value) -> graph.constant(value);
                    case LearningRate.Scheduled(var schedule) -> schedule.build(graph.iteration());
                };
        Double decay = optimizer.options().weightDecay();
        Value decayed = decay == null ? weight : weight.sub(weight.mul(decay).mul(rate));
        Map<String, double[]> state = new HashMap<>(Map.of("weight", start));
        List<Value> slots = new ArrayList<>();
        for (Slot slot : optimizer.slots()) {
            slots.add(graph.variable(slot.name(), shape));
            double[] initial = new double[start.length];
            Arrays.fill(initial, slot.initial());
            state.put(slot.name(), initial);
        }
        Value gradient = graph.input("gradient", shape);
        var update = optimizer.step(decayed, gradient, slots, rate, graph.iteration());
        graph.assign(weight, update.weight());
        for (int i = 0; i < slots.size(); i++) {
            graph.assign(slots.get(i), update.slots().get(i));
        }
        List<double[]> weights = new ArrayList<>();
        for (int step = 0; step < gradients.size(); step++) {
            var inputs = Map.of("gradient", gradients.get(step));
            var result = GraphEvaluator.run(graph, inputs, state, new StepContext(1, step, 1, 0));
            state.putAll(result.assigned());
            weights.add(result.assigned("weight"));
        }
        return weights;
    }

    private static List<List<String>> names(Optimizer optimizer) {
        return optimizer.slotGroups().stream()
                .map(group -> group.stream().map(Slot::name).toList())
                .toList();
    }

    private static double[] doubles(Map<String, Column> arrays, String name) {
        float[] values = Objects.requireNonNull(arrays.get(name), name).tensor().values();
        double[] copy = new double[values.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = values[i];
        }
        return copy;
    }
}
