package dev.gnomon.model;

import dev.gnomon.check.Check;
import dev.gnomon.check.ConfigException;
import dev.gnomon.data.Dataset;
import dev.gnomon.tensor.Tensor;
import dev.gnomon.train.Callback;
import dev.gnomon.train.CallbackState;
import dev.gnomon.train.Fit;
import dev.gnomon.train.History;
import dev.gnomon.train.Logs;
import dev.gnomon.train.ProgbarLogger;
import dev.gnomon.train.Training;
import dev.gnomon.train.TrainingState;
import dev.gnomon.train.Validation;
import dev.gnomon.train.Verbose;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A run of `fit`: the loop over epochs and batches, and what its callbacks see of it.
final class FitRun implements Training {
    private static final System.Logger LOG = System.getLogger(FitRun.class.getName());

    private final Trainer trainer;
    private final Model model;
    private final BatchSource source;
    private final @Nullable Dataset validation;
    private final Fit settings;
    private final Callback[] callbacks;
    private final CallbackState[] states;
    private final Backups backups;
    private final PassMeans means;
    private final List<String> figures;
    private Progress progress;
    private @Nullable CallbackState told;
    private @Nullable Logs ended;
    private boolean warned;

    /// @param validation what to validate on, or null
    FitRun(
            Trainer trainer,
            Model model,
            BatchSource source,
            @Nullable Dataset validation,
            Fit settings) {
        this.trainer = trainer;
        this.model = model;
        this.source = source;
        this.validation = validation;
        this.settings = settings;
        List<Callback> all = new ArrayList<>(settings.callbacks());
        Dataset samples = source instanceof BatchSource.OfDataset of ? of.first().data() : null;
        all.addAll(FitWatch.all(model, samples, validation, settings));
        if (settings.verbose() != Verbose.SILENT) {
            all.add(new ProgbarLogger(System.out, settings.verbose() == Verbose.BAR));
        }
        this.callbacks = all.toArray(Callback[]::new);
        this.states = new CallbackState[callbacks.length];
        this.backups = new Backups(this, all);
        this.means = trainer.means(source.first(), source.firstSize());
        this.figures = new ArrayList<>(means.keys());
        if (validation != null) {
            means.keys().forEach(key -> figures.add(Logs.VALIDATION + key));
        }
        Collections.sort(figures);
        this.progress = trainer.progress();
    }

    // ---- the loop

    History run(boolean goesOn) {
        if (goesOn || backups.restore()) {
            goOn();
        } else {
            begin();
        }
        progress.means = means;
        nameStates();
        each(callback -> callback.onTrainBegin(this));
        backups.begun();
        while (isUnderWay() && !Thread.currentThread().isInterrupted()) {
            if (!trainEpoch()) {
                break;
            }
        }
        if (isUnderWay()) {
            backups.interrupted();
        } else {
            each(callback -> callback.onTrainEnd(this));
            backups.ended();
        }
        progress.restored = means.state();
        progress.means = null;
        return progress.history();
    }

    /// A training that was stopped within an epoch still ends that epoch.
    private boolean isUnderWay() {
        return progress.stopped == null ? progress.epoch < settings.epochs() : progress.batch > 0;
    }

    private void begin() {
        progress = new Progress();
        progress.epoch = settings.initialEpoch();
        progress.firstEpoch = settings.initialEpoch();
        progress.firstPass = Math.ceilDiv(trainer.iteration(), source.batches());
        progress.settings = sameSettings();
        trainer.progress(progress);
        means.reset();
    }

    private void goOn() {
        progress = trainer.progress();
        String now = sameSettings();
        if (progress.settings.isEmpty()) { // a state that does not know its run
            progress.settings = now;
            progress.firstPass =
                    Math.ceilDiv(trainer.iteration() - progress.batch, source.batches());
        }
        List<String> changed = new ArrayList<>();
        List<String> then = progress.settings.lines().toList();
        List<String> today = now.lines().toList();
        for (int i = 0; i < Math.max(then.size(), today.size()); i++) {
            String before = i < then.size() ? then.get(i) : "nothing";
            String after = i < today.size() ? today.get(i) : "nothing";
            if (!before.equals(after)) {
                changed.add(before + " is now " + after);
            }
        }
        Check.config(
                changed.isEmpty(),
                "The run was begun with other settings or data: %s. Give fit what the run was begun with, or begin anew.",
                String.join("; ", changed));
        means.restore(progress.restored);
    }

    /// Each callback remembers under the name of its class; a second one of a class under that name and a number.
    private void nameStates() {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < callbacks.length; i++) {
            String name = callbacks[i].getClass().getSimpleName();
            int before = counts.merge(name, 1, Integer::sum) - 1;
            String key = (name.isEmpty() ? "callback" : name) + (before == 0 ? "" : "_" + before);
            states[i] = progress.callbacks.computeIfAbsent(key, _ -> new CallbackState());
        }
    }

    /// What must not change within a run; the number of epochs may.
    private String sameSettings() {
        Validation validated = settings.validation();
        return String.join(
                "\n",
                "batchSize " + settings.batchSize(),
                "stepsPerEpoch " + settings.stepsPerEpoch(),
                "shuffle " + settings.shuffle(),
                "seed " + settings.seed(),
                source.describe(),
                "classWeight " + settings.classWeight(),
                "validation of " + (validation == null ? 0 : validation.size()) + " samples",
                "validationSteps " + validated.steps(),
                "validationFreq " + validated.every() + " " + validated.epochs(),
                compiled(Objects.requireNonNull(model.compiled(), "compiled")));
    }

    /// By names: own parts may be told in other words by another process.
    private static String compiled(Compiled compiled) {
        var optimizer = compiled.optimizer();
        boolean own = !optimizer.getClass().getPackageName().startsWith("dev.gnomon.");
        return "optimizer "
                + (own ? optimizer.getClass().getSimpleName() : optimizer)
                + ", losses "
                + compiled.losses().list().stream().map(loss -> loss.loss().name()).toList()
                + ", metrics "
                + compiled.metrics().list().stream().map(each -> each.metric().name()).toList();
    }

    /// An epoch from the batch that is next; false if it was interrupted.
    private boolean trainEpoch() {
        if (progress.batch == 0) {
            means.reset();
            each(callback -> callback.onEpochBegin(this, progress.epoch));
        }
        int steps = batches();
        while (progress.batch < steps && progress.stopped == null) {
            if (!pass(steps)) {
                return false;
            }
        }
        endEpoch();
        return true;
    }

    /// Batches of a pass over the data until the pass or the epoch is at its end; false if it was interrupted.
    private boolean pass(int steps) {
        long step = (long) (progress.epoch - progress.firstEpoch) * steps + progress.batch;
        int perPass = source.batches();
        long pass = progress.firstPass + step / perPass;
        try (var batches = source.open(pass, (int) (step % perPass))) {
            while (progress.batch < steps && progress.stopped == null && batches.next()) {
                int batch = progress.batch;
                for (int i = 0; i < callbacks.length; i++) {
                    told = states[i];
                    callbacks[i].onTrainBatchBegin(this, batch);
                }
                trainer.train(batches.feed(), batches.batch(), means);
                progress.batch++;
                for (int i = 0; i < callbacks.length; i++) {
                    told = states[i];
                    callbacks[i].onTrainBatchEnd(this, batch);
                }
                if (progress.batch < steps && progress.stopped == null) {
                    if (Thread.currentThread().isInterrupted()) {
                        return false;
                    }
                    backups.afterBatch(progress.batch);
                }
            }
        }
        return true;
    }

    private void endEpoch() {
        Logs logs = means.logs();
        Validation when = settings.validation();
        if (validation != null && when.follows(progress.epoch)) {
            int size = when.batchSizeBeside(settings.batchSize());
            logs =
                    logs.with(
                            Logs.VALIDATION,
                            trainer.evaluate(validation, size, when.steps(), callbacks));
        }
        ended = logs;
        each(callback -> callback.onEpochEnd(this, progress.epoch, logs()));
        progress.epochs.add(Objects.requireNonNull(ended, "logs"));
        ended = null;
        warned = warned || warnsOfDivergence();
        progress.batch = 0;
        means.reset();
        progress.epoch++;
        backups.afterEpoch();
    }

    /// The loss alone may look healthy: kernels of rectifiers make 0 of what is no number.
    private boolean warnsOfDivergence() {
        String path = model.parameters().firstNotFinite();
        if (path != null && progress.stopped == null) {
            LOG.log(
                    Level.WARNING,
                    "After epoch "
                            + (progress.epoch + 1)
                            + " the weight \""
                            + path
                            + "\" holds NaN or infinity: the training has diverged. Lower the learning rate, or look for"
                            + " NaN in the data.");
        }
        return path != null;
    }

    /// Tells all callbacks, each with its own state.
    private void each(Consumer<Callback> telling) {
        for (int i = 0; i < callbacks.length; i++) {
            told = states[i];
            telling.accept(callbacks[i]);
        }
    }

    // ---- what callbacks see

    @Override
    public Fit settings() {
        return settings;
    }

    @Override
    public int epoch() {
        return progress.epoch;
    }

    @Override
    public int batch() {
        return progress.batch;
    }

    @Override
    public int batches() {
        return settings.stepsPerEpoch() > 0 ? settings.stepsPerEpoch() : source.batches();
    }

    @Override
    public long iteration() {
        return trainer.iteration();
    }

    @Override
    public Logs logs() {
        return ended == null ? means.logs() : ended;
    }

    @Override
    public double loss() {
        return means.loss();
    }

    @Override
    public History history() {
        return progress.history();
    }

    @Override
    public List<String> figures() {
        return figures;
    }

    @Override
    public void log(String name, double value) {
        if (ended == null) {
            throw new ConfigException(
                    "Training.log: \"" + name + "\" can be logged at the end of an epoch only.");
        }
        ended = ended.with(name, value);
    }

    @Override
    public double learningRate() {
        return trainer.learningRate();
    }

    @Override
    public void learningRate(double rate) {
        trainer.learningRate(rate);
    }

    @Override
    public SequencedMap<String, Tensor> weights() {
        return model.weights();
    }

    @Override
    public void weights(Map<String, Tensor> values) {
        values.forEach(model::setWeight);
    }

    @Override
    public @Nullable String firstNotFinite() {
        return model.parameters().firstNotFinite();
    }

    @Override
    public void save(Path path) {
        var state = model.stateWithoutTensors().withRun(null);
        boolean atEnd = progress.batch >= batches();
        ModelFormat.of(path)
                .save(
                        model,
                        atEnd
                                ? new TrainingState(
                                        Map.of(),
                                        state.iteration(),
                                        state.seed(),
                                        state.epoch() + 1,
                                        0)
                                : state,
                        path);
    }

    @Override
    public void saveWeights(Path path) {
        model.saveWeights(path);
    }

    @Override
    public void backup(Path path) {
        var state = model.stateWithoutTensors();
        var run = Objects.requireNonNull(state.run(), "no run");
        ModelFormat.of(path).save(model, state.withRun(run.asBackup()), path);
    }

    /// Puts a backup's state into the model; false where there is none.
    boolean restore(Path path) {
        if (!Files.exists(path)) {
            return false;
        }
        ModelFormat.of(path).restore(model, path);
        return true;
    }

    @Override
    public void stop(String reason) {
        if (progress.stopped == null) {
            progress.stopped = reason;
        }
    }

    @Override
    public CallbackState state() {
        return Objects.requireNonNull(told, "outside of a callback");
    }
}
