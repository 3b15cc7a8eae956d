package dev.gnomon.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.gnomon.activation.Activation;
import dev.gnomon.keras.KerasTypes;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Input;
import dev.gnomon.loss.MeanSquaredError;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import dev.gnomon.optimizer.Adagrad;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.optimizer.AdamW;
import dev.gnomon.optimizer.BuiltIn;
import dev.gnomon.optimizer.LearningRate;
import dev.gnomon.optimizer.Optimizer;
import dev.gnomon.optimizer.OptimizerOptions;
import dev.gnomon.optimizer.RMSprop;
import dev.gnomon.optimizer.SGD;
import dev.gnomon.schedule.ExponentialDecay;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import dev.gnomon.train.TrainingState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What every optimizer keeps, with each of the options that all of them have.
class OptimizerContractTest {
    /// An optimizer with the names of its slots.
    private record Sample(BuiltIn<?> optimizer, List<String> slots, boolean variant, Rules rules) {
        Sample refuses(String component, Object value, String sentence) {
            rules.refuses(component, value, sentence);
            return this;
        }
    }

    private static Sample of(BuiltIn<?> optimizer, String... slots) {
        return new Sample(optimizer, List.of(slots), false, new Rules((Record) optimizer));
    }

    private static Sample variant(BuiltIn<?> optimizer, String... slots) {
        return new Sample(optimizer, List.of(slots), true, new Rules((Record) optimizer));
    }

    /// The samples: a new optimizer needs a row here.
    private static List<Sample> samples() {
        return List.of(
                of(new SGD(0.1))
                        .refuses(
                                "momentum",
                                1.5,
                                "SGD: momentum must be within 0 and 1, but is 1.5."),
                variant(new SGD(0.1).withMomentum(0.9), "momentum"),
                variant(new SGD(0.1).withMomentum(0.9).withNesterov(true), "momentum"),
                of(new RMSprop(0.01), "velocity")
                        .refuses(
                                "rho",
                                1.0,
                                "RMSprop: rho must be at least 0 and below 1, but is 1.0.")
                        .refuses(
                                "momentum",
                                -0.1,
                                "RMSprop: momentum must be within 0 and 1, but is -0.1.")
                        .refuses("epsilon", -1.0, epsilon("RMSprop")),
                variant(
                        new RMSprop(0.01).withMomentum(0.5).withCentered(true),
                        "velocity",
                        "momentum",
                        "average_gradient"),
                of(new Adagrad(0.1), "accumulator")
                        .refuses(
                                "initialAccumulatorValue",
                                -0.1,
                                "Adagrad: initialAccumulatorValue must be at least 0, but is -0.1.")
                        .refuses("epsilon", -1.0, epsilon("Adagrad")),
                moments(of(new Adam(0.01), "momentum", "velocity")),
                variant(new Adam(0.01).withAmsgrad(true), "momentum", "velocity", "velocity_hat"),
                moments(of(new AdamW(0.01), "momentum", "velocity")),
                variant(new AdamW(0.01).withAmsgrad(true), "momentum", "velocity", "velocity_hat"));
    }

    private static String epsilon(String optimizer) {
        return optimizer + ": epsilon must be at least 0, but is -1.0.";
    }

    private static Sample moments(Sample sample) {
        String name = sample.optimizer.getClass().getSimpleName();
        String share = ": beta%d must be at least 0 and below 1, but is %s.";
        return sample.refuses("beta1", 1.0, name + share.formatted(1, 1.0))
                .refuses("beta2", -0.5, name + share.formatted(2, -0.5))
                .refuses("epsilon", -1.0, epsilon(name));
    }

    @TempDir private Path folder;

    @Test
    void everyOptimizerHasASample() {
        var sampled =
                samples().stream()
                        .filter(sample -> !sample.variant)
                        .map(sample -> sample.optimizer.getClass())
                        .toList();
        Types.check(Optimizer.class, OptimizerContractTest.class, sampled, Map.of(), Map.of());
    }

    @TestFactory
    Stream<DynamicContainer> optimizers() {
        return samples().stream()
                .map(sample -> Named.tests(sample.optimizer.toString(), tests(sample)));
    }

    @TestFactory
    Stream<DynamicContainer> options() {
        var options =
                new Rules(OptimizerOptions.NONE)
                        .refuses(
                                "weightDecay", -0.1, "weightDecay must be at least 0, but is -0.1.")
                        .refuses("clipNorm", 0.0, "clipNorm must be above 0, but is 0.0.")
                        .refuses("clipValue", -1.0, "clipValue must be above 0, but is -1.0.")
                        .refuses(
                                "globalClipNorm",
                                0.0,
                                "globalClipNorm must be above 0, but is 0.0.");
        var both =
                new Rules(OptimizerOptions.NONE.withClipNorm(1.0))
                        .refuses(
                                "clipValue",
                                1.0,
                                "Only one of clipNorm, clipValue and globalClipNorm can be set, but 2 are.");
        var rate =
                new Rules(new LearningRate.Fixed(0.1f))
                        .refuses("value", -1f, "Learning rate must be at least 0, but is -1.0.")
                        .refuses(
                                "value",
                                Float.NaN,
                                "Learning rate must be at least 0, but is NaN.");
        return Stream.of(
                Named.tests("OptimizerOptions", options.tests()),
                Named.tests("OptimizerOptions, two clips", both.tests().limit(1)),
                Named.tests("LearningRate", rate.tests()));
    }

    private Stream<DynamicTest> tests(Sample sample) {
        Stream<DynamicTest> rules = sample.variant ? Stream.of() : sample.rules.tests();
        List<DynamicTest> all = new ArrayList<>(rules.toList());
        all.add(dynamicTest("comes back from Keras's form", () -> comesBack(sample.optimizer)));
        all.add(dynamicTest("has the slots stated", () -> slots(sample)));
        all.addAll(with("", sample.optimizer));
        if (!sample.variant) {
            options(sample.optimizer)
                    .forEach((name, option) -> {
                        all.add(dynamicTest(name + " acts", () -> acts(sample.optimizer, option)));
                        all.addAll(with(name + ": ", option));
                    });
        }
        return all.stream();
    }

    /// The same optimizer with each of the options, strong enough to act on a first step.
    private static Map<String, Optimizer> options(BuiltIn<?> optimizer) {
        return Map.of(
                "weight decay", optimizer.withWeightDecay(0.1),
                "clipnorm", optimizer.withClipNorm(0.05),
                "clipvalue", optimizer.withClipValue(0.01),
                "global_clipnorm", optimizer.withGlobalClipNorm(0.05),
                "a schedule", optimizer.withLearningRate(new ExponentialDecay(0.05, 1, 0.5)));
    }

    private List<DynamicTest> with(String prefix, Optimizer optimizer) {
        var trial =
                new Trial(
                        () -> network().compile(optimizer, new MeanSquaredError()),
                        Trial.batch(
                                OptimizerContractTest::network,
                                Trial.random("y", Shape.batched(2), -1, 1)));
        return trial.tests(folder)
                .map(test -> dynamicTest(prefix + test.getDisplayName(), test.getExecutable()))
                .toList();
    }

    private static Model network() {
        return Sequential.of(
                Input.of(4), new Dense(5).withActivation(Activation.TANH), new Dense(2));
    }

    private static void comesBack(BuiltIn<?> optimizer) {
        assertThat(KerasTypes.className((Record) optimizer))
                .isEqualTo(optimizer.getClass().getSimpleName());
        assertThat(KerasTypes.throughJson(Optimizer.class, (Record) optimizer))
                .isEqualTo(optimizer);
        options(optimizer)
                .values()
                .forEach(option ->
                        assertThat(KerasTypes.throughJson(Optimizer.class, (Record) option))
                                .isEqualTo(option));
    }

    private static void slots(Sample sample) {
        var slots = sample.optimizer.slots().stream().map(Optimizer.Slot::name).toList();
        assertThat(slots).isEqualTo(sample.slots);
        try (Model model = network()) {
            model.compile(sample.optimizer, new MeanSquaredError());
            var expected = new TreeSet<>(model.weightPaths());
            expected.add(TrainingState.LEARNING_RATE);
            for (String path : model.trainablePaths()) {
                sample.slots.forEach(slot -> expected.add(TrainingState.slotPath(path, slot)));
            }
            Map<String, Tensor> state = model.state().tensors();
            assertThat(new TreeSet<>(state.keySet())).isEqualTo(expected);
        }
    }

    private static void acts(Optimizer plain, Optimizer option) {
        assertThat(step(option)).isNotEqualTo(step(plain));
    }

    /// The kernel after three steps: Adam's first steps have the same size however its gradients are scaled.
    private static Tensor step(Optimizer optimizer) {
        try (Model model = network().compile(optimizer, new MeanSquaredError())) {
            var labels = Trial.random("y", Shape.batched(2), -1, 1);
            for (int i = 0; i < 3; i++) {
                model.trainOnBatch(Trial.batch(OptimizerContractTest::network, labels));
            }
            return model.weight("dense/kernel");
        }
    }
}
