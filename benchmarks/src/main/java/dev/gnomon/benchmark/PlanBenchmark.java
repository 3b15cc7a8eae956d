package dev.gnomon.benchmark;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Op;
import dev.gnomon.plan.Parameters;
import dev.gnomon.plan.Plan;
import dev.gnomon.plan.Precision;
import dev.gnomon.plan.Workers;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// One run of a small plan, whose graph holds little but the kernel that is measured. Inputs and variables are drawn evenly
/// from -1 to 1.
@SuppressWarnings("NullAway.Init") // JMH calls compile first
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public abstract class PlanBenchmark {
    @Param("2")
    public int threads;

    @Param({"FLOAT32", "MIXED_BFLOAT16"})
    public Precision precision = Precision.FLOAT32;

    private Workers workers;
    private Plan plan;
    private Plan.Workspace workspace;
    private long step;

    /// Adds what is run to an empty graph.
    protected abstract void build(Graph graph);

    /// The samples in its batch.
    protected int batch() {
        return 128;
    }

    @Setup
    public void compile() {
        var graph = new Graph();
        build(graph);
        Map<String, Shape> variables = new LinkedHashMap<>();
        for (var node : graph.nodes()) {
            if (node.op() instanceof Op.Variable(var path, var shape)) {
                variables.put(path, shape);
            }
        }
        var parameters = Parameters.allocate(variables);
        var key = Key.of(1);
        variables.forEach((path, shape) -> {
            float[] values = new float[(int) shape.elements()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (2 * key.child(path).uniformAt(i) - 1);
            }
            parameters.set(path, new Tensor(shape, values));
        });
        workers = new Workers(threads);
        plan = Plan.compile(graph, batch(), parameters, workers, Plan.Kernels.ONEDNN, precision);
        workspace = plan.lease();
        for (var node : graph.nodes()) {
            if (node.op() instanceof Op.Input(var name, var _) && workspace.hasInput(name)) {
                var memory = workspace.input(name);
                for (long i = 0; i < memory.byteSize() / 4; i++) {
                    memory.setAtIndex(
                            JAVA_FLOAT, i, (float) (2 * key.child(name).uniformAt(i) - 1));
                }
            }
        }
    }

    /// Weights are packed in the first run only.
    @Benchmark
    public void run() {
        workspace.run(1, step++);
    }

    @TearDown
    public void close() {
        plan.close();
        workers.close();
    }
}
