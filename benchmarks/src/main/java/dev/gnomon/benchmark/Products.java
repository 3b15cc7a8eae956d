package dev.gnomon.benchmark;

import dev.gnomon.graph.Gradients;
import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Value;
import dev.gnomon.tensor.Shape;
import java.util.List;
import org.openjdk.jmh.annotations.Param;

/// Dense layers of the workloads, forward and both gradients in one run: batch, inputs, outputs.
public class Products extends PlanBenchmark {
    @Param({"32x784x300", "128x9216x128", "32x6272x256", "128x128x10"})
    public String layer = "";

    private int size(int index) {
        return Integer.parseInt(layer.split("x", -1)[index]);
    }

    @Override
    protected int batch() {
        return size(0);
    }

    @Override
    protected void build(Graph graph) {
        Value x = graph.input("x", Shape.batched(size(1)));
        Value weights = graph.variable("kernel", Shape.of(size(1), size(2)));
        Value y = x.matmul(weights).relu();
        var gradients = Gradients.of(y.square().sumAll(), List.of(x, weights));
        graph.output("dx", gradients.get(0));
        graph.output("dw", gradients.get(1));
    }
}
