package dev.gnomon.model;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Gradients;
import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Value;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Builds the graph of a training step or of an evaluation: forward, losses, regularizers, gradients, clipping, update,
/// constraints and the sums of metrics.
final class TrainingGraph {
    static final String LOSS = "loss";

    /// A figure that is logged.
    ///
    /// @param key the name in logs
    /// @param output the graph's output that gives its mean over the batch
    /// @param weight the graph's output that gives the mean weight of the samples, or null where they all count the same
    /// @param metric what makes the figure of the mean; null for losses, which are means
    record Figure(String key, String output, @Nullable String weight, @Nullable Metric metric) {
        double result(double sum, double weights) {
            return metric == null
                    ? (weights == 0 ? 0 : sum / weights)
                    : metric.result(sum, weights);
        }
    }

    private final Model model;
    private final Compiled compiled;
    private final Targets targets;
    private final List<Figure> figures = new ArrayList<>();
    private final ModelScope.Collector collector;

    /// What the names of gradients among the graph's variables begin with.
    static final String GRADIENT = "gradient/";

    /// What is computed besides the figures.
    enum Mode {
        /// Nothing.
        EVALUATE,
        /// A whole step: gradients and the optimizer's update.
        TRAIN,
        /// Gradients, which are kept.
        GRADIENTS,
        /// The update by gradients that were kept; no figures.
        APPLY
    }

    TrainingGraph(Model model, Compiled compiled, Targets targets, Mode mode) {
        this.model = model;
        this.compiled = compiled;
        this.targets = targets;
        this.collector = new ModelScope.Collector(mode != Mode.EVALUATE);
        Graph graph = collector.graph;
        List<Value> outputs = model.network().build(collector);
        if (mode == Mode.APPLY) {
            checkShared();
            update(graph, trained().map(weight -> gradient(graph, weight)).toList());
            return;
        }
        LabelCheck.labels(model, compiled, targets.labels());
        figures.add(new Figure(LOSS, LOSS, null, null));
        Value total = loss(graph, outputs);
        graph.output(LOSS, total);
        metrics(graph, outputs);
        if (mode == Mode.EVALUATE) {
            return;
        }
        checkShared();
        collector.updates.forEach(graph::assign);
        List<Value> gradients = Gradients.of(total, trained().toList());
        if (mode == Mode.TRAIN) {
            update(graph, gradients);
        } else {
            List<Value> weights = trained().toList();
            for (int i = 0; i < weights.size(); i++) {
                graph.assign(gradient(graph, weights.get(i)), gradients.get(i));
            }
        }
    }

    /// Two paths to the same weight would be two updates of it.
    private void checkShared() {
        List<String> paths = model.trainablePaths();
        for (String path : paths) {
            String other = model.parameters().alias(path, paths);
            Check.config(
                    other == null,
                    "\"%s\" and \"%s\" are the same weight, reached through two inner models; training would change it"
                            + " twice in a step. Freeze one of the two, or share a layer within one model only.",
                    other,
                    path);
        }
    }

    Graph graph() {
        return collector.graph;
    }

    /// What is logged, the loss first.
    List<Figure> figures() {
        return figures;
    }

    // ---- loss

    private Value loss(Graph graph, List<Value> outputs) {
        List<String> names = model.outputNames();
        List<OutputLoss> losses = compiled.losses().forOutputs(names);
        Value total = null;
        for (OutputLoss entry : losses) {
            String name = String.valueOf(entry.output());
            Value prediction = outputs.get(names.indexOf(name));
            Value values = entry.loss().build(truth(graph, name), prediction);
            Value mean = mean(values, weights(graph, name));
            if (losses.size() > 1) {
                graph.output(name + "_loss", mean);
                figures.add(new Figure(name + "_loss", name + "_loss", null, null));
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

    private Value truth(Graph graph, String output) {
        Shape shape = targets.labels().get(output);
        return graph.input(
                Targets.LABELS + output,
                Objects.requireNonNull(shape, () -> "no labels for " + output));
    }

    private @Nullable Value weights(Graph graph, String output) {
        return targets.weighted().contains(output)
                ? graph.input(Targets.WEIGHTS + output, Shape.batched())
                : null;
    }

    // ---- metrics

    private void metrics(Graph graph, List<Value> outputs) {
        List<String> names = model.outputNames();
        Map<String, Integer> counts = new HashMap<>();
        for (OutputMetric entry : compiled.metrics().list()) {
            String output = entry.output() == null ? names.getFirst() : entry.output();
            Value prediction = outputs.get(names.indexOf(output));
            Value values = entry.metric().build(truth(graph, output), prediction);
            String prefix = names.size() > 1 ? output + "_" : "";
            String key = prefix + entry.metric().name();
            if (entry.weighted() && counts.containsKey(key)) {
                key = prefix + "weighted_" + entry.metric().name();
            }
            int before = counts.merge(key, 1, Integer::sum) - 1;
            key = before == 0 ? key : key + "_" + before; // two metrics of one name
            Value weights = entry.weighted() ? weights(graph, output) : null;
            graph.output("metric/" + key, mean(values, weights));
            String weight = weights == null ? null : "metric/" + key + "/weight";
            if (weights != null && weight != null) {
                graph.output(weight, weights.mean(0));
            }
            figures.add(new Figure(key, "metric/" + key, weight, entry.metric()));
        }
    }

    // ---- update

    private Stream<Value> trained() {
        return collector.declared.values().stream()
                .filter(ModelScope.Declared::trained)
                .map(ModelScope.Declared::variable);
    }

    private static Value gradient(Graph graph, Value weight) {
        return graph.variable(GRADIENT + path(weight), weight.shape());
    }

    private void update(Graph graph, List<Value> unclipped) {
        List<ModelScope.Declared> trained =
                collector.declared.values().stream().filter(ModelScope.Declared::trained).toList();
        if (trained.isEmpty()) {
            return;
        }
        Optimizer optimizer = compiled.optimizer();
        List<Value> gradients = clip(graph, unclipped, optimizer.options());
        Value rate =
                switch (optimizer.learningRate()) {
                    case LearningRate.Fixed _ ->
                            graph.variable(TrainingState.LEARNING_RATE, Shape.SCALAR);
                    case LearningRate.Scheduled(var schedule) -> schedule.build(graph.iteration());
                };
        for (int i = 0; i < trained.size(); i++) {
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
            slots.add(
                    graph.variable(
                            TrainingState.slotPath(path(weight), slot.name()), weight.shape()));
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

    private static String path(Value variable) {
        return variable.op() instanceof dev.gnomon.graph.Op.Variable(var path, var _) ? path : "?";
    }
}
