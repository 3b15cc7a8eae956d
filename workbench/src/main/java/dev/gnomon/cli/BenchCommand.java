package dev.gnomon.cli;

import dev.gnomon.check.Check;
import dev.gnomon.check.ConfigException;
import dev.gnomon.data.AtomicFile;
import dev.gnomon.file.Json;
import dev.gnomon.model.Model;
import dev.gnomon.plan.MachineLimit;
import dev.gnomon.plan.Plan;
import dev.gnomon.plan.Precision;
import dev.gnomon.plan.Profile;
import dev.gnomon.random.Key;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `gnomon bench`.
@Command(
        name = "bench",
        description =
                "Times training steps on synthetic samples, beside the machine's matrix-product rate.",
        footer = {
            "",
            "Example: gnomon bench mnist_cnn --batch 128 --seconds 10",
            "gnomon bench startup: how long after its start the process has done the first training step of mlp."
        },
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    private static final String STARTUP = "startup";
    private static final int WARM_UP_STEPS = 5;
    private static final double WARM_UP_SECONDS = 1;
    private static final int FEWEST_STEPS = 5;

    @Mixin private Output output;
    @Mixin private ModelOptions options;

    @Parameters(paramLabel = "WORKLOAD", description = "A preset, a model file, or startup.")
    private String name = "";

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Samples in a step (default: the preset's).")
    private @Nullable Integer batch;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "How long steps are timed (default: 5).")
    private double seconds = 5;

    @Option(names = "--forward-only", description = "Time predictions and not training steps.")
    private boolean forwardOnly;

    @Option(names = "--latency", description = "Time predictions of one sample.")
    private boolean latency;

    @Option(
            names = "--augment",
            description =
                    "Also time steps on batches that are filled beside them, without and with random flips, shifts and"
                            + " rotations, and how long they wait for data.")
    private boolean augment;

    @Option(
            names = "--profile",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "TRACE.json",
            description =
                    "Print where the time goes, by kernels (give it after WORKLOAD); with a file also write a trace for"
                            + " about:tracing or Perfetto.")
    private @Nullable String profile;

    /// Times of steps in nanoseconds, ascending.
    @SuppressWarnings("ArrayRecordComponent")
    private record Times(long[] sorted, @Nullable Profile profile) {
        double medianMillis() {
            return sorted[sorted.length / 2] / 1e6;
        }

        double bestMillis() {
            return sorted[0] / 1e6;
        }
    }

    @Override
    public Integer call() {
        Check.config(seconds > 0, "--seconds must be above 0, but is %s.", seconds);
        Check.config(batch == null || batch >= 1, "--batch must be at least 1, but is %d.", batch);
        if (profile != null && !profile.isEmpty()) {
            OutputFiles.check("--profile", Path.of(profile));
        }
        if (name.equals(STARTUP)) {
            startup();
            return 0;
        }
        var found = options.find(name, 0);
        int size =
                latency
                        ? 1
                        : batch != null
                                ? batch
                                : found.preset() != null ? found.preset().batchSize() : 32;
        boolean forward = forwardOnly || latency;
        try (var model = found.model()) {
            if (!forward) {
                compile(model, found);
            }
            var plan = forward ? model.predictionPlan(size) : model.plan(size);
            var times = time(model, plan, size);
            var figures = report(plan, model.precision(), times, size);
            if (augment) {
                var workspace = plan.lease();
                fill(model, workspace, size);
                new BenchPipeline(model, workspace, size).run(seconds, output, figures);
                plan.giveBack(workspace);
            }
            output.figures(figures);
        }
        return 0;
    }

    private void compile(Model model, ModelOptions.Found found) {
        // A schedule should not end within the timing; its length is of no effect on the time.
        found.compilePreset(1_000_000);
        if (model.compiled() == null) {
            throw new ConfigException(
                    name + " holds no settings to train with; time it with --forward-only.");
        }
    }

    private Times time(Model model, Plan plan, int size) {
        var workspace = plan.lease();
        fill(model, workspace, size);
        long step = 0;
        long start = System.nanoTime();
        while (step < WARM_UP_STEPS || System.nanoTime() - start < WARM_UP_SECONDS * 1e9) {
            workspace.run(1, step++);
        }
        Profile measured = profile != null ? new Profile(plan, options.threads()) : null;
        workspace.profile(measured);
        long[] nanos = new long[1024];
        int count = 0;
        start = System.nanoTime();
        long now = start;
        while (count < FEWEST_STEPS || now - start < seconds * 1e9) {
            workspace.run(1, step++);
            long then = now;
            now = System.nanoTime();
            nanos = count == nanos.length ? Arrays.copyOf(nanos, 2 * count) : nanos;
            nanos[count++] = now - then;
        }
        workspace.profile(null);
        plan.giveBack(workspace);
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return new Times(sorted, measured);
    }

    /// Inputs of uniform numbers from 0 to 255, labels that are class numbers or numbers from 0 to 1.
    private static void fill(Model model, Plan.Workspace workspace, int size) {
        var key = Key.of(7);
        for (String input : model.inputNames()) {
            if (workspace.hasInput(input)) {
                var values = workspace.input(input);
                for (long i = 0; i < values.byteSize() / 4; i++) {
                    put(values, i, (float) (255 * key.uniformAt(i)));
                }
            }
        }
        for (int output = 0; output < model.outputNames().size(); output++) {
            String label = "target/" + model.outputNames().get(output);
            if (!workspace.hasInput(label)) {
                continue;
            }
            var values = workspace.input(label);
            int classes = model.outputShapes().get(output).last();
            boolean numbers = values.byteSize() == 4L * size && classes > 1;
            for (long i = 0; i < values.byteSize() / 4; i++) {
                put(values, i, (float) (numbers ? key.intAt(i, classes) : key.uniformAt(i)));
            }
        }
    }

    private static void put(MemorySegment values, long index, float value) {
        values.setAtIndex(ValueLayout.JAVA_FLOAT, index, value);
    }

    private ObjectNode report(Plan plan, Precision precision, Times times, int size) {
        double limit =
                MachineLimit.flopsPerSecond(options.threads(), options.kernels(), precision) / 1e9;
        double rate = plan.flops() / 1e6 / times.medianMillis();
        output.line(
                "%s, batch %d, %d threads: %.3f ms a %s (best %.3f, %d times), %,.0f samples/s"
                        .formatted(
                                name,
                                size,
                                options.threads(),
                                times.medianMillis(),
                                latency || forwardOnly ? "prediction" : "step",
                                times.bestMillis(),
                                times.sorted.length,
                                size / times.medianMillis() * 1000));
        output.line(
                "%.0f GFLOP/s of the machine's %.0f (%.0f %%); predicted peak %.1f MB"
                        .formatted(rate, limit, 100 * rate / limit, plan.peakBytes() / 1e6));
        if (times.profile != null) {
            output.line(times.profile.table(1e9 * limit).stripTrailing());
            trace(times.profile);
        }
        return Json.object()
                .put("workload", name)
                .put("batch", size)
                .put("precision", precision.policy())
                .put("threads", options.threads())
                .put("steps", times.sorted.length)
                .put("step_ms_median", times.medianMillis())
                .put("step_ms_best", times.bestMillis())
                .put("samples_per_second", size / times.medianMillis() * 1000)
                .put("gflops", rate)
                .put("limit_gflops", limit)
                .put("peak_rss_mb", Machine.peakResidentMegabytes())
                .put("predicted_peak_mb", plan.peakBytes() / 1e6);
    }

    private void trace(Profile measured) {
        if (profile != null && !profile.isEmpty()) {
            AtomicFile.write(Path.of(profile), measured.trace());
            output.line("Wrote " + profile + ".");
        }
    }

    private void startup() {
        var found = options.find("mlp", 0);
        try (var model = found.model()) {
            compile(model, found);
            var plan = model.plan(32);
            var workspace = plan.lease();
            fill(model, workspace, 32);
            workspace.run(1, 0);
            long millis =
                    System.currentTimeMillis()
                            - ManagementFactory.getRuntimeMXBean().getStartTime();
            plan.giveBack(workspace);
            output.line(
                    "The first training step of mlp was done %d ms after the process started."
                            .formatted(millis));
            output.figures(
                    Json.object()
                            .put("workload", STARTUP)
                            .put("threads", options.threads())
                            .put("first_step_ms", millis)
                            .put("peak_rss_mb", Machine.peakResidentMegabytes()));
        }
    }
}
