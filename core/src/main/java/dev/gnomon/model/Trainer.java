package dev.gnomon.model;

import dev.gnomon.check.Check;
import dev.gnomon.check.DataException;
import dev.gnomon.data.Batch;
import dev.gnomon.data.BatchOrder;
import dev.gnomon.data.Batches;
import dev.gnomon.data.Dataset;
import dev.gnomon.loss.LabelForm;
import dev.gnomon.loss.OutputLoss;
import dev.gnomon.plan.Parameters;
import dev.gnomon.plan.Plan;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import dev.gnomon.train.Fit;
import dev.gnomon.train.FitListener;
import dev.gnomon.train.History;
import dev.gnomon.train.Logs;
import dev.gnomon.train.TrainingState;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The training loop, evaluation and prediction of a model, and the place of a run: iteration, epoch, batch.
final class Trainer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Trainer.class.getName());

    private final Model model;
    private final @Nullable Compiled ownCompiled;
    private final OptimizerState optimizerState;
    private final Plans plans;
    private @Nullable StepFeed stepFeed;
    private long iteration;
    private long seed;
    private int epoch;
    private int batchInEpoch;
    private boolean resumes;

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
        epoch = 0;
        batchInEpoch = 0;
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
        if (ownCompiled == null && model.compiled() == null) {
            return predictionPlan(batch);
        }
        Map<String, Shape> labels = new LinkedHashMap<>();
        List<String> names = model.outputNames();
        for (int i = 0; i < names.size(); i++) {
            labels.put(names.get(i), expectedLabels(names.get(i), model.outputShapes().get(i)));
        }
        return plans.training(batch, labels, false).plan();
    }

    /// The shape of labels that an output's loss expects where the data do not tell.
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
        Dataset data = all;
        Dataset validation = settings.validation();
        if (settings.validationSplit() > 0) {
            int kept = kept(all.size(), settings.validationSplit());
            data = all.take(kept);
            validation = all.skip(kept);
        }
        Feed feed = Feed.labelled(model, compiled(), data);
        if (validation != null) {
            checkEvaluation(validation, settings.batchSize());
        }
        if (!resumes) {
            batchInEpoch = 0;
            epoch = settings.initialEpoch();
        }
        resumes = false;
        seed = settings.seed();
        List<Logs> history = new ArrayList<>();
        boolean warned = false;
        var order = new BatchOrder(settings.shuffle(), settings.seed());
        while (epoch < settings.epochs() && !Thread.currentThread().isInterrupted()) {
            long start = System.nanoTime();
            Logs logs = epoch(feed, order, settings);
            if (batchInEpoch != 0) {
                break;
            }
            if (validation != null) {
                logs = logs.with("val_", evaluate(validation, settings.batchSize()));
            }
            history.add(logs);
            warned = warned || warnsOfDivergence();
            FitListener listener = settings.listener();
            if (listener != null) {
                listener.epochDone(
                        epoch, settings.epochs(), logs, (System.nanoTime() - start) / 1e9);
            }
            epoch++;
        }
        return new History(history);
    }

    /// The loss alone may look healthy: kernels of rectifiers make 0 of what is no number.
    private boolean warnsOfDivergence() {
        String path = model.firstNotFinite();
        if (path != null) {
            LOG.log(
                    Level.WARNING,
                    "After epoch "
                            + (epoch + 1)
                            + " the weight \""
                            + path
                            + "\" holds NaN or infinity: the training has diverged. Lower the learning rate, or look for"
                            + " NaN in the data.");
        }
        return path != null;
    }

    /// How many of the samples are trained on; Keras cuts the rest from the end.
    private static int kept(int samples, double split) {
        int kept = (int) Math.floor(samples * (1 - split));
        Check.data(
                kept >= 1 && kept < samples,
                "Fit: a validationSplit of %s of %d samples leaves nothing to %s on.",
                split,
                samples,
                kept < 1 ? "train" : "validate");
        return kept;
    }

    /// Answers data that cannot be validated on now and not after the first epoch.
    private void checkEvaluation(Dataset samples, int batchSize) {
        Feed feed = Feed.labelled(model, compiled(), samples);
        if (samples.size() > 0) {
            plans.evaluation(Math.min(batchSize, samples.size()), feed.labels(), feed.weighted());
        }
    }

    /// One epoch from the batch that is next; if interrupted it stops after a batch, and `batchInEpoch` says which is next.
    private Logs epoch(Feed feed, BatchOrder order, Fit settings) {
        Dataset data = feed.data();
        int size = settings.batchSize();
        int batches = Math.ceilDiv(data.size(), size);
        PassMeans means = null;
        int[] rows = order.epoch(data.size(), epoch);
        try (var source =
                new Batches(data, rows, size, batchInEpoch, order.augmentationKey(epoch))) {
            while (source.next()) {
                means = train(feed, source, means);
                batchInEpoch++;
                FitListener listener = settings.listener();
                if (listener != null) {
                    listener.batchDone(epoch, batchInEpoch, batches, means.loss());
                }
                if (Thread.currentThread().isInterrupted() && batchInEpoch < batches) {
                    return means.logs();
                }
            }
        }
        batchInEpoch = 0;
        return logs(means, "train");
    }

    private static Logs logs(@Nullable PassMeans means, String what) {
        if (means == null) {
            throw new DataException("There are no samples to " + what + " on.");
        }
        return means.logs();
    }

    /// Makes a training step and adds its figures to those of the pass.
    private PassMeans train(Feed feed, Batch batch, @Nullable PassMeans means) {
        long stamp = plans.enter();
        try {
            var runner = plans.training(batch.size(), feed.labels(), feed.weighted());
            PassMeans sums = means == null ? new PassMeans(runner.needGraph()) : means;
            Plan.Workspace workspace = runner.plan().lease();
            try {
                feed.fill(workspace, batch);
                workspace.run(seed, iteration);
                iteration++;
                sums.add(workspace, batch.size());
            } finally {
                runner.plan().giveBack(workspace);
            }
            return sums;
        } finally {
            plans.exit(stamp);
        }
    }

    Logs trainOnBatch(Dataset samples) {
        Feed feed = Feed.labelled(model, compiled(), samples);
        PassMeans means = null;
        for (Batch batch : feed.data().batches(Math.max(1, samples.size()))) {
            means = train(feed, batch, means);
        }
        return logs(means, "train");
    }

    /// A step of an own loop; gives its loss. In the steady state it allocates nothing.
    float step(Batch batch) {
        if (stepFeed == null) {
            stepFeed = new StepFeed(model);
        }
        Map<String, Shape> labels = stepFeed.labels(batch);
        long stamp = plans.enter();
        try {
            Plan plan = plans.training(batch.size(), labels, batch.sampleWeight() != null).plan();
            Plan.Workspace workspace = plan.lease();
            try {
                stepFeed.fill(workspace, batch);
                workspace.run(seed, iteration);
                iteration++;
                return workspace.scalar(TrainingGraph.LOSS);
            } finally {
                plan.giveBack(workspace);
            }
        } finally {
            plans.exit(stamp);
        }
    }

    // ---- evaluate, predict

    Logs evaluate(Dataset samples, int batchSize) {
        checkBatchSize(batchSize);
        Feed feed = Feed.labelled(model, compiled(), samples);
        Dataset data = feed.data();
        PassMeans means = null;
        try (var source =
                new Batches(data, IntStream.range(0, data.size()).toArray(), batchSize, 0)) {
            while (source.next()) {
                means = evaluate(feed, source, means);
            }
        }
        return logs(means, "evaluate");
    }

    private PassMeans evaluate(Feed feed, Batch batch, @Nullable PassMeans means) {
        long stamp = plans.enter();
        try {
            var runner = plans.evaluation(batch.size(), feed.labels(), feed.weighted());
            PassMeans sums = means == null ? new PassMeans(runner.needGraph()) : means;
            Plan.Workspace workspace = runner.plan().lease();
            try {
                feed.fill(workspace, batch);
                workspace.run(seed, iteration);
                sums.add(workspace, batch.size());
            } finally {
                runner.plan().giveBack(workspace);
            }
            return sums;
        } finally {
            plans.exit(stamp);
        }
    }

    SequencedMap<String, Tensor> predict(Dataset samples, int batchSize) {
        checkBatchSize(batchSize);
        Feed feed = Feed.unlabelled(model, samples);
        List<String> names = model.outputNames();
        List<Tensor> results = new ArrayList<>();
        for (Shape shape : model.outputShapes()) {
            Shape whole = shape.bind(samples.size());
            results.add(new Tensor(whole, new float[Math.toIntExact(whole.elements())]));
        }
        int done = 0;
        for (Batch batch : feed.data().batches(batchSize)) {
            predict(feed, batch, names, results, done);
            done += batch.size();
        }
        SequencedMap<String, Tensor> byName = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            byName.put(names.get(i), results.get(i));
        }
        return byName;
    }

    private void predict(
            Feed feed, Batch batch, List<String> names, List<Tensor> results, int first) {
        long stamp = plans.enter();
        try {
            Plan plan = plans.prediction(batch.size()).plan();
            Plan.Workspace workspace = plan.lease();
            try {
                feed.fill(workspace, batch);
                workspace.run(0, 0);
                for (int i = 0; i < names.size(); i++) {
                    float[] part = workspace.output(names.get(i)).values();
                    int perSample = part.length / batch.size();
                    System.arraycopy(
                            part, 0, results.get(i).values(), first * perSample, part.length);
                }
            } finally {
                plan.giveBack(workspace);
            }
        } finally {
            plans.exit(stamp);
        }
    }

    // ---- state

    TrainingState state() {
        Map<String, Tensor> tensors = new LinkedHashMap<>(model.weights());
        Parameters slots = optimizerState.parameters();
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
        optimizerState.restore(state.tensors());
        iteration = state.iteration();
        seed = state.seed();
        epoch = state.epoch();
        batchInEpoch = state.batch();
        resumes = goesOn;
    }

    @Override
    public void close() {
        plans.close();
    }
}
