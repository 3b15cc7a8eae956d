package dev.gnomon.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.Golden;
import dev.gnomon.check.ConfigException;
import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Value;
import dev.gnomon.kernel.StepContext;
import dev.gnomon.kernel.reference.GraphEvaluator;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.tensor.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MetricsTest {
    private static final Golden GOLDEN = Golden.read("metrics");
    private static final int BATCH = 12;

    record Case(String key, Metric metric, String truth, String prediction) {
        @Override
        public String toString() {
            return key;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("accuracy", new Accuracy(), "whole", "guess"),
                new Case("binary_accuracy", new BinaryAccuracy(), "binary", "unit"),
                new Case("binary_accuracy", Metrics.accuracy(), "binary", "unit"),
                new Case("binary_accuracy_low", new BinaryAccuracy(0.2), "binary", "unit"),
                new Case("categorical_accuracy", new CategoricalAccuracy(), "one_hot", "scores"),
                new Case("categorical_accuracy", Metrics.accuracy(), "one_hot", "scores"),
                new Case(
                        "sparse_categorical_accuracy",
                        new SparseCategoricalAccuracy(),
                        "classes",
                        "scores"),
                new Case("sparse_categorical_accuracy", Metrics.byName("acc"), "classes", "scores"),
                new Case("top_k", new TopKCategoricalAccuracy(), "one_hot", "scores"),
                new Case("top_2", new TopKCategoricalAccuracy(2), "one_hot", "scores"),
                new Case("sparse_top_k", new SparseTopKCategoricalAccuracy(), "classes", "scores"),
                new Case("mean_squared_error", Metrics.meanSquaredError(), "whole", "guess"),
                new Case("mean_absolute_error", Metrics.byName("mae"), "whole", "guess"),
                new Case("root_mean_squared_error", new RootMeanSquaredError(), "whole", "guess"),
                new Case(
                        "sparse_categorical_crossentropy",
                        new LossMetric(new SparseCategoricalCrossentropy(true)),
                        "classes",
                        "scores"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equalsKeras(Case sample) {
        Shape labels = GOLDEN.batched(sample.truth);
        GOLDEN.check(sample.key, new double[] {result(sample.metric, labels, sample)}, 1e-6);
    }

    @Test
    void labelsMayHaveOrLackAnAxisOfOne() {
        var sparse =
                new Case("sparse_column", new SparseCategoricalAccuracy(), "classes", "scores");
        GOLDEN.check(
                "sparse_column",
                new double[] {result(Metrics.accuracy(), Shape.batched(1), sparse)},
                1e-6);
        var flat = new Case("binary_accuracy_flat", new BinaryAccuracy(), "binary", "unit");
        GOLDEN.check(
                "binary_accuracy_flat",
                new double[] {result(flat.metric, Shape.batched(), flat)},
                1e-6);
    }

    @Test
    void accuracyIsResolvedAsInKeras() {
        var accuracy = new AutoAccuracy("acc");
        Shape ten = Shape.batched(10);
        assertThat(accuracy.resolve(Shape.batched(1), Shape.batched(1)))
                .isEqualTo(new BinaryAccuracy("acc", 0.5));
        assertThat(accuracy.resolve(Shape.batched(), ten))
                .isEqualTo(new SparseCategoricalAccuracy("acc"));
        assertThat(accuracy.resolve(Shape.batched(1), ten))
                .isEqualTo(new SparseCategoricalAccuracy("acc"));
        assertThat(accuracy.resolve(ten, ten)).isEqualTo(new CategoricalAccuracy("acc"));
    }

    @Test
    void namesAreThoseOfKeras() {
        assertThat(new BinaryAccuracy().name()).isEqualTo("binary_accuracy");
        assertThat(new TopKCategoricalAccuracy().name()).isEqualTo("top_k_categorical_accuracy");
        assertThat(Metrics.byName("mse").name()).isEqualTo("mse");
        assertThat(Metrics.meanSquaredError().name()).isEqualTo("mean_squared_error");
    }

    @Test
    void namesOutputsWithMetrics() {
        var metrics = Metrics.perOutput().with("hour", Metrics.accuracy(), new Accuracy("exact"));
        assertThat(metrics.list())
                .containsExactly(
                        new OutputMetric("hour", Metrics.accuracy()),
                        new OutputMetric("hour", new Accuracy("exact")));
        assertThat(Metrics.of(Metrics.accuracy()).list()).allMatch(entry -> entry.output() == null);
    }

    @Test
    void refusesWhatItCannot() {
        assertThatThrownBy(() -> new TopKCategoricalAccuracy(0))
                .isInstanceOf(ConfigException.class)
                .hasMessage("TopKCategoricalAccuracy: k must be at least 1, but is 0.");
        assertThatThrownBy(() -> Metrics.byName("auc"))
                .hasMessageStartingWith("Unknown metric \"auc\".");
    }

    private static double result(Metric metric, Shape labels, Case sample) {
        var graph = new Graph();
        Value truth = graph.input("truth", labels);
        Value prediction = graph.input("prediction", GOLDEN.batched(sample.prediction));
        Value value = metric.build(truth, prediction);
        assertThat(value.shape()).isEqualTo(Shape.batched());
        var inputs =
                Map.of(
                        "truth",
                        GOLDEN.values(sample.truth),
                        "prediction",
                        GOLDEN.values(sample.prediction));
        double[] values = GraphEvaluator.value(value, inputs, Map.of(), StepContext.of(1, BATCH));
        return metric.result(Arrays.stream(values).sum(), values.length);
    }
}
