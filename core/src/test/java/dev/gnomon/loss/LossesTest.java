package dev.gnomon.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.Golden;
import dev.gnomon.check.ConfigException;
import dev.gnomon.check.ShapeException;
import dev.gnomon.graph.Gradients;
import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Value;
import dev.gnomon.kernel.StepContext;
import dev.gnomon.kernel.reference.GraphEvaluator;
import dev.gnomon.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LossesTest {
    private static final Golden GOLDEN = Golden.read("losses");
    private static final int BATCH = 8;

    record Case(String key, Loss loss, String truth, String prediction, UnaryOperator<Value> head) {
        Case(String key, Loss loss, String truth, String prediction) {
            this(key, loss, truth, prediction, x -> x);
        }

        @Override
        public String toString() {
            return key;
        }
    }

    static Stream<Case> cases() {
        var sparse = new SparseCategoricalCrossentropy();
        var categorical = new CategoricalCrossentropy();
        var binary = new BinaryCrossentropy();
        return Stream.of(
                new Case("sparse", sparse, "classes", "probabilities"),
                new Case("sparse_logits", sparse.withFromLogits(true), "classes", "scores"),
                new Case("sparse_softmax", sparse, "classes", "scores", Value::softmax),
                new Case(
                        "sparse_softmax_logits",
                        sparse.withFromLogits(true),
                        "classes",
                        "scores",
                        Value::softmax),
                new Case("categorical", categorical, "one_hot", "probabilities"),
                new Case(
                        "categorical_logits",
                        categorical.withFromLogits(true),
                        "one_hot",
                        "scores"),
                new Case("categorical_softmax", categorical, "one_hot", "scores", Value::softmax),
                new Case(
                        "categorical_smooth",
                        categorical.withLabelSmoothing(0.1),
                        "one_hot",
                        "scores",
                        Value::softmax),
                new Case("binary", binary, "bits", "unit"),
                new Case("binary_logits", binary.withFromLogits(true), "bits", "scores"),
                new Case("binary_sigmoid", binary, "bits", "scores", Value::sigmoid),
                new Case(
                        "binary_smooth",
                        binary.withLabelSmoothing(0.2),
                        "bits",
                        "scores",
                        Value::sigmoid),
                new Case("mean_squared_error", new MeanSquaredError(), "target", "scores"),
                new Case("mean_absolute_error", new MeanAbsoluteError(), "target", "scores"),
                new Case("huber", new Huber(), "target", "scores"),
                new Case("huber_small", new Huber(0.3), "target", "scores"),
                new Case("cosine_similarity", new CosineSimilarity(), "target", "scores"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equalsKeras(Case sample) {
        var graph = new Graph();
        Value truth = graph.input("truth", GOLDEN.batched(sample.truth));
        Value prediction = graph.input("prediction", GOLDEN.batched(sample.prediction));
        Value loss = sample.loss.build(truth, sample.head.apply(prediction));
        assertThat(loss.shape()).isEqualTo(Shape.batched());
        Value gradient = Gradients.of(loss.sumAll(), List.of(prediction)).getFirst();
        var inputs =
                Map.of(
                        "truth",
                        GOLDEN.values(sample.truth),
                        "prediction",
                        GOLDEN.values(sample.prediction));
        StepContext context = StepContext.of(1, BATCH);
        GOLDEN.check(sample.key, GraphEvaluator.value(loss, inputs, Map.of(), context), 2e-5);
        double[] slope = GraphEvaluator.value(gradient, inputs, Map.of(), context);
        GOLDEN.check(sample.key + "/gradient", slope, 2e-5);
    }

    @Test
    void classNumbersMayHaveAnAxisOfOne() {
        var graph = new Graph();
        Value truth = graph.input("truth", Shape.batched(1));
        Value prediction = graph.input("prediction", Shape.batched(4));
        Value loss = new SparseCategoricalCrossentropy().build(truth, prediction);
        var inputs =
                Map.of(
                        "truth",
                        GOLDEN.values("classes"),
                        "prediction",
                        GOLDEN.values("probabilities"));
        double[] values = GraphEvaluator.value(loss, inputs, Map.of(), StepContext.of(1, BATCH));
        GOLDEN.check("sparse_column", values, 1e-5);
    }

    @Test
    void labelsOfOneOutputMayLackTheirAxis() {
        var graph = new Graph();
        Value loss =
                new BinaryCrossentropy()
                        .build(
                                graph.input("truth", Shape.batched()),
                                graph.input("prediction", Shape.batched(1)));
        double[] truth = column(GOLDEN.values("bits"));
        double[] prediction = column(GOLDEN.values("unit"));
        var inputs = Map.of("truth", truth, "prediction", prediction);
        double[] values = GraphEvaluator.value(loss, inputs, Map.of(), StepContext.of(1, BATCH));
        GOLDEN.check("binary_flat", values, 1e-5);
    }

    @Test
    void lossesOfPlacesKeepThem() {
        var graph = new Graph();
        Value scores = graph.input("scores", Shape.batched(5, 3));
        Value classes = graph.input("classes", Shape.batched(5));
        Value hot = graph.input("hot", Shape.batched(5, 3));
        assertThat(new SparseCategoricalCrossentropy().build(classes, scores).shape())
                .isEqualTo(Shape.batched(5));
        assertThat(new MeanSquaredError().build(hot, scores).shape()).isEqualTo(Shape.batched(5));
    }

    @Test
    void refusesLabelsOfAnotherForm() {
        var graph = new Graph();
        Value scores = graph.input("scores", Shape.batched(10));
        Value classes = graph.input("classes", Shape.batched());
        assertThatThrownBy(() -> new CategoricalCrossentropy().build(classes, scores))
                .isInstanceOf(ShapeException.class)
                .hasMessage(
                        "categorical_crossentropy: labels [batch] do not fit predictions [batch, 10]. It needs one label"
                                + " for each predicted value.");
        assertThatThrownBy(() -> new SparseCategoricalCrossentropy().build(scores, scores))
                .isInstanceOf(ShapeException.class)
                .hasMessage(
                        "sparse_categorical_crossentropy: labels [batch, 10] do not fit predictions [batch, 10]. It"
                                + " needs one class number for each row of predictions; for one-hot labels use the form"
                                + " without \"sparse\".");
    }

    @Test
    void refusesBadSettings() {
        assertThatThrownBy(() -> new Huber(0))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Huber: delta must be above 0, but is 0.0.");
        assertThatThrownBy(() -> new BinaryCrossentropy().withLabelSmoothing(2))
                .hasMessage(
                        "BinaryCrossentropy: labelSmoothing must be within 0 and 1, but is 2.0.");
    }

    @Test
    void namesOutputsWithLossesAndWeights() {
        var hour = new SparseCategoricalCrossentropy();
        var minute = new MeanSquaredError();
        var losses = Losses.perOutput().with("hour", hour).weight(0.5).with("minute", minute);
        assertThat(losses.list())
                .containsExactly(
                        new OutputLoss("hour", hour, 0.5), new OutputLoss("minute", minute, null));
        assertThat(losses.list().getLast().factor()).isEqualTo(1);
        assertThatThrownBy(() -> losses.with("hour", minute))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("an output is named twice");
        assertThatThrownBy(() -> Losses.perOutput().weight(2))
                .hasMessage("Losses: weight(2.0) needs a loss before it.");
    }

    @Test
    void findsLossesByName() {
        assertThat(Losses.byName("mse")).isEqualTo(new MeanSquaredError());
        assertThat(Losses.byName("MeanSquaredError")).isEqualTo(new MeanSquaredError());
        assertThatThrownBy(() -> Losses.byName("hinge"))
                .hasMessageStartingWith("Unknown loss \"hinge\". Known are: ");
    }

    private static double[] column(double[] rows) {
        double[] first = new double[BATCH];
        for (int row = 0; row < BATCH; row++) {
            first[row] = rows[4 * row];
        }
        return first;
    }
}
