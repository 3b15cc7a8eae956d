package dev.gnomon.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.Golden;
import dev.gnomon.check.ConfigException;
import dev.gnomon.graph.Gradients;
import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Value;
import dev.gnomon.kernel.StepContext;
import dev.gnomon.kernel.reference.GraphEvaluator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ActivationsTest {
    private static final Golden GOLDEN = Golden.read("activations");

    static Stream<String> names() {
        return Activations.all().keySet().stream().filter(GOLDEN::has).sorted();
    }

    @ParameterizedTest
    @MethodSource("names")
    void equalsKeras(String name) {
        var graph = new Graph();
        Value x = graph.input("x", GOLDEN.batched("x"));
        Value weight = graph.input("weight", GOLDEN.batched("weight"));
        Value y = Activations.byName(name).build(name.equals("exponential") ? x.min(20) : x);
        Value gradient = Gradients.of(y.mul(weight).sumAll(), List.of(x)).getFirst();
        var inputs = Map.of("x", GOLDEN.values("x"), "weight", GOLDEN.values("weight"));
        StepContext context = StepContext.of(1, 4);
        GOLDEN.check(name, GraphEvaluator.value(y, inputs, Map.of(), context), 1e-5);
        if (!name.equals("exponential")) {
            double[] actual = GraphEvaluator.value(gradient, inputs, Map.of(), context);
            GOLDEN.check(name + "/gradient", actual, 1e-5);
        }
    }

    @Test
    void allHaveGoldenValues() {
        assertThat(Activations.all().values()).allMatch(known -> GOLDEN.has(known.name()));
    }

    @Test
    void knowsOtherNames() {
        assertThat(Activations.byName("swish")).isSameAs(Activation.SILU);
        assertThat(Activations.byName("hard_swish")).isSameAs(Activation.HARD_SILU);
    }

    @Test
    void unknownNameListsTheKnown() {
        assertThatThrownBy(() -> Activations.byName("rleu"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(
                        "Unknown activation \"rleu\". Known are: elu, exponential, gelu,");
    }
}
