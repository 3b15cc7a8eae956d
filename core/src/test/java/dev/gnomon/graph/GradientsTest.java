package dev.gnomon.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.graph.GradientCheck.Expression;
import dev.gnomon.graph.Op.BinaryFunction;
import dev.gnomon.graph.Op.PoolKind;
import dev.gnomon.graph.Op.UnaryFunction;
import dev.gnomon.kernel.StepContext;
import dev.gnomon.kernel.reference.GraphEvaluator;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GradientsTest {
    /// The ops that central differences cannot check, and why.
    private static final Map<Class<? extends Op>, String> WITHOUT_SAMPLE =
            Map.of(
                    Op.Variable.class, "a source, as inputs are",
                    Op.Constant.class, "depends on nothing",
                    Op.BatchSize.class, "depends on nothing",
                    Op.Iteration.class, "depends on nothing",
                    Op.OneHot.class, "jumps at every class number",
                    Op.StopGradient.class, "has no gradient although it changes; tested below");

    static List<Expression> samples() {
        return GradientSamples.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void agreesWithCentralDifferences(Expression expression) {
        new GradientCheck(expression).run();
    }

    @Test
    void samplesGoThroughEveryOpAndFunction() {
        Set<Object> seen = new HashSet<>(WITHOUT_SAMPLE.keySet());
        for (Expression expression : samples()) {
            for (Node node : new GradientCheck(expression).nodesOnTheWay()) {
                seen.add(node.op().getClass());
                if (node.op() instanceof Op.Unary(var function)) {
                    seen.add(function);
                } else if (node.op() instanceof Op.Binary(var function)) {
                    seen.add(function);
                }
            }
        }
        List<Object> owed = new ArrayList<>(Arrays.asList(Op.class.getPermittedSubclasses()));
        owed.addAll(Arrays.asList(UnaryFunction.values()));
        owed.addAll(Arrays.asList(BinaryFunction.values()));
        assertThat(seen).containsAll(owed);
    }

    @Test
    void nothingFlowsThroughStopGradient() {
        var x = new Graph().variable("x", Shape.of(2));
        Value loss = x.mul(x.stopGradient()).sumAll();
        assertThat(gradient(loss, x, 3, 5)).containsExactly(3, 5);
    }

    @Test
    void followsTheRuleOfACustomGradient() {
        var x = new Graph().variable("x", Shape.of(2));
        Value loss = x.sign().withGradient(List.of(x), dy -> List.of(dy.mul(7))).sumAll();
        assertThat(gradient(loss, x, 3, -5)).containsExactly(7, 7);
    }

    @Test
    void sumsACustomGradientToTheShapeOfItsSource() {
        var x = new Graph().variable("x", Shape.SCALAR);
        Value wide = x.broadcastTo(Shape.of(4)).stopGradient();
        Value loss = wide.withGradient(List.of(x), dy -> List.of(dy.mul(2))).sumAll();
        assertThat(gradient(loss, x, 1)).containsExactly(8);
    }

    @Test
    void rejectsACustomGradientWithTheWrongNumber() {
        var x = new Graph().variable("x", Shape.of(2));
        Value loss = x.withGradient(List.of(x), _ -> List.of()).sumAll();
        assertThatThrownBy(() -> Gradients.of(loss, List.of(x)))
                .hasMessage("A custom gradient of 1 sources gave 0 gradients.");
    }

    @Test
    void rejectsTheSecondGradientOfMaxPooling() {
        var x = new Graph().input("x", Shape.batched(4, 4, 1));
        Value y = x.square().pool2d(PoolKind.MAX, GradientSamples.SMALL);
        Value gradient = Gradients.of(y.sumAll(), List.of(x)).getFirst();
        Value other = Gradients.of(y.square().sumAll(), List.of(x)).getFirst();
        assertThat(Gradients.of(gradient.sumAll(), List.of(x))).hasSize(1);
        assertThatThrownBy(() -> Gradients.of(other.sumAll(), List.of(x)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("use average pooling");
    }

    @Test
    void isZeroForWhatTheLossDoesNotDependOn() {
        var graph = new Graph();
        Value x = graph.variable("x", Shape.of(2));
        Value loss = x.sumAll();
        Value late = graph.variable("late", Shape.of(2));
        List<Value> gradients = Gradients.of(loss, List.of(late, x));
        assertThat(evaluate(gradients.get(0), 1, 2)).containsExactly(0, 0);
        assertThat(evaluate(gradients.get(1), 1, 2)).containsExactly(1, 1);
    }

    @Test
    void isOneForTheLossItself() {
        var x = new Graph().variable("x", Shape.of(2));
        assertThat(gradient(x, x, 1, 2)).containsExactly(1, 1);
    }

    @Test
    void goesThroughASourceToAnotherSource() {
        var x = new Graph().variable("x", Shape.of(1));
        Value y = x.square();
        List<Value> gradients = Gradients.of(y.mul(5).sumAll(), List.of(y, x));
        assertThat(evaluate(gradients.get(0), 3)).containsExactly(5);
        assertThat(evaluate(gradients.get(1), 3)).containsExactly(30);
    }

    @Test
    void ofEqualsHalfGoesToEachSide() {
        var x = new Graph().variable("x", Shape.of(3));
        assertThat(gradient(x.max(1), x, 0, 1, 2)).containsExactly(0, 0.5, 1);
        assertThat(gradient(x.min(1), x, 0, 1, 2)).containsExactly(1, 0.5, 0);
        assertThat(gradient(x.reduceMax(0), x, 4, 1, 4)).containsExactly(0.5, 0, 0.5);
    }

    @Test
    void isZeroForTheExponentOfABaseThatIsNotPositive() {
        var graph = new Graph();
        Value base = graph.constant(Tensor.of(new float[] {-2, 0, 1}, 3));
        Value x = graph.variable("x", Shape.of(3));
        assertThat(gradient(base.pow(x), x, 2, 2, 2)).containsExactly(0, 0, 0);
    }

    @Test
    void ofReluIsZeroAtZero() {
        var x = new Graph().variable("x", Shape.of(3));
        assertThat(gradient(x.relu(), x, -1, 0, 1)).containsExactly(0, 0, 1);
    }

    @Test
    void ofReluBeforeMaxPoolingIsTakenOfTheMaxima() {
        var x = new Graph().input("x", Shape.batched(4, 4, 1));
        Value maxima = x.relu().pool2d(PoolKind.MAX, GradientSamples.SMALL);
        Gradients.of(maxima.square().sumAll(), List.of(x));
        assertThat(x.graph().nodes())
                .filteredOn(node -> node.op().equals(new Op.Binary(BinaryFunction.GREATER)))
                .singleElement()
                .satisfies(node -> assertThat(node.inputs().getFirst()).isEqualTo(maxima.id()));
    }

    private static double[] gradient(Value loss, Value source, double... x) {
        return evaluate(Gradients.of(loss, List.of(source)).getFirst(), x);
    }

    private static double[] evaluate(Value value, double... x) {
        return GraphEvaluator.value(value, Map.of(), Map.of("x", x), StepContext.of(1, 1));
    }
}
