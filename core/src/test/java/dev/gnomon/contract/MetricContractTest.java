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
import dev.gnomon.keras.KerasTypes;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Input;
import dev.gnomon.loss.LabelForm;
import dev.gnomon.loss.Loss;
import dev.gnomon.loss.MeanAbsoluteError;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Accuracy;
import dev.gnomon.metric.AutoAccuracy;
import dev.gnomon.metric.BinaryAccuracy;
import dev.gnomon.metric.CategoricalAccuracy;
import dev.gnomon.metric.LossMetric;
import dev.gnomon.metric.Metric;
import dev.gnomon.metric.RootMeanSquaredError;
import dev.gnomon.metric.SparseCategoricalAccuracy;
import dev.gnomon.metric.SparseTopKCategoricalAccuracy;
import dev.gnomon.metric.TopKCategoricalAccuracy;
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

/// What every metric keeps. Sample weights do not act on metrics, as in Keras.
class MetricContractTest {
    private static final Map<String, String> WITHOUT =
            Map.of(
                    "dev.gnomon.metric.NamedMetric",
                    "a user's formula: it has no settings, and its name is in no table");

    private static final Map<Class<?>, String> UNNAMED =
            Map.of(
                    AutoAccuracy.class, "it is saved as the word \"accuracy\"",
                    LossMetric.class, "it is saved as Keras's metric of the loss's name");

    /// A metric with the form of its labels and the activation before it.
    private record Sample(
            Metric metric, Kind labels, Activation head, boolean variant, Rules rules) {
        Sample refuses(String component, Object value, String sentence) {
            rules.refuses(component, value, sentence);
            return this;
        }

        Sample free(String component) {
            rules.free(component);
            return this;
        }

        @Override
        public String toString() {
            return metric.toString();
        }
    }

    private static Sample of(Metric metric, Kind labels, Activation head) {
        return new Sample(metric, labels, head, false, new Rules((Record) metric));
    }

    private static Sample variant(Metric metric, Kind labels, Activation head) {
        return new Sample(metric, labels, head, true, new Rules((Record) metric));
    }

    /// The samples: a new metric needs a row here.
    private static List<Sample> samples() {
        return List.of(
                of(new Accuracy(), Kind.BITS, LINEAR),
                of(new BinaryAccuracy(), Kind.BITS, SIGMOID).free("threshold"),
                variant(new BinaryAccuracy("above", 0.6), Kind.BITS, SIGMOID),
                of(new CategoricalAccuracy(), Kind.ONE_HOT, SOFTMAX),
                of(new SparseCategoricalAccuracy(), Kind.CLASSES, SOFTMAX),
                of(new TopKCategoricalAccuracy(2), Kind.ONE_HOT, SOFTMAX)
                        .refuses(
                                "k", 0, "TopKCategoricalAccuracy: k must be at least 1, but is 0."),
                of(new SparseTopKCategoricalAccuracy(2), Kind.CLASSES, SOFTMAX)
                        .refuses(
                                "k",
                                0,
                                "SparseTopKCategoricalAccuracy: k must be at least 1, but is 0."),
                of(new RootMeanSquaredError(), Kind.NUMBERS, LINEAR),
                of(new AutoAccuracy("accuracy"), Kind.CLASSES, SOFTMAX),
                variant(new AutoAccuracy("acc"), Kind.ONE_HOT, SOFTMAX),
                of(new LossMetric(new MeanAbsoluteError()), Kind.NUMBERS, LINEAR),
                variant(
                        new LossMetric(new SparseCategoricalCrossentropy()),
                        Kind.CLASSES,
                        SOFTMAX));
    }

    @TempDir private Path folder;

    @Test
    void everyMetricHasASample() {
        var sampled =
                samples().stream()
                        .filter(sample -> !sample.variant)
                        .map(sample -> sample.metric.getClass())
                        .toList();
        Types.check(Metric.class, MetricContractTest.class, sampled, WITHOUT, UNNAMED);
    }

    @TestFactory
    Stream<DynamicContainer> metrics() {
        return samples().stream().map(sample -> Named.tests(sample.toString(), tests(sample)));
    }

    private Stream<DynamicTest> tests(Sample sample) {
        Stream<DynamicTest> own =
                Stream.of(
                        dynamicTest("comes back from Keras's form", () -> comesBack(sample.metric)),
                        dynamicTest("is the figure of all samples", () -> values(sample)),
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
        Loss loss =
                sample.labels == Kind.CLASSES
                        ? new SparseCategoricalCrossentropy()
                        : new MeanAbsoluteError();
        return Sequential.of(
                        Input.of(5),
                        new Dense(Labels.OUTPUTS).withActivation(sample.head).named("dense"))
                .compile(new SGD(0.1), loss, sample.metric);
    }

    private static void comesBack(Metric metric) {
        if (UNNAMED.containsKey(metric.getClass())) {
            return; // the trial's file holds it
        }
        assertThat(KerasTypes.className((Record) metric))
                .isEqualTo(metric.getClass().getSimpleName());
        assertThat(KerasTypes.throughJson(Metric.class, (Record) metric)).isEqualTo(metric);
    }

    private static void values(Sample sample) {
        Metric metric = sample.metric;
        for (Kernels kernels : Kernels.values()) {
            try (Model model = model(sample).initialize(3).withKernels(kernels)) {
                var data = Trial.batch(() -> model(sample), Labels.column(sample.labels));
                Tensor prediction = model.predict(data, 4).firstEntry().getValue();
                double[] each = Labels.evaluate(sample.labels, prediction, metric::build);
                double sum = Labels.mean(each, null) * each.length;
                double expected = metric.result(sum, each.length);
                assertThat(model.evaluate(data, 4).get(metric.name()))
                        .isCloseTo(expected, within(3e-5));
                var weighted = data.withSampleWeight(Labels.weights());
                assertThat(model.evaluate(weighted, 4).get(metric.name()))
                        .as("weighted")
                        .isCloseTo(expected, within(3e-5));
            }
        }
    }

    private static void misfits(Sample sample) {
        Metric metric = sample.metric;
        String sentence =
                "Output \"dense\": labels of shape [batch, 4] do not fit predictions of shape [batch, 3] for the metric "
                        + metric.name()
                        + ". "
                        + needed(metric.labels());
        Loss any = Loss.of("any", (_, prediction) -> prediction);
        try (Model model = model(sample).compile(new SGD(), any, metric)) {
            var data = Trial.batch(() -> model(sample), Trial.random("y", Shape.batched(4), 0, 1));
            assertThatThrownBy(() -> model.evaluate(data))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining(sentence);
        }
    }

    private static String needed(LabelForm form) {
        return switch (form) {
            case CLASS_NUMBER -> "It needs one class number for each prediction [batch].";
            case SAME_AS_PREDICTION ->
                    "It needs one value for each predicted value: labels of shape [batch, 3], or a last layer that"
                            + " predicts [batch, 4].";
            case EITHER ->
                    "It needs class numbers [batch], or one value for each predicted value [batch, 3].";
        };
    }
}
