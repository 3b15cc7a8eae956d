package dev.gnomon.model;

import dev.gnomon.check.ConfigException;
import dev.gnomon.data.BatchGenerator;
import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.graph.Value;
import dev.gnomon.layer.Layer;
import dev.gnomon.layer.NamedLayer;
import dev.gnomon.layer.Scope;
import dev.gnomon.layer.SymbolicTensor;
import dev.gnomon.loss.Loss;
import dev.gnomon.loss.Losses;
import dev.gnomon.metric.Metric;
import dev.gnomon.metric.Metrics;
import dev.gnomon.optimizer.Optimizer;
import dev.gnomon.plan.Parameters;
import dev.gnomon.plan.Plan;
import dev.gnomon.plan.Precision;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import dev.gnomon.tensor.TensorView;
import dev.gnomon.train.Callback;
import dev.gnomon.train.Fit;
import dev.gnomon.train.History;
import dev.gnomon.train.Logs;
import dev.gnomon.train.TrainingState;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A network with its weights: trained, evaluated, used, looked into. Made by [Sequential] and [Functional].
///
/// Training is for one thread at a time; `predict` may be called from many. Closing frees its threads and plans at once; a
/// model that is forgotten leaks nothing.
public final class Model implements Layer, AutoCloseable {
    /// How a model was made, and so how it is saved.
    public enum Kind {
        SEQUENTIAL,
        FUNCTIONAL
    }

    /// A layer of a model with its name there.
    public record NamedEntry(String name, NamedLayer handle, List<SymbolicTensor> uses) {
        public Layer layer() {
            return handle.layer();
        }
    }

    private final String name;
    private final Kind kind;
    private final Network network;
    private final ModelWeights weights;
    private final Trainer trainer;
    private @Nullable Compiled compiled;
    private volatile @Nullable String origin;
    private volatile Map<String, String> provenance = Map.of();
    private @Nullable NamedLayer node;

    Model(String name, Kind kind, Network network) {
        this.name = name;
        this.kind = kind;
        this.network = network;
        this.weights = new ModelWeights(network);
        this.trainer = new Trainer(this);
    }

    /// Gives all weights and states their first values, drawn from a seed. A new model has those of seed 0.
    public Model initialize(long seed) {
        weights.initialize(seed);
        return this;
    }

    // ---- as a layer of another model

    @Override
    public Value build(Scope scope, Value x) {
        return build(scope, List.of(x));
    }

    @Override
    public Value build(Scope scope, List<Value> inputs) {
        return network.nested(name, scope, inputs);
    }

    /// Applied to the outputs of layers, a model is one layer however often it is applied: its weights are shared.
    @Override
    public SymbolicTensor apply(SymbolicTensor... inputs) {
        return node().apply(inputs);
    }

    private synchronized NamedLayer node() {
        if (node == null) {
            node = new NamedLayer(this, null);
        }
        return node;
    }

    @Override
    public String kerasName() {
        return kind == Kind.SEQUENTIAL ? "Sequential" : "Functional";
    }

    // ---- training

    /// Says how the model is trained; optimizer state begins anew.
    public Model compile(Optimizer optimizer, Losses losses, Metrics metrics) {
        LabelCheck.outputs(outputNames(), losses, metrics);
        compiled = new Compiled(optimizer, losses, metrics);
        trainer.reset();
        return this;
    }

    public Model compile(Optimizer optimizer, Losses losses) {
        return compile(optimizer, losses, Metrics.of());
    }

    public Model compile(Optimizer optimizer, Loss loss, Metric... metrics) {
        return compile(optimizer, Losses.of(loss), Metrics.of(metrics));
    }

    public @Nullable Compiled compiled() {
        return compiled;
    }

    Compiled needCompiled() {
        if (compiled == null) {
            throw new ConfigException(
                    "The model is not compiled. Call compile(optimizer, loss, metrics) first, for example"
                            + " model.compile(new Adam(), new SparseCategoricalCrossentropy(), Metrics.accuracy()).");
        }
        return compiled;
    }

    /// Answers labels of shapes that do not fit the losses and metrics.
    ///
    /// @param labels the shapes of labels by the names of outputs
    public void checkLabels(Map<String, Shape> labels) {
        LabelCheck.labels(this, needCompiled(), labels);
    }

    /// Trains. Interrupting the thread ends after the batch; everything stays usable.
    public History fit(Dataset data, Fit settings) {
        return trainer.fit(data, settings);
    }

    /// Trains on batches that are made on demand.
    public History fit(BatchGenerator generator, Fit settings) {
        return trainer.fit(generator, settings);
    }

    /// Loss and metrics on a data set, in batches of 32.
    public Logs evaluate(Dataset data) {
        return evaluate(data, 32);
    }

    public Logs evaluate(Dataset data, int batchSize, Callback... callbacks) {
        return trainer.evaluate(data, batchSize, 0, callbacks);
    }

    /// One optimizer step on all the samples given.
    public Logs trainOnBatch(Dataset batch) {
        return trainer.trainOnBatch(batch);
    }

    /// Loss and metrics on all the samples given, at once.
    public Logs testOnBatch(Dataset batch) {
        return trainer.evaluate(batch, Math.max(1, batch.size()), 0);
    }

    /// A step of an own training loop: the given loss and optimizer, compiled once.
    public TrainingStep trainingStep(Loss loss, Optimizer optimizer) {
        return trainingStep(Losses.of(loss), optimizer);
    }

    /// The same with a loss for each output.
    public TrainingStep trainingStep(Losses losses, Optimizer optimizer) {
        var own = new Trainer(this, new Compiled(optimizer, losses, Metrics.of()));
        own.plans().like(trainer.plans());
        return new TrainingStep(this, own);
    }

    /// All of the run's state, copied.
    public TrainingState state() {
        return trainer.state();
    }

    /// The run's state without the tensors, which [#views] shows.
    public TrainingState stateWithoutTensors() {
        return trainer.state(Map.of());
    }

    /// Puts a run's state back; `fit` goes on from its place in the epoch. After [#load] it is `restore(state())` that
    /// goes on where the saved run stopped.
    public void restore(TrainingState state) {
        trainer.restore(state, true);
    }

    /// Puts a run's state back; the next `fit` is a run of its own and begins at its first epoch.
    public void putState(TrainingState state) {
        trainer.restore(state, false);
    }

    // ---- files

    /// Reads a model with its weights, compile settings and optimizer state; training goes on where it stopped.
    public static Model load(Path path) {
        return ModelFormat.of(path).load(path);
    }

    /// Writes the model with its weights, compile settings and optimizer state, as `.keras`.
    public void save(Path path) {
        ModelFormat.of(path).save(this, stateWithoutTensors(), path);
    }

    /// Writes the weights alone, with the optimizer's state if there is one, as `.weights.h5`.
    public void saveWeights(Path path) {
        ModelFormat.ofWeights(path).saveWeights(this, path);
    }

    /// Reads weights that a model of the same layers has written.
    public void loadWeights(Path path) {
        ModelFormat.ofWeights(path).loadWeights(this, path);
    }

    /// How the model came about: settings, seeds, data, versions, as the writer of its file chose to say.
    public Map<String, String> provenance() {
        return provenance;
    }

    /// Says how the model came about; it is saved with it.
    public Model withProvenance(Map<String, String> texts) {
        provenance = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
        return this;
    }

    /// What a file said of the model, in the file's own words, or null; kept so that nothing is lost when it is written back.
    public @Nullable String origin() {
        return origin;
    }

    public void origin(@Nullable String text) {
        origin = text;
    }

    /// The same network without optimizer, losses and metrics; it shares the weights. Its file is about a third as large as
    /// one with the state of Adam.
    public Model uncompiled() {
        return sharing(network).withProvenance(provenance);
    }

    private Model sharing(Network part) {
        var other = new Model(name, kind, part);
        other.trainer.plans().like(trainer.plans());
        return other;
    }

    // ---- use

    /// The outputs for samples, `[n, ...]`, in batches of 32; for a model with one input and one output.
    public Tensor predict(Column samples) {
        return trainer.predictOne(samples, 32);
    }

    public Tensor predict(Tensor samples) {
        return predict(Column.of(samples));
    }

    /// The outputs by their names.
    public SequencedMap<String, Tensor> predict(
            Dataset data, int batchSize, Callback... callbacks) {
        return trainer.predict(data, batchSize, callbacks);
    }

    /// The outputs for all the samples given, at once.
    public Tensor predictOnBatch(Column samples) {
        return trainer.predictOne(samples, Math.max(1, samples.rows()));
    }

    /// How many threads work, at least 1; all processors by default. Results do not depend on it.
    public Model withThreads(int threads) {
        trainer.plans().threads(threads);
        return this;
    }

    /// Which kernels are used.
    public Model withKernels(Plan.Kernels kernels) {
        trainer.plans().kernels(kernels);
        return this;
    }

    /// In what precision training and prediction compute; float32 by default. Weights are float32 either way.
    public Model withPrecision(Precision precision) {
        trainer.plans().precision(precision);
        return this;
    }

    public Precision precision() {
        return trainer.plans().precision();
    }

    /// The compiled training step (prediction, where the model is not compiled) for a batch size.
    public Plan plan(int batch) {
        return trainer.plan(batch);
    }

    /// The native memory that a fit takes at its peak, told before it allocates its workspaces.
    public FitBytes fitBytes(Dataset data, Fit settings) {
        return trainer.bytes(data, settings);
    }

    /// The same for so many samples without validation; without compile settings, of predictions.
    public FitBytes fitBytes(int samples, int batchSize) {
        return trainer.bytes(samples, batchSize);
    }

    /// The compiled prediction for a batch size.
    public Plan predictionPlan(int batch) {
        return trainer.predictionPlan(batch);
    }

    // ---- looking inside

    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    Network network() {
        return network;
    }

    Parameters parameters() {
        return weights.parameters();
    }

    /// All layers in the order in which they are computed, without inputs.
    public List<NamedEntry> layers() {
        return network.entries().stream()
                .map(entry -> new NamedEntry(entry.name(), entry.handle(), entry.uses()))
                .toList();
    }

    /// All tensors in the order in which they are computed, inputs first.
    public List<SymbolicTensor> tensors() {
        return network.order();
    }

    /// The name of an input, or of the layer that gives a tensor.
    public String nameOf(SymbolicTensor tensor) {
        return network.name(tensor);
    }

    public List<SymbolicTensor> inputs() {
        return network.inputs();
    }

    public List<SymbolicTensor> outputs() {
        return network.outputs();
    }

    /// The names of the inputs, in their order.
    public List<String> inputNames() {
        return network.inputNames();
    }

    /// The names of the outputs: of the layers that give them.
    public List<String> outputNames() {
        return network.outputNames();
    }

    public List<Shape> inputShapes() {
        return network.inputShapes();
    }

    public List<Shape> outputShapes() {
        return network.outputShapes();
    }

    /// A layer by its name.
    public NamedLayer layer(String layer) {
        return network.entry(layer).handle();
    }

    /// A layer by its place; inputs do not count.
    public NamedLayer layer(int index) {
        return network.entry(index).handle();
    }

    /// The model up to a layer's output; it shares the weights.
    public Model upTo(String layer) {
        return sharing(network.upTo(network.entry(layer)));
    }

    /// The model up to a layer by its place; inputs do not count.
    public Model upTo(int index) {
        return sharing(network.upTo(network.entry(index)));
    }

    /// The paths of all weights and states in Keras's order, such as `dense/kernel`.
    public List<String> weightPaths() {
        return weights.paths();
    }

    /// The paths of the weights that training changes.
    public List<String> trainablePaths() {
        return weights.trainablePaths();
    }

    /// A copy of a weight.
    public Tensor weight(String path) {
        return weights.get(path);
    }

    public void setWeight(String path, Tensor value) {
        weights.set(path, value);
    }

    /// All weights and the optimizer's state where they lie, by their paths in [TrainingState]; the next step of a training
    /// changes them.
    public SequencedMap<String, TensorView> views() {
        return trainer.views();
    }

    /// All weights by path, copied.
    public SequencedMap<String, Tensor> weights() {
        return weights.all();
    }

    /// The number of numbers in all weights and states.
    public long countParams() {
        return weights.count();
    }

    /// The table of layers, shapes and weights as Keras prints it; once trained, with the optimizer's variables.
    public String summary() {
        return Summary.of(this, trainer.countOptimizerParams());
    }

    @Override
    public void close() {
        trainer.close();
    }
}
