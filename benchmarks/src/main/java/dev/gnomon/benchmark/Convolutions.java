package dev.gnomon.benchmark;

import dev.gnomon.graph.Gradients;
import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Op;
import dev.gnomon.graph.Value;
import dev.gnomon.tensor.Shape;
import java.util.List;
import org.openjdk.jmh.annotations.Param;

/// Convolutions of the workloads: batch, picture, channels before and after, window, padding around.
public class Convolutions extends PlanBenchmark {
    /// Which pass.
    public enum Pass {
        FORWARD,
        INPUT_GRADIENT,
        KERNEL_GRADIENT
    }

    @Param({"128x26x26x32x64x3+0", "128x28x28x1x32x3+0", "32x7x7x256x256x3+1", "32x75x75x1x32x5+0"})
    public String layer = "";

    @Param public Pass pass = Pass.FORWARD;

    private int size(int index) {
        return Integer.parseInt(layer.split("[x+]", -1)[index]);
    }

    @Override
    protected int batch() {
        return size(0);
    }

    @Override
    protected void build(Graph graph) {
        int kernel = size(5);
        int around = size(6);
        var window = new Op.Window(kernel, kernel, 1, 1, 1, 1, around, around, around, around);
        Value x = graph.input("x", Shape.batched(size(1), size(2), size(3)));
        Value weights = graph.variable("kernel", Shape.of(kernel, kernel, size(3), size(4)));
        Value y = x.conv2d(weights, window, 1);
        Value dy = graph.input("dy", y.shape());
        switch (pass) {
            case FORWARD -> graph.output("result", y.sum(1, 2, 3));
            case INPUT_GRADIENT ->
                    graph.output(
                            "result",
                            Gradients.of(y.mul(dy).sumAll(), List.of(x)).getFirst().sum(1, 2, 3));
            case KERNEL_GRADIENT ->
                    graph.output(
                            "result",
                            Gradients.of(y.mul(dy).sumAll(), List.of(weights)).getFirst());
        }
    }
}
