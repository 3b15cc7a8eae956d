package dev.gnomon.model;

import dev.gnomon.check.Check;
import dev.gnomon.data.Batch;
import dev.gnomon.data.BatchGenerator;
import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.graph.Graph;
import dev.gnomon.kernel.StepContext;
import dev.gnomon.kernel.reference.GraphEvaluator;
import dev.gnomon.loss.LabelForm;
import dev.gnomon.loss.OutputLoss;
import dev.gnomon.optimizer.LearningRate;
import dev.gnomon.plan.Parameters;
import dev.gnomon.plan.Plan;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import dev.gnomon.tensor.TensorView;
import dev.gnomon.train.Callback;
import dev.gnomon.train.Fit;
import dev.gnomon.train.History;
import dev.gnomon.train.Logs;
import dev.gnomon.train.TrainingState;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The training loop, evaluation and prediction of a model, and the place of a run: iteration, epoch, batch.
final class Trainer implements AutoCloseable {
    private final Model model;
    private final @Nullable Compiled ownCompiled;
    private final OptimizerState optimizerState;
    private final Plans plans;
    private final Parameters gradients = new Parameters();
    private @Nullable StepFeed stepFeed;

    /// How often gradients were computed: each time draws anew, also where several are added up.
    private long draws;

    private long iteration;
    private long seed;
    private Progress progress = new Progress();

    /// Within so many steps a moment that is kept by 0.9 does not fall from [#TINY] to below the least normal number.
    private static final int STEPS_BETWEEN_FLUSHES = 256;

    private static final float TINY = 1e-25f;

    private boolean resumes;
    private boolean runs;

    /// Trains with what the model is compiled with.
    Trainer(Model model) {
        this(model, null);
    }

    /// Trains with settings of its own, where they are given.
    Trainer(Model model, @Nullable Compiled compiled) {
        this.model = model;
        this.ownCompiled = compiled;
        this.optimizerState = new OptimizerState(model, this::compiled);
        this.plans = new Plans(model, this::compiled, optimizerState);
    }

    private Compiled compiled() {
        return ownCompiled == null ? model.needCompiled() : ownCompiled;
    }

    Plans plans() {
        return plans;
    }

    /// Forgets the optimizer's state and all plans.
    void reset() {
        plans.clear();
        optimizerState.reset();
        iteration = 0;
        progress = new Progress();
    }

    /// The numbers in the optimizer's variables, Keras's iteration among them; empty before the first step.
    OptionalLong countOptimizerParams() {
        if (iteration == 0 && !optimizerState.isMade()) {
            return OptionalLong.empty();
        }
        Parameters state = optimizerState.parameters();
        return OptionalLong.of(
                1 + state.paths().stream().mapToLong(path -> state.shape(path).elements()).sum());
    }

    Plan predictionPlan(int batch) {
        checkBatchSize(batch);
        return plans.prediction(batch).plan();
    }

    Plan plan(int batch) {
        checkBatchSize(batch);
        return isCompiled()
                ? plans.training(batch, new Targets(expectedLabels(), Set.of())).plan()
                : plans.prediction(batch).plan();
    }

    private boolean isCompiled() {
        return ownCompiled != null || model.compiled() != null;
    }

    FitBytes bytes(Dataset data, Fit settings) {
        return Forecast.of(model, compiled(), plans, data, settings);
    }

    FitBytes bytes(int samples, int batch) {
        checkBatchSize(batch);
        Map<String, Shape> labels = isCompiled() ? expectedLabels() : Map.of();
        return Forecast.of(model, labels.values(), this::plan, samples, batch);
    }

    /// The shapes of labels that the losses expect where the data do not tell.
    private Map<String, Shape> expectedLabels() {
        Map<String, Shape> labels = new LinkedHashMap<>();
        List<String> names = model.outputNames();
        for (int i = 0; i < names.size(); i++) {
            labels.put(names.get(i), expectedLabels(names.get(i), model.outputShapes().get(i)));
        }
        return labels;
    }

    private Shape expectedLabels(String output, Shape prediction) {
        for (OutputLoss loss : compiled().losses().list()) {
            boolean here = loss.output() == null || loss.output().equals(output);
            if (here && loss.loss().labels() == LabelForm.CLASS_NUMBER) {
                return Shape.of(Arrays.copyOf(prediction.dims(), prediction.rank() - 1));
            }
        }
        return prediction;
    }

    private static void checkBatchSize(int batchSize) {
        Check.config(batchSize >= 1, "The batch size must be at least 1, but is %d.", batchSize);
    }

    // ---- fit

    History fit(Dataset all, Fit settings) {
        compiled();
        Split split = Split.of(all, settings);
        Feed feed = feed(split.training(), settings);
        Check.data(feed.data().size() > 0, "There are no samples to train on.");
        return run(new BatchSource.OfDataset(feed, settings), split.validation(), settings);
    }

    History fit(BatchGenerator generator, Fit settings) {
        compiled();
        Check.config(
                settings.validation().split() == 0,
                "Fit: a validationSplit needs a data set to cut from; give validation data beside a generator.");
        return run(
                BatchSource.OfGenerator.of(generator, data -> feed(data, settings)),
                settings.validation().data(),
                settings);
    }

    private Feed feed(Dataset data, Fit settings) {
        return Feed.labelled(model, compiled(), ClassWeights.apply(data, settings.classWeight()));
    }

    private History run(BatchSource source, @Nullable Dataset validation, Fit settings) {
        if (validation != null) {
            checkEvaluation(
                    validation, settings.validation().batchSizeBeside(settings.batchSize()));
        }
        Check.config(
                !runs,
                "fit: this model is in training already. Let that end first, or train another model.");
        seed = settings.seed();
        boolean goesOn = resumes;
        resumes = false;
        runs = true;
        try {
            return new FitRun(this, model, source, validation, settings).run(goesOn);
        } finally {
            runs = false;
        }
    }

    /// Answers data that cannot be validated on now and not after the first epoch.
    private void checkEvaluation(Dataset samples, int batchSize) {
        Feed feed = Feed.labelled(model, compiled(), samples);
        Check.data(samples.size() > 0, "There are no samples to validate on.");
        plans.evaluation(Math.min(batchSize, samples.size()), feed.targets());
    }

    /// Sums for the figures of training steps on such samples.
    PassMeans means(Feed feed, int batch) {
        long stamp = plans.enter();
        try {
            var runner = plans.training(batch, feed.targets());
            return new PassMeans(runner.needGraph());
        } finally {
            plans.exit(stamp);
        }
    }

    /// Makes a training step and adds its figures to those of the pass.
    void train(Feed feed, Batch batch, PassMeans means) {
        long stamp = plans.enter();
        try {
            Plan plan = plans.training(batch.size(), feed.targets()).plan();
            Plan.Workspace workspace = plan.lease();
            try {
                feed.fill(workspace, batch);
                workspace.run(seed, iteration);
                stepped();
                means.add(workspace, batch.size());
            } finally {
                plan.giveBack(workspace);
            }
        } finally {
            plans.exit(stamp);
        }
    }

    /// Moments of gradients that have vanished shrink until processors count them slowly, five times and more; long before
    /// that they move no weight.
    private void stepped() {
        iteration++;
        if (iteration % STEPS_BETWEEN_FLUSHES == 0) {
            optimizerState.flush(TINY);
        }
    }

    Logs trainOnBatch(Dataset samples) {
        Feed feed = Feed.labelled(model, compiled(), samples);
        Check.data(samples.size() > 0, "There are no samples to train on.");
        PassMeans means = means(feed, samples.size());
        for (Batch batch : feed.data().batches(samples.size())) {
            train(feed, batch, means);
        }
        return means.logs();
    }

    /// A step of an own loop; gives its loss. In the steady state it allocates nothing.
    float step(Batch batch) {
        if (stepFeed == null) {
            stepFeed = new StepFeed(model);
        }
        Targets targets = stepFeed.targets(batch);
        long stamp = plans.enter();
        try {
            Plan plan = plans.training(batch.size(), targets).plan();
            Plan.Workspace workspace = plan.lease();
            try {
                stepFeed.fill(workspace, batch);
                workspace.run(seed, iteration);
                stepped();
                return workspace.scalar(TrainingGraph.LOSS);
            } finally {
                plan.giveBack(workspace);
            }
        } finally {
            plans.exit(stamp);
        }
    }

    /// Computes the gradients of a batch and keeps them; gives its loss.
    float gradients(Batch batch) {
        if (stepFeed == null) {
            stepFeed = new StepFeed(model);
        }
        StepFeed feed = stepFeed;
        Targets targets = feed.targets(batch);
        Parameters kept = gradients();
        return run(
                () -> plans.gradients(batch.size(), targets, kept),
                workspace -> {
                    feed.fill(workspace, batch);
                    workspace.run(seed, draws);
                    draws++;
                    return workspace.scalar(TrainingGraph.LOSS);
                });
    }

    /// Makes an optimizer step by the gradients that are kept.
    void apply() {
        Parameters kept = gradients();
        run(
                () -> plans.update(kept),
                workspace -> {
                    workspace.run(seed, iteration);
                    stepped();
                    return 0f;
                });
    }

    private float run(Supplier<Plans.Runner> plan, Function<Plan.Workspace, Float> using) {
        long stamp = plans.enter();
        try {
            Plan found = plan.get().plan();
            Plan.Workspace workspace = found.lease();
            try {
                return using.apply(workspace);
            } finally {
                found.giveBack(workspace);
            }
        } finally {
            plans.exit(stamp);
        }
    }

    /// Where the gradients of the weights that are trained now are kept.
    Parameters gradients() {
        Map<String, Shape> missing = new LinkedHashMap<>();
        for (String path : model.trainablePaths()) {
            if (!gradients.has(TrainingGraph.GRADIENT + path)) {
                missing.put(TrainingGraph.GRADIENT + path, model.parameters().shape(path));
            }
        }
        if (!missing.isEmpty()) {
            gradients.shareAll(Parameters.allocate(missing));
        }
        return gradients;
    }

    // ---- evaluate, predict

    /// @param steps how many batches to look at; 0 for all
    Logs evaluate(Dataset samples, int batchSize, int steps, Callback... callbacks) {
        checkBatchSize(batchSize);
        return new Evaluator(model, plans)
                .evaluate(Feed.labelled(model, compiled(), samples), batchSize, steps, callbacks);
    }

    SequencedMap<String, Tensor> predict(Dataset samples, int batchSize, Callback... callbacks) {
        checkBatchSize(batchSize);
        return new Evaluator(model, plans)
                .predict(Feed.unlabelled(model, samples), batchSize, callbacks);
    }

    /// The only output for samples.
    Tensor predictOne(Column samples, int batchSize) {
        var outputs = predict(Dataset.of(samples), batchSize);
        Check.data(
                outputs.size() == 1,
                "The model has the outputs %s; ask for them by predict(dataset, batchSize).",
                outputs.keySet());
        return outputs.firstEntry().getValue();
    }

    // ---- state

    void seed(long newSeed) {
        seed = newSeed;
    }

    long iteration() {
        return iteration;
    }

    Progress progress() {
        return progress;
    }

    void progress(Progress run) {
        progress = run;
    }

    double learningRate() {
        Parameters state = optimizerState.parameters();
        return state.has(TrainingState.LEARNING_RATE)
                ? state.get(TrainingState.LEARNING_RATE).values()[0]
                : scheduled();
    }

    /// Sets the learning rate; a schedule keeps its own.
    void learningRate(double rate) {
        Check.config(
                optimizerState.parameters().has(TrainingState.LEARNING_RATE),
                "The optimizer's learning rate is a schedule, %s, which nothing else can set. Give the optimizer a number"
                        + " instead.",
                compiled().optimizer().learningRate());
        optimizerState.parameters().set(TrainingState.LEARNING_RATE, Tensor.scalar((float) rate));
    }

    private double scheduled() {
        if (compiled().optimizer().learningRate() instanceof LearningRate.Scheduled(var schedule)) {
            var rate = schedule.build(new Graph().iteration());
            return GraphEvaluator.value(
                    rate, Map.of(), Map.of(), new StepContext(seed, iteration, 1, 0))[0];
        }
        throw new AssertionError("a learning rate that is neither a number nor a schedule");
    }

    TrainingState state() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        views().forEach((path, view) -> tensors.put(path, view.tensor()));
        return state(tensors);
    }

    TrainingState state(Map<String, Tensor> tensors) {
        return new TrainingState(
                tensors, iteration, seed, progress.epoch, progress.batch, progress.state());
    }

    SequencedMap<String, TensorView> views() {
        var views = new LinkedHashMap<String, TensorView>();
        model.weightPaths().forEach(path -> views.put(path, model.parameters().view(path)));
        if (ownCompiled != null || model.compiled() != null) {
            Parameters slots = optimizerState.parameters();
            slots.paths().forEach(path -> views.put(path, slots.view(path)));
        }
        return views;
    }

    void restore(TrainingState state, boolean goesOn) {
        state.tensors()
                .forEach((path, value) -> {
                    if (model.parameters().has(path)) {
                        model.setWeight(path, value);
                    }
                });
        optimizerState.restore(state.tensors());
        iteration = state.iteration();
        draws = iteration;
        seed = state.seed();
        progress = Progress.of(state);
        resumes = goesOn;
    }

    @Override
    public void close() {
        plans.close();
    }
}
