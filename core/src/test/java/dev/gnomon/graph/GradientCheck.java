package dev.gnomon.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gnomon.kernel.StepContext;
import dev.gnomon.kernel.reference.GraphEvaluator;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/// Compares gradients with central differences, in `double` on the reference kernels.
///
/// The loss is the sum of the expression's elements, each with a random weight, so that no gradient hides in a sum.
public final class GradientCheck {
    /// The batch's size in all checks.
    static final int BATCH = 3;

    private static final StepContext CONTEXT = new StepContext(7, 4, BATCH, 0);
    private static final double STEP = 1e-5;

    /// Constants of a graph are float32, which is seen in the seventh digit.
    private static final double TOLERANCE = 1e-6;

    /// An expression of sources with random elements between `low` and `high`.
    public record Expression(
            String name,
            double low,
            double high,
            List<Shape> sources,
            Function<List<Value>, Value> build) {
        @Override
        public String toString() {
            return name;
        }
    }

    private final Graph graph = new Graph();
    private final List<Value> sources = new ArrayList<>();
    private final Map<String, double[]> inputs = new LinkedHashMap<>();
    private final Value result;
    private final int nodes;

    public GradientCheck(Expression expression) {
        for (Shape shape : expression.sources()) {
            sources.add(input("x" + sources.size(), shape, expression.low(), expression.high()));
        }
        result = expression.build().apply(sources);
        nodes = graph.nodes().size();
    }

    /// The nodes of the expression itself, through which the sources come.
    List<Node> nodesOnTheWay() {
        boolean[] reached = new boolean[nodes];
        List<Node> way = new ArrayList<>();
        for (Node node : graph.nodes().subList(0, nodes)) {
            boolean source = sources.stream().anyMatch(value -> value.id() == node.id());
            reached[node.id()] = source || node.inputs().stream().anyMatch(input -> reached[input]);
            if (reached[node.id()]) {
                way.add(node);
            }
        }
        return way;
    }

    /// Fails where a gradient is wrong.
    public void run() {
        Value loss = result.mul(input("weights", result.shape(), 0.5, 1.5)).sumAll();
        List<Value> gradients = Gradients.of(loss, sources);
        for (int i = 0; i < gradients.size(); i++) {
            assertThat(gradients.get(i).shape()).isEqualTo(sources.get(i).shape());
            double[] gradient = evaluate(gradients.get(i));
            double[] x = Objects.requireNonNull(inputs.get("x" + i));
            for (int element = 0; element < x.length; element++) {
                double difference = difference(loss, x, element);
                assertThat(gradient[element])
                        .as("source %d, element %d", i, element)
                        .isCloseTo(
                                difference, within(TOLERANCE * Math.max(1, Math.abs(difference))));
            }
        }
    }

    private double difference(Value loss, double[] x, int element) {
        double middle = x[element];
        x[element] = middle + STEP;
        double above = evaluate(loss)[0];
        x[element] = middle - STEP;
        double below = evaluate(loss)[0];
        x[element] = middle;
        return (above - below) / (2 * STEP);
    }

    private double[] evaluate(Value value) {
        return GraphEvaluator.value(value, inputs, Map.of(), CONTEXT);
    }

    private Value input(String name, Shape shape, double low, double high) {
        inputs.put(name, random(name, (int) shape.elements(BATCH), low, high));
        return graph.input(name, shape);
    }

    static double[] random(String name, int count, double low, double high) {
        Key key = Key.of(42).child(name);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = low + (high - low) * key.uniformAt(i);
        }
        return values;
    }
}
