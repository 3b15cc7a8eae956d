package dev.gnomon.kernel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.check.ConfigException;
import dev.gnomon.check.ShapeException;
import dev.gnomon.graph.Gradients;
import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Value;
import dev.gnomon.kernel.StepContext;
import dev.gnomon.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphEvaluatorTest {
    private final Graph graph = new Graph();
    private final Value x = graph.input("x", Shape.batched(2));
    private final Value w = graph.variable("w", Shape.of(2, 1));

    @Test
    void runsAStepOfGradientDescent() {
        Value loss = x.matmul(w).square().sumAll().div(graph.batchSize());
        graph.output("loss", loss);
        graph.assign(w, w.sub(Gradients.of(loss, List.of(w)).getFirst().mul(0.5)));
        var result =
                GraphEvaluator.run(
                        graph,
                        Map.of("x", new double[] {1, 0, 0, 2}),
                        Map.of("w", new double[] {3, 1}),
                        StepContext.of(1, 2));
        assertThat(result.output("loss")).containsExactly((9 + 4) / 2.0);
        assertThat(result.assigned("w")).containsExactly(3 - 0.5 * 3, 1 - 0.5 * 4);
    }

    @Test
    void assignmentsReadTheValuesBeforeTheStep() {
        Value a = graph.variable("a", Shape.SCALAR);
        Value b = graph.variable("b", Shape.SCALAR);
        graph.assign(a, b);
        graph.assign(b, a.add(graph.iteration()));
        var result =
                GraphEvaluator.run(
                        graph,
                        Map.of(),
                        Map.of("a", new double[] {1}, "b", new double[] {2}),
                        new StepContext(1, 10, 1, 0));
        assertThat(result.assigned("a")).containsExactly(2);
        assertThat(result.assigned("b")).containsExactly(11);
    }

    @Test
    void rejectsMissingAndWrongArrays() {
        assertThatThrownBy(() -> GraphEvaluator.value(x, Map.of(), Map.of(), StepContext.of(1, 2)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("There is no input 'x'; there are [].");
        assertThatThrownBy(() ->
                        GraphEvaluator.value(
                                x, Map.of("x", new double[5]), Map.of(), StepContext.of(1, 2)))
                .isInstanceOf(ShapeException.class)
                .hasMessage(
                        "The input 'x' of shape [batch, 2] needs 4 values for a batch of 2, but received 5.");
    }
}
