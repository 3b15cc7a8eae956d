package dev.gnomon.model;

import dev.gnomon.check.ConfigException;
import dev.gnomon.check.ShapeException;
import dev.gnomon.graph.Gradients;
import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Value;
import dev.gnomon.loss.LabelForm;
import dev.gnomon.loss.Loss;
import dev.gnomon.loss.OutputLoss;
import dev.gnomon.metric.Metric;
import dev.gnomon.metric.OutputMetric;
import dev.gnomon.optimizer.LearningRate;
import dev.gnomon.optimizer.Optimizer;
import dev.gnomon.optimizer.OptimizerOptions;
import dev.gnomon.tensor.Shape;
import dev.gnomon.train.TrainingState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Builds the graph of a training step or of an evaluation: forward, losses, regularizers, gradients, clipping, update,
/// constraints and the sums of metrics.
final class TrainingGraph {
    static final String LEARNING_RATE = TrainingState.LEARNING_RATE;

    /// A metric of an output with the name under which it is logged.
    record LoggedMetric(String key, Metric metric) {}

    private final Model model;
    private final Compiled compiled;
    private final Map<String, Shape> labels;
    private final boolean weighted;
    private final List<LoggedMetric> metrics = new ArrayList<>();
    private final List<String> lossKeys = new ArrayList<>();
    private final ModelScope.Collector collector;

    /// @param labels the shape of each output's labels, batched
    /// @param weighted whether there are sample weights
    TrainingGraph(
            Model model,
            Compiled compiled,
            Map<String, Shape> labels,
            boolean weighted,
            boolean training) {
        this.model = model;
        this.compiled = compiled;
        this.labels = labels;
        this.weighted = weighted;
        this.collector = new ModelScope.Collector(training);
        Graph graph = collector.graph;
        List<Value> outputs =
                model.network()
                        .build(new ModelScope(collector, "", true, 0), model.inputValues(graph));
        Value total = loss(graph, outputs);
        graph.output("loss", total);
        metrics(graph, outputs);
        if (training) {
            update(graph, total);
        }
    }

    Graph graph() {
        return collector.graph;
    }

    List<LoggedMetric> metrics() {
        return metrics;
    }

    /// The names of the losses of single outputs, where there are several.
    List<String> lossKeys() {
        return lossKeys;
    }

    // ---- loss

    private Value loss(Graph graph, List<Value> outputs) {
        List<String> names = model.outputNames();
        Value total = null;
        Value weights = weighted ? graph.input("sample_weight", Shape.batched()) : null;
        for (OutputLoss entry : compiled.losses().list()) {
            int index = index(entry.output(), names, "loss");
            String name = names.get(index);
            Value truth = truth(graph, name, entry.loss(), outputs.get(index));
            Value mean = mean(entry.loss().build(truth, outputs.get(index)), weights);
            if (names.size() > 1) {
                graph.output(name + "_loss", mean);
                lossKeys.add(name + "_loss");
            }
            Double weight = entry.weight();
            Value part = weight == null ? mean : mean.mul(weight);
            total = total == null ? part : total.add(part);
        }
        for (Value penalty : penalties()) {
            total = total == null ? penalty : total.add(penalty);
        }
        return Objects.requireNonNull(total, "no loss");
    }

    private List<Value> penalties() {
        List<Value> penalties = new ArrayList<>(collector.losses);
        for (var declared : collector.declared.values()) {
            var config = declared.config();
            if (config != null && config.regularizer() != null && declared.trained()) {
                penalties.add(config.regularizer().build(declared.variable()));
            }
        }
        return penalties;
    }

    /// The mean over samples and places; sample weights multiply, the divisor stays the number of samples.
    private static Value mean(Value values, @Nullable Value weights) {
        int[] places = IntStream.range(1, values.shape().rank()).toArray();
        Value perSample = values.mean(places);
        return (weights == null ? perSample : perSample.mul(weights)).mean(0);
    }

    private Value truth(Graph graph, String output, Loss loss, Value prediction) {
        Shape shape = Objects.requireNonNull(labels.get(output), () -> "no labels for " + output);
        check(output, loss.name(), loss.labels(), shape, prediction.shape());
        return graph.input("target/" + output, shape);
    }

    private static void check(
            String output, String user, LabelForm form, Shape labels, Shape prediction) {
        if (form.fits(labels, prediction)) {
            return;
        }
        String cure =
                switch (form) {
                    case CLASS_NUMBER ->
                            "It needs one class number for each prediction, "
                                    + prediction
                                    + " without the last axis. For one-hot labels use categorical_crossentropy.";
                    case SAME_AS_PREDICTION ->
                            LabelForm.CLASS_NUMBER.fits(labels, prediction)
                                    ? "The labels look like class numbers: use sparse_categorical_crossentropy, or one-hot labels."
                                    : "It needs one value for each predicted value: change the last layer's units or the labels.";
                    case EITHER -> "It needs class numbers, or one value for each predicted value.";
                };
        throw new ShapeException(
                "Output \""
                        + output
                        + "\": labels of shape "
                        + labels
                        + " do not fit predictions of shape "
                        + prediction
                        + " for "
                        + user
                        + ". "
                        + cure);
    }

    private static int index(@Nullable String output, List<String> names, String what) {
        if (output == null) {
            if (names.size() != 1) {
                throw new ConfigException(
                        "The model has the outputs "
                                + names
                                + ": say which one a "
                                + what
                                + " is for, as in Losses.perOutput().with(\""
                                + names.getFirst()
                                + "\", ...).");
            }
            return 0;
        }
        int index = names.indexOf(output);
        if (index < 0) {
            throw new ConfigException(
                    "There is no output \""
                            + output
                            + "\" for a "
                            + what
                            + "; there are "
                            + names
                            + ".");
        }
        return index;
    }

    // ---- metrics

    private void metrics(Graph graph, List<Value> outputs) {
        List<String> names = model.outputNames();
        Map<String, Integer> counts = new HashMap<>();
        for (OutputMetric entry : compiled.metrics().list()) {
            int index = index(entry.output(), names, "metric");
            Value prediction = outputs.get(index);
            String output = names.get(index);
            Shape shape =
                    Objects.requireNonNull(labels.get(output), () -> "no labels for " + output);
            check(
                    output,
                    entry.metric().name(),
                    entry.metric().labels(),
                    shape,
                    prediction.shape());
            Value values = entry.metric().build(graph.input("target/" + output, shape), prediction);
            String key =
                    names.size() > 1 ? output + "_" + entry.metric().name() : entry.metric().name();
            int before = counts.merge(key, 1, Integer::sum) - 1;
            key = before == 0 ? key : key + "_" + before; // two metrics of one name
            graph.output("metric/" + key, mean(values, null));
            metrics.add(new LoggedMetric(key, entry.metric()));
        }
    }

    // ---- update

    private void update(Graph graph, Value loss) {
        collector.updates.forEach(graph::assign);
        List<ModelScope.Declared> trained =
                collector.declared.values().stream().filter(ModelScope.Declared::trained).toList();
        List<Value> weights = trained.stream().map(ModelScope.Declared::variable).toList();
        if (weights.isEmpty()) {
            return;
        }
        Optimizer optimizer = compiled.optimizer();
        List<Value> gradients = clip(graph, Gradients.of(loss, weights), optimizer.options());
        Value rate =
                switch (optimizer.learningRate()) {
                    case LearningRate.Fixed _ -> graph.variable(LEARNING_RATE, Shape.SCALAR);
                    case LearningRate.Scheduled(var schedule) -> schedule.build(graph.iteration());
                };
        for (int i = 0; i < weights.size(); i++) {
            update(graph, trained.get(i), gradients.get(i), rate);
        }
    }

    private void update(Graph graph, ModelScope.Declared declared, Value gradient, Value rate) {
        Optimizer optimizer = compiled.optimizer();
        Value weight = declared.variable();
        Double decay = optimizer.options().weightDecay();
        Value before = decay == null ? weight : weight.sub(weight.mul(rate.mul(decay)));
        List<Value> slots = new ArrayList<>();
        for (var slot : optimizer.slots()) {
            slots.add(graph.variable(slotPath(path(weight), slot.name()), weight.shape()));
        }
        var step = optimizer.step(before, gradient, slots, rate, graph.iteration());
        var config = declared.config();
        Value after =
                config == null || config.constraint() == null
                        ? step.weight()
                        : config.constraint().build(step.weight());
        graph.assign(weight, after);
        for (int i = 0; i < slots.size(); i++) {
            graph.assign(slots.get(i), step.slots().get(i));
        }
    }

    private static List<Value> clip(Graph graph, List<Value> gradients, OptimizerOptions options) {
        Double value = options.clipValue();
        if (value != null) {
            return gradients.stream().map(gradient -> gradient.clip(-value, value)).toList();
        }
        Double norm = options.clipNorm();
        if (norm != null) {
            return gradients.stream()
                    .map(gradient ->
                            limit(graph, gradient, gradient.square().sumAll().sqrt(), norm))
                    .toList();
        }
        Double global = options.globalClipNorm();
        if (global != null) {
            Value sum = graph.constant(0);
            for (Value gradient : gradients) {
                sum = sum.add(gradient.square().sumAll());
            }
            Value all = sum.sqrt();
            return gradients.stream().map(gradient -> limit(graph, gradient, all, global)).toList();
        }
        return gradients;
    }

    private static Value limit(Graph graph, Value gradient, Value norm, double most) {
        return gradient.mul(graph.constant(most).div(norm.max(most)));
    }

    /// The path of a slot of a weight.
    static String slotPath(String weight, String slot) {
        return TrainingState.slotPath(weight, slot);
    }

    private static String path(Value variable) {
        return variable.op() instanceof dev.gnomon.graph.Op.Variable(var path, var _) ? path : "?";
    }

    /// The optimizer's slots of a model: shapes by path, in the order of Keras's files.
    static Map<String, Shape> slotShapes(Model model, Optimizer optimizer) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (var group : optimizer.slotGroups()) {
            for (String path : model.trainablePaths()) {
                for (var slot : group) {
                    shapes.put(slotPath(path, slot.name()), model.parameters().shape(path));
                }
            }
        }
        return shapes;
    }
}
