package dev.gnomon.constraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.Golden;
import dev.gnomon.check.ConfigException;
import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Value;
import dev.gnomon.kernel.StepContext;
import dev.gnomon.kernel.reference.GraphEvaluator;
import dev.gnomon.regularizer.L1;
import dev.gnomon.regularizer.L1L2;
import dev.gnomon.regularizer.L2;
import dev.gnomon.regularizer.Regularizers;
import dev.gnomon.tensor.Shape;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Constraints and regularizers: functions of a weight.
class ConstraintsTest {
    private static final Golden GOLDEN = Golden.read("weights");

    static Stream<Arguments> rules() {
        return Stream.of(
                rule("max_norm", new MaxNorm()::build),
                rule("max_norm_rows", new MaxNorm(0.5, 1)::build),
                rule("unit_norm", new UnitNorm()::build),
                rule("non_neg", new NonNeg()::build),
                rule("min_max_norm", new MinMaxNorm()::build),
                rule("min_max_norm_half", new MinMaxNorm(1, 2, 0.5, 1)::build),
                rule("max_norm_kernel", new MaxNorm(0.7, 0, 1, 2)::build),
                rule("l1", new L1()::build),
                rule("l2", new L2()::build),
                rule("l1_l2", new L1L2(0.1, 0.2)::build),
                rule("l1_l2_none", Regularizers.byName("l1_l2")::build));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void equalsKeras(String key, UnaryOperator<Value> rule) {
        String source = key.endsWith("_kernel") ? "kernel" : "w";
        var graph = new Graph();
        Value result = rule.apply(graph.variable("w", GOLDEN.shape(source)));
        assertThat(result.shape()).isEqualTo(GOLDEN.shape(key));
        var weights = Map.of("w", GOLDEN.values(source));
        double[] values = GraphEvaluator.value(result, Map.of(), weights, StepContext.of(1, 1));
        GOLDEN.check(key, values, 1e-6);
    }

    @Test
    void zerosStayZeros() {
        Value result = new UnitNorm().build(new Graph().variable("w", Shape.of(2, 1)));
        var weights = Map.of("w", new double[2]);
        double[] values = GraphEvaluator.value(result, Map.of(), weights, StepContext.of(1, 1));
        assertThat(values).containsOnly(0);
    }

    @Test
    void refusesBadSettings() {
        assertThatThrownBy(() -> new MaxNorm(-1))
                .isInstanceOf(ConfigException.class)
                .hasMessage("MaxNorm: maxValue must be at least 0, but is -1.0.");
        assertThatThrownBy(() -> new MinMaxNorm(2, 1))
                .hasMessage(
                        "MinMaxNorm: 0 <= minValue <= maxValue is needed, but they are 2.0 and 1.0.");
        assertThatThrownBy(() -> new L2(-1)).hasMessage("L2: l2 must be at least 0, but is -1.0.");
        assertThatThrownBy(() -> Constraints.byName("max"))
                .hasMessage(
                        "Unknown constraint \"max\". Known are: max_norm, min_max_norm, non_neg, unit_norm.");
    }

    private static Arguments rule(String key, UnaryOperator<Value> rule) {
        return Arguments.of(key, rule);
    }
}
