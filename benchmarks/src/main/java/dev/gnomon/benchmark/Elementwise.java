package dev.gnomon.benchmark;

import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Value;
import dev.gnomon.tensor.Shape;
import org.openjdk.jmh.annotations.Param;

/// Elementwise programs: an Adam update of a million weights; dropout, gate, sigmoid, tanh and softmax of 128 samples.
public class Elementwise extends PlanBenchmark {
    /// Which program.
    public enum Program {
        ADAM,
        DROPOUT,
        GATE,
        SIGMOID,
        TANH,
        SOFTMAX
    }

    @Param public Program program = Program.ADAM;

    @Override
    protected void build(Graph graph) {
        if (program == Program.ADAM) {
            adam(graph);
            return;
        }
        Value x = graph.input("x", Shape.batched(24, 24, 64));
        Value y =
                switch (program) {
                    case DROPOUT -> x.dropout(0.25, "dropout");
                    case GATE -> x.mul(graph.input("gate", x.shape()).greater(0.0));
                    case SIGMOID -> x.sigmoid();
                    case TANH -> x.tanh();
                    case SOFTMAX -> x.softmax();
                    case ADAM -> throw new AssertionError();
                };
        graph.output("y", y);
    }

    private static void adam(Graph graph) {
        var shape = Shape.of(1024, 1024);
        Value weight = graph.variable("weight", shape);
        Value gradient = graph.variable("gradient", shape);
        Value first = graph.variable("m", shape);
        Value second = graph.variable("v", shape);
        Value m = first.add(gradient.sub(first).mul(0.1));
        Value v = second.add(gradient.square().sub(second).mul(0.001)).abs();
        graph.assign(first, m);
        graph.assign(second, v);
        graph.assign(weight, weight.sub(m.mul(1e-3).div(v.sqrt().add(1e-7))));
    }
}
