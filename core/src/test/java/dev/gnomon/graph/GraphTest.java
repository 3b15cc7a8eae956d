package dev.gnomon.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphTest {
    private final Graph graph = new Graph();
    private final Value x = graph.input("x", Shape.batched(2));

    @Test
    void equalOperationsAreOneNode() {
        assertThat(graph.input("x", Shape.batched(2))).isEqualTo(x);
        assertThat(x.add(1).exp()).isEqualTo(x.add(1).exp());
        assertThat(x.clip(0, 1)).isEqualTo(x.clip(0, 1));
        assertThat(graph.constant(Tensor.of(new float[] {1, 2}, 2)))
                .isEqualTo(graph.constant(Tensor.of(new float[] {1, 2}, 2)));
        assertThat(x.sum(1, 0)).isEqualTo(x.sum(0, -1));
        assertThat(x.dropout(0.5, "a")).isEqualTo(x.dropout(0.5, "a"));
    }

    @Test
    void differentOperationsAreNodesOfTheirOwn() {
        assertThat(x.sub(1)).isNotEqualTo(graph.constant(1).sub(x));
        assertThat(graph.constant(0.0)).isNotEqualTo(graph.constant(-0.0));
        assertThat(graph.constant(Double.NaN)).isEqualTo(graph.constant(Double.NaN));
        assertThat(x.dropout(0.5, "a")).isNotEqualTo(x.dropout(0.5, "b"));
        Value first = x.withGradient(List.of(x), dy -> List.of(dy.neg()));
        Value second = x.withGradient(List.of(x), dy -> List.of(dy.neg()));
        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void leavesOutWhatDoesNothing() {
        assertThat(x.reshape(Shape.batched(2))).isEqualTo(x);
        assertThat(x.broadcastTo(Shape.batched(2))).isEqualTo(x);
        assertThat(x.pad(1, 0, 0, 5)).isEqualTo(x);
        assertThat(graph.batchSize().sumAll()).isEqualTo(graph.batchSize());
    }

    @Test
    void writesWhatOutputsAndAssignmentsNeed() {
        Value w = graph.variable("w", Shape.of(2));
        x.exp();
        graph.output("y", x.mul(w));
        graph.assign(w, w.neg());
        assertThat(graph.toString())
                .isEqualTo(
                        """
                        %0 = input 'x'() : [batch, 2]
                        %1 = variable 'w'() : [2]
                        %3 = multiply(%0, %1) : [batch, 2]
                        %4 = negate(%1) : [2]
                        w := %4
                        return y = %3
                        """);
    }

    @Test
    void theLastAssignmentStands() {
        Value w = graph.variable("w", Shape.of(2));
        graph.assign(w, w.neg());
        graph.assign(w, w.exp());
        assertThat(graph.assignments()).containsExactly(java.util.Map.entry("w", w.exp()));
    }

    @Test
    void rejectsAValueOfAnotherGraph() {
        Value other = new Graph().input("z", Shape.batched(2));
        String message =
                "A value of another graph cannot be used here: %0 = input 'z'() : [batch, 2].";
        Value w = graph.variable("w", Shape.of(2));
        Value v = new Graph().variable("v", Shape.of(2));
        assertThatThrownBy(() -> x.add(other)).hasMessage(message);
        assertThatThrownBy(() -> graph.output("z", other)).hasMessage(message);
        assertThatThrownBy(() -> graph.assign(w, v)).hasMessageContaining("another graph");
        assertThatThrownBy(() -> graph.assign(v, w)).hasMessageContaining("another graph");
    }

    @Test
    void rejectsAnAssignmentThatDoesNotFit() {
        Value w = graph.variable("w", Shape.of(2));
        assertThatThrownBy(() -> graph.assign(w, x))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Only a variable takes a value of its own shape: %1 = variable 'w'() : [2] cannot take"
                                + " %0 = input 'x'() : [batch, 2].");
        assertThatThrownBy(() -> graph.assign(x, x)).hasMessageContaining("Only a variable");
    }
}
