package dev.gnomon.benchmark;

import dev.gnomon.graph.Gradients;
import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Op;
import dev.gnomon.graph.Value;
import dev.gnomon.tensor.Shape;
import java.util.List;
import org.openjdk.jmh.annotations.Param;

/// Max pooling with its gradient, and the sums over the batch that batch normalization needs, of 128 pictures.
public class PoolingAndReductions extends PlanBenchmark {
    /// Which kernel.
    public enum Kernel {
        MAX_POOLING,
        BATCH_STATISTICS
    }

    @Param public Kernel kernel = Kernel.MAX_POOLING;

    @Override
    protected void build(Graph graph) {
        Value x = graph.input("x", Shape.batched(24, 24, 64));
        switch (kernel) {
            case MAX_POOLING -> {
                var window = new Op.Window(2, 2, 2, 2, 1, 1, 0, 0, 0, 0);
                Value y = x.pool2d(Op.PoolKind.MAX, window);
                graph.output("dx", Gradients.of(y.sumAll(), List.of(x)).getFirst());
            }
            case BATCH_STATISTICS -> {
                graph.output("mean", x.mean(0, 1, 2));
                graph.output("square", x.square().mean(0, 1, 2));
            }
        }
    }
}
