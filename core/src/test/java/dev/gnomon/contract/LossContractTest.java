package dev.gnomon.contract;

import static dev.gnomon.activation.Activation.LINEAR;
import static dev.gnomon.activation.Activation.SIGMOID;
import static dev.gnomon.activation.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.gnomon.activation.Activation;
import dev.gnomon.check.ShapeException;
import dev.gnomon.contract.Labels.Kind;
import dev.gnomon.graph.GradientCheck;
import dev.gnomon.graph.Value;
import dev.gnomon.keras.KerasTypes;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Input;
import dev.gnomon.loss.BinaryCrossentropy;
import dev.gnomon.loss.CategoricalCrossentropy;
import dev.gnomon.loss.CosineSimilarity;
import dev.gnomon.loss.Huber;
import dev.gnomon.loss.Loss;
import dev.gnomon.loss.MeanAbsoluteError;
import dev.gnomon.loss.MeanSquaredError;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import dev.gnomon.optimizer.SGD;
import dev.gnomon.plan.Plan.Kernels;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What every loss keeps.
class LossContractTest {
    private static final Map<String, String> WITHOUT =
            Map.of(
                    "dev.gnomon.loss.NamedLoss",
                    "a user's formula: it has no settings, and its name is in no table");

    /// A loss with the form of its labels and the activation before it.
    private record Sample(Loss loss, boolean variant, Kind labels, Activation head, Rules rules) {
        @Override
        public String toString() {
            return loss.toString();
        }
    }

    private static Sample of(Loss loss, Kind labels, Activation head) {
        return new Sample(loss, false, labels, head, new Rules((Record) loss));
    }

    private static Sample variant(Loss loss, Kind labels, Activation head) {
        return new Sample(loss, true, labels, head, new Rules((Record) loss));
    }

    private static String misfit(Loss loss, Kind labels) {
        return "Output \"dense\": labels of shape [batch, 4] do not fit predictions of shape [batch, 3] for the loss "
                + loss.name()
                + (labels == Kind.CLASSES
                        ? ". It needs one class number for each prediction [batch]."
                        : ". It needs one value for each predicted value: labels of shape [batch, 3], or a last layer"
                                + " that predicts [batch, 4].");
    }

    /// The samples: a new loss needs a row here.
    private static List<Sample> samples() {
        return List.of(
                of(new SparseCategoricalCrossentropy(), Kind.CLASSES, SOFTMAX),
                variant(new SparseCategoricalCrossentropy(true), Kind.CLASSES, LINEAR),
                variant(new SparseCategoricalCrossentropy(), Kind.CLASSES, SIGMOID),
                smoothed(of(new CategoricalCrossentropy(), Kind.SHARES, SOFTMAX)),
                variant(new CategoricalCrossentropy(true, 0.2), Kind.SHARES, LINEAR),
                variant(new CategoricalCrossentropy(), Kind.SHARES, SIGMOID),
                smoothed(of(new BinaryCrossentropy(), Kind.BITS, SIGMOID)),
                variant(new BinaryCrossentropy(true, 0.2), Kind.BITS, LINEAR),
                variant(new BinaryCrossentropy(), Kind.BITS, SOFTMAX),
                of(new MeanSquaredError(), Kind.NUMBERS, LINEAR),
                of(new MeanAbsoluteError(), Kind.NUMBERS, LINEAR),
                refusing(
                        of(new Huber(), Kind.NUMBERS, LINEAR),
                        "delta",
                        0.0,
                        "Huber: delta must be above 0, but is 0.0."),
                variant(new Huber(0.2), Kind.NUMBERS, LINEAR),
                of(new CosineSimilarity(), Kind.NUMBERS, LINEAR));
    }

    private static Sample smoothed(Sample sample) {
        String name = sample.loss.getClass().getSimpleName();
        return refusing(
                sample,
                "labelSmoothing",
                1.5,
                name + ": labelSmoothing must be within 0 and 1, but is 1.5.");
    }

    private static Sample refusing(Sample sample, String component, Object value, String sentence) {
        sample.rules.refuses(component, value, sentence);
        return sample;
    }

    @TempDir private Path folder;

    @Test
    void everyLossHasASample() {
        var sampled =
                samples().stream()
                        .filter(sample -> !sample.variant)
                        .map(sample -> sample.loss.getClass())
                        .toList();
        Types.check(Loss.class, LossContractTest.class, sampled, WITHOUT, Map.of());
    }

    @TestFactory
    Stream<DynamicContainer> losses() {
        return samples().stream().map(sample -> Named.tests(sample.toString(), tests(sample)));
    }

    private Stream<DynamicTest> tests(Sample sample) {
        Stream<DynamicTest> own =
                Stream.of(
                        dynamicTest("comes back from Keras's form", () -> comesBack(sample.loss)),
                        dynamicTest("has right gradients", () -> gradients(sample)),
                        dynamicTest("is the weighted mean over the samples", () -> values(sample)),
                        dynamicTest("answers labels that do not fit", () -> misfits(sample)));
        Trial trial =
                new Trial(
                        () -> model(sample),
                        Trial.batch(() -> model(sample), Labels.column(sample.labels))
                                .withSampleWeight(Labels.weights()));
        Stream<DynamicTest> rules = sample.variant ? Stream.of() : sample.rules.tests();
        return Stream.of(own, trial.tests(folder), rules).flatMap(tests -> tests);
    }

    private static Model model(Sample sample) {
        return Sequential.of(
                        Input.of(5),
                        new Dense(Labels.OUTPUTS).withActivation(sample.head).named("dense"))
                .compile(new SGD(0.1).withMomentum(0.5), sample.loss);
    }

    private static void comesBack(Loss loss) {
        assertThat(KerasTypes.className((Record) loss)).isEqualTo(loss.getClass().getSimpleName());
        assertThat(KerasTypes.throughJson(Loss.class, (Record) loss)).isEqualTo(loss);
    }

    /// Labels and predictions between 0.1 and 0.9 are good for shares and numbers alike.
    private static void gradients(Sample sample) {
        Shape outputs = Shape.batched(Labels.OUTPUTS);
        new GradientCheck(
                        new GradientCheck.Expression(
                                sample.toString(),
                                0.1,
                                0.9,
                                List.of(outputs, outputs),
                                sources -> {
                                    Value labels = sources.getLast();
                                    return sample.loss.build(
                                            sample.labels == Kind.CLASSES
                                                    ? labels.argMax().stopGradient()
                                                    : labels,
                                            sources.getFirst());
                                }))
                .run();
    }

    private static void values(Sample sample) {
        for (Kernels kernels : Kernels.values()) {
            try (Model model = model(sample).initialize(3).withKernels(kernels)) {
                var data = Trial.batch(() -> model(sample), Labels.column(sample.labels));
                Tensor prediction = model.predict(data, 4).firstEntry().getValue();
                double[] each =
                        Labels.evaluate(
                                sample.labels,
                                prediction,
                                (truth, value) -> sample.loss.build(truth, value));
                assertThat(model.evaluate(data, 4).loss())
                        .isCloseTo(Labels.mean(each, null), within(3e-5));
                assertThat(model.evaluate(data.withSampleWeight(Labels.weights()), 4).loss())
                        .as("weighted")
                        .isCloseTo(Labels.mean(each, Labels.WEIGHTS), within(3e-5));
            }
        }
    }

    private static void misfits(Sample sample) {
        try (Model model = model(sample)) {
            var labels = Trial.random("y", Shape.batched(4), 0, 1);
            var data = Trial.batch(() -> model(sample), labels);
            assertThatThrownBy(() -> model.trainOnBatch(data))
                    .isInstanceOf(ShapeException.class)
                    .hasMessage(misfit(sample.loss, sample.labels));
        }
    }
}
