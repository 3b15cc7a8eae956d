package dev.gnomon.plan;

import dev.gnomon.graph.Graph;
import dev.gnomon.tensor.Shape;
import java.util.Map;

/// The rate at which this machine multiplies matrices: the limit that training steps are compared with.
public final class MachineLimit {
    private static final int SIZE = 1024;
    private static final int RUNS = 24;

    private MachineLimit() {}

    /// The best rate of a product of 1024×1024 matrices with so many threads, in operations a second.
    ///
    /// Two cuts of the work over the threads are tried, by rows of the batch and by blocks, and the faster counts.
    public static double flopsPerSecond(int threads, Plan.Kernels kernels, Precision precision) {
        var parameters =
                Parameters.allocate(Map.of("a", Shape.of(SIZE, SIZE), "b", Shape.of(SIZE, SIZE)));
        try (var workers = new Workers(threads)) {
            var rows = new Graph();
            rows.output(
                    "c",
                    rows.input("x", Shape.batched(SIZE))
                            .matmul(rows.variable("b", Shape.of(SIZE, SIZE))));
            var blocks = new Graph();
            blocks.output(
                    "c",
                    blocks.variable("a", Shape.of(SIZE, SIZE))
                            .matmul(blocks.variable("b", Shape.of(SIZE, SIZE))));
            return Math.max(
                    rate(rows, parameters, workers, kernels, precision),
                    rate(blocks, parameters, workers, kernels, precision));
        }
    }

    private static double rate(
            Graph graph,
            Parameters parameters,
            Workers workers,
            Plan.Kernels kernels,
            Precision precision) {
        try (var plan = Plan.compile(graph, SIZE, parameters, workers, kernels, precision)) {
            var workspace = plan.lease();
            int runs = kernels == Plan.Kernels.REFERENCE ? 1 : RUNS;
            long best = Long.MAX_VALUE;
            for (int i = 0; i < runs; i++) {
                // What depends on parameters alone is computed again only after they have changed.
                parameters.changed();
                long start = System.nanoTime();
                workspace.run(0, 0);
                best = Math.min(best, System.nanoTime() - start);
            }
            plan.giveBack(workspace);
            return 2.0 * SIZE * SIZE * SIZE / (best / 1e9);
        }
    }
}
