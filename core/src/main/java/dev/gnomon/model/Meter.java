package dev.gnomon.model;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Value;
import dev.gnomon.metric.Metric;
import dev.gnomon.plan.Parameters;
import dev.gnomon.plan.Plan;
import dev.gnomon.plan.Workers;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;

/// A metric that is fed batch by batch, for own loops: update, read, reset.
///
/// ```java
/// var accuracy = new Meter(Metrics.accuracy());
/// for (…) accuracy.update(labels, model.predict(images));
/// System.out.println(accuracy.result());
/// ```
///
/// Not thread-safe.
public final class Meter {
    private final Metric metric;
    private double sum;
    private double samples;

    public Meter(Metric metric) {
        this.metric = metric;
    }

    /// Adds a batch.
    ///
    /// @param truth the labels, `[n]` or `[n, ...]`
    /// @param prediction the predictions, `[n, ...]`
    public void update(Tensor truth, Tensor prediction) {
        int size = prediction.shape().dim(0);
        Check.shape(
                truth.shape().rank() > 0 && truth.shape().dim(0) == size,
                "Meter: there are labels of shape %s for predictions of shape %s; the number of samples must be the same.",
                truth.shape(),
                prediction.shape());
        var graph = new Graph();
        Value values =
                metric.build(
                        graph.input("truth", batched(truth)),
                        graph.input("prediction", batched(prediction)));
        int[] places = IntStream.range(1, values.shape().rank()).toArray();
        graph.output("mean", values.mean(places).mean(0));
        try (var workers = new Workers(1);
                Plan plan =
                        Plan.compile(
                                graph, size, new Parameters(), workers, Plan.Kernels.REFERENCE)) {
            Plan.Workspace workspace = plan.lease();
            fill(workspace, "truth", truth);
            fill(workspace, "prediction", prediction);
            workspace.run(0, 0);
            sum += (double) workspace.scalar("mean") * size;
            plan.giveBack(workspace);
        }
        samples += size;
    }

    private static Shape batched(Tensor tensor) {
        return tensor.shape().withDim(0, Shape.BATCH);
    }

    private static void fill(Plan.Workspace workspace, String input, Tensor values) {
        Feed.copy(MemorySegment.ofArray(values.values()), workspace, input);
    }

    /// The figure of all batches since the last reset.
    public double result() {
        return metric.result(sum, samples);
    }

    /// Forgets all batches.
    public void reset() {
        sum = 0;
        samples = 0;
    }

    @Override
    public String toString() {
        return metric.name() + " " + result();
    }
}
