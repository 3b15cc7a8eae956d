package dev.gnomon.model;

import dev.gnomon.check.ConfigException;
import dev.gnomon.check.DataException;
import dev.gnomon.data.Batch;
import dev.gnomon.data.BatchOrder;
import dev.gnomon.data.Batches;
import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Value;
import dev.gnomon.loss.LabelForm;
import dev.gnomon.loss.OutputLoss;
import dev.gnomon.optimizer.LearningRate;
import dev.gnomon.plan.Parameters;
import dev.gnomon.plan.Plan;
import dev.gnomon.plan.Workers;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import dev.gnomon.train.Fit;
import dev.gnomon.train.FitListener;
import dev.gnomon.train.History;
import dev.gnomon.train.Logs;
import dev.gnomon.train.TrainingState;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Runs a model: compiles plans when they are first needed, feeds them, keeps the optimizer's state.
final class Trainer implements AutoCloseable {
    /// A plan with what its outputs mean.
    private record Runner(Plan plan, @Nullable TrainingGraph graph) {}

    /// What a plan was made for.
    private record PlanKey(
            String purpose,
            int batch,
            Map<String, Shape> labels,
            boolean weighted,
            List<String> trained) {}

    private static final int PLANS_KEPT = 12;

    private final Model model;
    private final @Nullable Compiled ownCompiled;
    private final Map<PlanKey, Runner> plans = new LinkedHashMap<>(16, 0.75f, true);
    private @Nullable Parameters optimizerState;
    private int threads = Runtime.getRuntime().availableProcessors();
    private Plan.Kernels kernels = Plan.Kernels.ONEDNN;
    private @Nullable Workers workers;
    private long iteration;
    private long seed;
    private int epoch;
    private int batchInEpoch;
    private boolean resumes;
    private Map<String, Tensor> restored = Map.of();

    Trainer(Model model) {
        this.model = model;
        this.ownCompiled = null;
    }

    Trainer(Model model, Compiled compiled) {
        this.model = model;
        this.ownCompiled = compiled;
    }

    private Compiled compiled() {
        return ownCompiled == null ? model.needCompiled() : ownCompiled;
    }

    synchronized void threads(int count) {
        if (count < 1) {
            throw new ConfigException(
                    "The number of threads must be at least 1, but is " + count + ".");
        }
        close();
        threads = count;
    }

    synchronized void kernels(Plan.Kernels which) {
        close();
        kernels = which;
    }

    /// Forgets the optimizer's state and all plans.
    synchronized void reset() {
        plans.values().forEach(runner -> runner.plan.close());
        plans.clear();
        optimizerState = null;
        restored = Map.of();
        iteration = 0;
        epoch = 0;
        batchInEpoch = 0;
    }

    // ---- plans

    private synchronized Workers workers() {
        if (workers == null) {
            workers = new Workers(threads);
        }
        return workers;
    }

    private synchronized Runner runner(PlanKey key) {
        Runner known = plans.get(key);
        if (known != null) {
            return known;
        }
        Runner made = key.purpose.equals("predict") ? predictor(key) : trainer(key);
        plans.put(key, made);
        if (plans.size() > PLANS_KEPT) {
            plans.remove(plans.keySet().iterator().next());
        }
        return made;
    }

    private Runner predictor(PlanKey key) {
        var collector = new ModelScope.Collector(false);
        Graph graph = collector.graph;
        List<Value> outputs =
                model.network()
                        .build(new ModelScope(collector, "", true, 0), model.inputValues(graph));
        List<String> names = model.outputNames();
        for (int i = 0; i < names.size(); i++) {
            graph.output(names.get(i), outputs.get(i));
        }
        return new Runner(
                Plan.compile(graph, key.batch, model.parameters(), workers(), kernels), null);
    }

    private Runner trainer(PlanKey key) {
        boolean training = key.purpose.equals("train");
        var graph = new TrainingGraph(model, compiled(), key.labels, key.weighted, training);
        var all = new Parameters();
        all.shareAll(model.parameters());
        if (training) {
            all.shareAll(optimizerState());
        }
        return new Runner(Plan.compile(graph.graph(), key.batch, all, workers(), kernels), graph);
    }

    private Parameters optimizerState() {
        if (optimizerState == null) {
            var optimizer = compiled().optimizer();
            Map<String, Shape> shapes = new LinkedHashMap<>();
            if (optimizer.learningRate() instanceof LearningRate.Fixed) {
                shapes.put(TrainingGraph.LEARNING_RATE, Shape.SCALAR);
            }
            shapes.putAll(TrainingGraph.slotShapes(model, optimizer));
            Parameters made = Parameters.allocate(shapes);
            if (optimizer.learningRate() instanceof LearningRate.Fixed(var rate)) {
                made.set(TrainingGraph.LEARNING_RATE, Tensor.scalar(rate));
            }
            for (var slot : optimizer.slots()) {
                if (slot.initial() != 0) {
                    for (String path : model.trainablePaths()) {
                        Shape shape = model.parameters().shape(path);
                        float[] values = new float[(int) shape.elements()];
                        java.util.Arrays.fill(values, slot.initial());
                        made.set(
                                TrainingGraph.slotPath(path, slot.name()),
                                new Tensor(shape, values));
                    }
                }
            }
            restored.forEach((path, value) -> {
                if (made.has(path)) {
                    made.set(path, value);
                }
            });
            optimizerState = made;
        }
        return optimizerState;
    }

    Plan plan(int batch) {
        if (ownCompiled == null && model.compiled() == null) {
            return runner(new PlanKey("predict", batch, Map.of(), false, List.of())).plan;
        }
        Map<String, Shape> labels = new LinkedHashMap<>();
        List<String> names = model.outputNames();
        for (int i = 0; i < names.size(); i++) {
            labels.put(names.get(i), expectedLabels(names.get(i), model.outputShapes().get(i)));
        }
        return runner(new PlanKey("train", batch, labels, false, model.trainablePaths())).plan;
    }

    /// The shape of labels that an output's loss expects where the data do not tell.
    private Shape expectedLabels(String output, Shape prediction) {
        for (OutputLoss loss : compiled().losses().list()) {
            boolean here = loss.output() == null || loss.output().equals(output);
            if (here && loss.loss().labels() == LabelForm.CLASS_NUMBER) {
                return Shape.of(java.util.Arrays.copyOf(prediction.dims(), prediction.rank() - 1));
            }
        }
        return prediction;
    }

    // ---- data

    /// The names of the model's inputs beside those of the data: a single one needs no name.
    private SequencedMap<String, Column> inputs(Dataset data) {
        List<String> names = model.inputNames();
        var found = new LinkedHashMap<String, Column>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            Column column = data.inputs().get(name);
            if (column == null && names.size() == 1 && data.inputs().size() == 1) {
                column = data.inputs().firstEntry().getValue();
            }
            if (column == null) {
                throw new DataException(
                        "The model's input \""
                                + name
                                + "\" is not in the data; the data have the inputs "
                                + data.inputs().keySet()
                                + ".");
            }
            found.put(name, fit(name, column, model.inputShapes().get(i)));
        }
        return found;
    }

    /// Images without an axis of channels fit an input with one channel; everything else must fit exactly.
    private static Column fit(String name, Column column, Shape input) {
        Shape sample = column.sampleShape();
        Shape wanted = input.sample();
        if (sample.equals(wanted)) {
            return column;
        }
        if (sample.append(1).equals(wanted)) {
            return column.withSampleShape(wanted.dims());
        }
        throw new DataException(
                "Input \""
                        + name
                        + "\": the data have samples of shape "
                        + sample
                        + ", but the model needs "
                        + wanted
                        + ". Reshape the data, or change the model's input.");
    }

    private SequencedMap<String, Column> targets(Dataset data) {
        List<String> names = model.outputNames();
        var found = new LinkedHashMap<String, Column>();
        for (String name : names) {
            Column column = data.targets().get(name);
            if (column == null && names.size() == 1 && data.targets().size() == 1) {
                column = data.targets().firstEntry().getValue();
            }
            if (column != null) {
                found.put(name, column);
            } else if (hasLoss(name)) {
                throw new DataException(
                        "The model's output \""
                                + name
                                + "\" has no labels in the data; the data have labels for "
                                + data.targets().keySet()
                                + ".");
            }
        }
        return found;
    }

    private boolean hasLoss(String output) {
        return compiled().losses().list().stream()
                .anyMatch(loss -> loss.output() == null || loss.output().equals(output));
    }

    private Dataset named(Dataset data, boolean withTargets) {
        Dataset named =
                withTargets
                        ? Dataset.of(inputs(data), targets(data))
                        : Dataset.of(inputs(data), new LinkedHashMap<>());
        Column weight = data.sampleWeight();
        return withTargets && weight != null ? named.withSampleWeight(weight) : named;
    }

    private static Map<String, Shape> labelShapes(Dataset data) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        data.targets()
                .forEach((name, column) ->
                        shapes.put(name, Shape.batched(column.sampleShape().dims())));
        return shapes;
    }

    private void feed(Plan.Workspace workspace, Batch batch, Dataset data) {
        for (String name : data.inputs().keySet()) {
            copy(batch.input(name), workspace, name);
        }
        for (String name : data.targets().keySet()) {
            copy(batch.target(name), workspace, "target/" + name);
        }
        MemorySegment weight = batch.sampleWeight();
        if (weight != null) {
            copy(weight, workspace, "sample_weight");
        }
    }

    private static void copy(MemorySegment from, Plan.Workspace workspace, String name) {
        if (workspace.hasInput(name)) {
            workspace.input(name).copyFrom(from);
        }
    }

    // ---- sums of a pass over the data

    /// The weighted means of a pass.
    private static final class Sums {
        final Map<String, double[]> sums = new LinkedHashMap<>();

        void add(String key, double value, int samples) {
            double[] sum = sums.computeIfAbsent(key, _ -> new double[2]);
            sum[0] += value * samples;
            sum[1] += samples;
        }

        double loss() {
            double[] sum = sums.get("loss");
            return sum == null || sum[1] == 0 ? 0 : sum[0] / sum[1];
        }

        void collect(Plan.Workspace workspace, TrainingGraph graph, int samples) {
            add("loss", workspace.scalar("loss"), samples);
            for (String key : graph.lossKeys()) {
                add(key, workspace.scalar(key), samples);
            }
            for (var metric : graph.metrics()) {
                add(metric.key(), workspace.scalar("metric/" + metric.key()), samples);
            }
        }

        Logs logs(TrainingGraph graph) {
            Map<String, Double> values = new LinkedHashMap<>();
            sums.forEach((key, sum) -> values.put(key, sum[1] == 0 ? 0 : sum[0] / sum[1]));
            for (var metric : graph.metrics()) {
                double[] sum = sums.getOrDefault(metric.key(), new double[2]);
                values.put(metric.key(), metric.metric().result(sum[0], sum[1]));
            }
            return Logs.of(values);
        }
    }

    // ---- fit, evaluate, predict

    History fit(Dataset all, Fit settings) {
        Dataset data = all;
        Dataset validation = settings.validation();
        if (settings.validationSplit() > 0) {
            int kept = (int) Math.floor(all.size() * (1 - settings.validationSplit()));
            if (kept < 1 || kept == all.size()) {
                throw new DataException(
                        "Fit: a validationSplit of "
                                + settings.validationSplit()
                                + " of "
                                + all.size()
                                + " samples leaves nothing to "
                                + (kept < 1 ? "train" : "validate")
                                + " on.");
            }
            data = all.take(kept);
            validation = all.skip(kept);
        }
        Dataset named = named(data, true);
        if (!resumes) {
            batchInEpoch = 0;
            epoch = settings.initialEpoch();
        }
        resumes = false;
        seed = settings.seed();
        List<Logs> history = new ArrayList<>();
        var order = new BatchOrder(settings.shuffle(), settings.seed());
        for (; epoch < settings.epochs() && !Thread.currentThread().isInterrupted(); ) {
            long start = System.nanoTime();
            Logs logs = epoch(named, order, settings);
            if (batchInEpoch != 0) {
                break;
            }
            if (validation != null) {
                logs = logs.with("val_", evaluate(validation, settings.batchSize()));
            }
            history.add(logs);
            FitListener listener = settings.listener();
            if (listener != null) {
                listener.epochDone(
                        epoch, settings.epochs(), logs, (System.nanoTime() - start) / 1e9);
            }
            epoch++;
        }
        return new History(history);
    }

    /// One epoch from the batch that is next; if interrupted it stops after a batch, and `batchInEpoch` says which is next.
    private Logs epoch(Dataset data, BatchOrder order, Fit settings) {
        var sums = new Sums();
        int batches = (data.size() + settings.batchSize() - 1) / settings.batchSize();
        TrainingGraph last = null;
        try (var source =
                new Batches(
                        data,
                        order.epoch(data.size(), epoch),
                        settings.batchSize(),
                        batchInEpoch)) {
            while (source.next()) {
                last = train(source, data, sums);
                batchInEpoch++;
                FitListener listener = settings.listener();
                if (listener != null) {
                    listener.batchDone(epoch, batchInEpoch, batches, sums.loss());
                }
                if (Thread.currentThread().isInterrupted() && batchInEpoch < batches) {
                    return sums.logs(last);
                }
            }
        }
        batchInEpoch = 0;
        if (last == null) {
            throw new DataException("There are no samples to train on.");
        }
        return sums.logs(last);
    }

    private TrainingGraph train(Batch batch, Dataset data, Sums sums) {
        Runner runner =
                runner(
                        new PlanKey(
                                "train",
                                batch.size(),
                                labelShapes(data),
                                data.sampleWeight() != null,
                                model.trainablePaths()));
        TrainingGraph graph = graph(runner);
        Plan.Workspace workspace = runner.plan.lease();
        try {
            feed(workspace, batch, data);
            workspace.run(seed, iteration);
            iteration++;
            sums.collect(workspace, graph, batch.size());
        } finally {
            runner.plan.giveBack(workspace);
        }
        return graph;
    }

    private static TrainingGraph graph(Runner runner) {
        if (runner.graph == null) {
            throw new AssertionError("a plan for predictions has no losses");
        }
        return runner.graph;
    }

    Logs trainOnBatch(Dataset samples) {
        Dataset data = named(samples, true);
        var sums = new Sums();
        TrainingGraph graph = null;
        for (Batch batch : data.batches(data.size())) {
            graph = train(batch, data, sums);
        }
        if (graph == null) {
            throw new DataException("There are no samples to train on.");
        }
        return sums.logs(graph);
    }

    /// A step of an own loop: inputs and labels are found by their names, or are the only ones.
    float step(Batch batch) {
        List<String> outputs = model.outputNames();
        Map<String, Shape> labels = new LinkedHashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            labels.put(outputs.get(i), stepLabels(batch, outputs, i));
        }
        Runner runner =
                runner(new PlanKey("train", batch.size(), labels, false, model.trainablePaths()));
        Plan.Workspace workspace = runner.plan.lease();
        try {
            List<String> inputs = model.inputNames();
            for (String name : inputs) {
                copy(batch.input(inputs.size() == 1 ? Dataset.X : name), workspace, name);
            }
            for (String name : outputs) {
                copy(
                        batch.target(outputs.size() == 1 ? Dataset.Y : name),
                        workspace,
                        "target/" + name);
            }
            workspace.run(seed, iteration++);
            return workspace.scalar("loss");
        } finally {
            runner.plan.giveBack(workspace);
        }
    }

    private Shape stepLabels(Batch batch, List<String> outputs, int index) {
        String name = outputs.get(index);
        long elements =
                batch.target(outputs.size() == 1 ? Dataset.Y : name).byteSize() / 4 / batch.size();
        Shape prediction = model.outputShapes().get(index);
        if (elements == prediction.elements()) {
            return prediction;
        }
        return elements == 1 ? Shape.batched() : Shape.batched(Math.toIntExact(elements));
    }

    Logs evaluate(Dataset samples, int batchSize) {
        Dataset data = named(samples, true);
        var sums = new Sums();
        TrainingGraph graph = null;
        try (var source =
                new Batches(data, IntStream.range(0, data.size()).toArray(), batchSize, 0)) {
            while (source.next()) {
                Runner runner =
                        runner(
                                new PlanKey(
                                        "evaluate",
                                        source.size(),
                                        labelShapes(data),
                                        data.sampleWeight() != null,
                                        List.of()));
                graph = graph(runner);
                Plan.Workspace workspace = runner.plan.lease();
                feed(workspace, source, data);
                workspace.run(seed, iteration);
                sums.collect(workspace, graph, source.size());
                runner.plan.giveBack(workspace);
            }
        }
        if (graph == null) {
            throw new DataException("There are no samples to evaluate on.");
        }
        return sums.logs(graph);
    }

    SequencedMap<String, Tensor> predict(Dataset samples, int batchSize) {
        Dataset data = named(samples, false);
        List<String> names = model.outputNames();
        SequencedMap<String, float[]> values = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            values.put(
                    names.get(i),
                    new float[Math.toIntExact(model.outputShapes().get(i).elements(data.size()))]);
        }
        int done = 0;
        for (Batch batch : data.batches(batchSize)) {
            Runner runner =
                    runner(new PlanKey("predict", batch.size(), Map.of(), false, List.of()));
            Plan.Workspace workspace = runner.plan.lease();
            feed(workspace, batch, data);
            workspace.run(0, 0);
            for (var entry : values.entrySet()) {
                Tensor part = workspace.output(entry.getKey());
                System.arraycopy(
                        part.values(),
                        0,
                        entry.getValue(),
                        done * (part.size() / batch.size()),
                        part.size());
            }
            runner.plan.giveBack(workspace);
            done += batch.size();
        }
        SequencedMap<String, Tensor> results = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            Shape shape = model.outputShapes().get(i).bind(data.size());
            results.put(
                    names.get(i),
                    new Tensor(shape, values.getOrDefault(names.get(i), new float[0])));
        }
        return results;
    }

    // ---- state

    TrainingState state() {
        Map<String, Tensor> tensors = new LinkedHashMap<>(model.weights());
        Parameters slots = optimizerState();
        slots.paths().forEach(path -> tensors.put(path, slots.get(path)));
        return new TrainingState(tensors, iteration, seed, epoch, batchInEpoch);
    }

    void restore(TrainingState state, boolean goesOn) {
        state.tensors()
                .forEach((path, value) -> {
                    if (model.parameters().has(path)) {
                        model.setWeight(path, value);
                    }
                });
        restored = state.tensors();
        if (optimizerState != null) {
            Parameters slots = optimizerState;
            slots.paths()
                    .forEach(path -> {
                        Tensor value = state.tensors().get(path);
                        if (value != null) {
                            slots.set(path, value);
                        }
                    });
        }
        iteration = state.iteration();
        seed = state.seed();
        epoch = state.epoch();
        batchInEpoch = state.batch();
        resumes = goesOn;
    }

    @Override
    public synchronized void close() {
        plans.values().forEach(runner -> runner.plan.close());
        plans.clear();
        if (workers != null) {
            workers.close();
            workers = null;
        }
    }
}
