package dev.gnomon.model;

import dev.gnomon.check.ConfigException;
import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Value;
import dev.gnomon.plan.Parameters;
import dev.gnomon.plan.Plan;
import dev.gnomon.plan.Precision;
import dev.gnomon.plan.Workers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The plans of a model, compiled when they are first needed, and the threads that run them.
///
/// Many threads may ask for plans and run them between [#enter] and [#exit]; whoever closes them waits for those.
final class Plans implements AutoCloseable {
    /// What a plan is for.
    enum Purpose {
        TRAIN,
        GRADIENTS,
        APPLY,
        EVALUATE,
        PREDICT
    }

    /// A plan with what its outputs mean; a plan for predictions has no losses and so no training graph.
    record Runner(Plan plan, @Nullable TrainingGraph graph) {
        TrainingGraph needGraph() {
            if (graph == null) {
                throw new AssertionError("a plan for predictions has no losses");
            }
            return graph;
        }
    }

    private record PlanKey(Purpose purpose, int batch, Targets targets, List<String> trained) {}

    /// What the last training step was compiled for; the next one mostly is the same.
    private record Latest(int batch, Targets targets, long freezes, Runner runner) {}

    private static final int KEPT = 12;

    private final Model model;
    private final Supplier<Compiled> compiled;
    private final OptimizerState optimizerState;
    private final Map<PlanKey, Runner> plans = new LinkedHashMap<>(16, 0.75f, true);
    private final StampedLock running = new StampedLock();
    private int threads = Runtime.getRuntime().availableProcessors();
    private Plan.Kernels kernels = Plan.Kernels.ONEDNN;
    private Precision precision = Precision.FLOAT32;
    private @Nullable Workers workers;
    private @Nullable Latest latest;
    private Parameters gradients = new Parameters();
    private @Nullable List<String> trained;
    private long trainedFor;

    Plans(Model model, Supplier<Compiled> compiled, OptimizerState optimizerState) {
        this.model = model;
        this.compiled = compiled;
        this.optimizerState = optimizerState;
    }

    /// Makes plans with the threads, kernels and precision of another model's.
    void like(Plans other) {
        threads = other.threads;
        kernels = other.kernels;
        precision = other.precision;
    }

    void threads(int count) {
        if (count < 1) {
            throw new ConfigException(
                    "The number of threads must be at least 1, but is " + count + ".");
        }
        close();
        threads = count;
    }

    void kernels(Plan.Kernels which) {
        close();
        kernels = which;
    }

    void precision(Precision which) {
        close();
        precision = which;
    }

    Precision precision() {
        return precision;
    }

    /// Before a plan is asked for and run.
    long enter() {
        return running.readLock();
    }

    void exit(long stamp) {
        running.unlockRead(stamp);
    }

    /// The training step for a batch size; the same objects come without allocating while nothing has changed.
    @SuppressWarnings("ReferenceEquality") // the same object is the rule, and costs nothing to tell
    synchronized Runner training(int batch, Targets targets) {
        Latest last = latest;
        long freezes = model.network().freezes();
        if (last != null
                && last.batch == batch
                && last.targets == targets
                && last.freezes == freezes) {
            return last.runner;
        }
        Runner runner = runner(new PlanKey(Purpose.TRAIN, batch, targets, trained()));
        latest = new Latest(batch, targets, freezes, runner);
        return runner;
    }

    /// Weights that are not trained add no penalty to the loss, so that counts here too.
    synchronized Runner evaluation(int batch, Targets targets) {
        return runner(new PlanKey(Purpose.EVALUATE, batch, targets, trained()));
    }

    /// Gradients that are kept, for a batch size.
    ///
    /// @param kept where they are kept
    synchronized Runner gradients(int batch, Targets targets, Parameters kept) {
        gradients = kept;
        return runner(new PlanKey(Purpose.GRADIENTS, batch, targets, trained()));
    }

    /// The update by gradients that are kept.
    synchronized Runner update(Parameters kept) {
        gradients = kept;
        return runner(new PlanKey(Purpose.APPLY, 1, Targets.NONE, trained()));
    }

    private List<String> trained() {
        long freezes = model.network().freezes();
        if (trained == null || trainedFor != freezes) {
            trained = model.trainablePaths();
            trainedFor = freezes;
        }
        return trained;
    }

    Runner prediction(int batch) {
        return runner(new PlanKey(Purpose.PREDICT, batch, Targets.NONE, List.of()));
    }

    private synchronized Runner runner(PlanKey key) {
        Runner known = plans.get(key);
        if (known != null) {
            return known;
        }
        Runner made = key.purpose == Purpose.PREDICT ? predictor(key) : trainer(key);
        plans.put(key, made);
        if (plans.size() > KEPT) {
            plans.remove(plans.keySet().iterator().next());
        }
        return made;
    }

    private Runner predictor(PlanKey key) {
        var collector = new ModelScope.Collector(false);
        Graph graph = collector.graph;
        List<Value> outputs = model.network().build(collector);
        List<String> names = model.outputNames();
        for (int i = 0; i < names.size(); i++) {
            graph.output(names.get(i), outputs.get(i));
        }
        return new Runner(compile(graph, key.batch, model.parameters()), null);
    }

    private Runner trainer(PlanKey key) {
        var mode =
                switch (key.purpose) {
                    case TRAIN -> TrainingGraph.Mode.TRAIN;
                    case GRADIENTS -> TrainingGraph.Mode.GRADIENTS;
                    case APPLY -> TrainingGraph.Mode.APPLY;
                    case EVALUATE, PREDICT -> TrainingGraph.Mode.EVALUATE;
                };
        var graph = new TrainingGraph(model, compiled.get(), key.targets, mode);
        var all = new Parameters();
        all.shareAll(model.parameters());
        if (mode == TrainingGraph.Mode.TRAIN || mode == TrainingGraph.Mode.APPLY) {
            all.shareAll(optimizerState.parameters());
        }
        all.shareAll(gradients);
        return new Runner(compile(graph.graph(), key.batch, all), graph);
    }

    private Plan compile(Graph graph, int batch, Parameters parameters) {
        if (workers == null) {
            workers = new Workers(threads);
        }
        return Plan.compile(graph, batch, parameters, workers, kernels, precision);
    }

    /// Frees all plans once nobody runs one; they are compiled again when they are needed.
    void clear() {
        long stamp = running.writeLock();
        try {
            closeAll();
        } finally {
            running.unlockWrite(stamp);
        }
    }

    private synchronized void closeAll() {
        plans.values().forEach(runner -> runner.plan.close());
        plans.clear();
        latest = null;
    }

    /// As [#clear], and ends the threads.
    @Override
    public void close() {
        long stamp = running.writeLock();
        try {
            closeAll();
            endThreads();
        } finally {
            running.unlockWrite(stamp);
        }
    }

    private synchronized void endThreads() {
        if (workers != null) {
            workers.close();
            workers = null;
        }
    }
}
