package dev.gnomon.kernel.reference;

import static dev.gnomon.check.Check.shape;

import dev.gnomon.check.ConfigException;
import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Op;
import dev.gnomon.graph.Value;
import dev.gnomon.kernel.StepContext;
import dev.gnomon.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Runs a whole graph on the reference kernels, node by node. Safe for use by several threads: it holds nothing.
public final class GraphEvaluator {
    private GraphEvaluator() {}

    /// What a run gives.
    ///
    /// @param outputs the named outputs of the graph
    /// @param assigned the new values of variables, by path
    public record Result(Map<String, double[]> outputs, Map<String, double[]> assigned) {
        /// The output of a name.
        public double[] output(String name) {
            return find("output", name, outputs);
        }

        /// The new value of the variable at a path.
        public double[] assigned(String path) {
            return find("assignment to", path, assigned);
        }
    }

    /// Computes all outputs and assignments from inputs by name and variables by path, for the samples of the context's
    /// batch.
    public static Result run(
            Graph graph,
            Map<String, double[]> inputs,
            Map<String, double[]> variables,
            StepContext context) {
        List<double @Nullable []> values =
                compute(graph, graph.needed(), inputs, variables, context);
        Map<String, double[]> outputs = new LinkedHashMap<>();
        graph.outputs().forEach((name, value) -> outputs.put(name, of(value.id(), values)));
        Map<String, double[]> assigned = new LinkedHashMap<>();
        graph.assignments().forEach((path, value) -> assigned.put(path, of(value.id(), values)));
        return new Result(outputs, assigned);
    }

    /// Computes one value and what it needs.
    public static double[] value(
            Value value,
            Map<String, double[]> inputs,
            Map<String, double[]> variables,
            StepContext context) {
        boolean[] needed = new boolean[value.id() + 1];
        needed[value.id()] = true;
        for (int id = value.id(); id >= 0; id--) {
            if (needed[id]) {
                value.graph().node(id).inputs().forEach(input -> needed[input] = true);
            }
        }
        return of(value.id(), compute(value.graph(), needed, inputs, variables, context));
    }

    private static List<double @Nullable []> compute(
            Graph graph,
            boolean[] needed,
            Map<String, double[]> inputs,
            Map<String, double[]> variables,
            StepContext context) {
        List<double @Nullable []> values = new ArrayList<>();
        for (int id = 0; id < needed.length; id++) {
            Op op = graph.node(id).op();
            if (!needed[id]) {
                values.add(null);
            } else if (op instanceof Op.Input(var name, var shape)) {
                values.add(given("input", name, inputs, shape, context.batch()));
            } else if (op instanceof Op.Variable(var path, var shape)) {
                values.add(given("variable", path, variables, shape, context.batch()));
            } else {
                List<double[]> in =
                        graph.node(id).inputs().stream().map(input -> of(input, values)).toList();
                values.add(
                        ReferenceKernels.evaluate(
                                new Value(graph, id), context.batch(), in, context));
            }
        }
        return values;
    }

    private static double[] given(
            String what, String name, Map<String, double[]> all, Shape shape, int batch) {
        double[] values = find(what, name, all);
        shape(
                values.length == shape.elements(batch),
                "The %s '%s' of shape %s needs %d values for a batch of %d, but received %d.",
                what,
                name,
                shape,
                shape.elements(batch),
                batch,
                values.length);
        return values;
    }

    private static double[] find(String what, String name, Map<String, double[]> all) {
        double[] values = all.get(name);
        if (values == null) {
            throw new ConfigException(
                    "There is no " + what + " '" + name + "'; there are " + all.keySet() + ".");
        }
        return values;
    }

    private static double[] of(int id, List<double @Nullable []> values) {
        return Objects.requireNonNull(values.get(id));
    }
}
