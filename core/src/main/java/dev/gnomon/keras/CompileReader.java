package dev.gnomon.keras;

import dev.gnomon.check.ConfigException;
import dev.gnomon.file.Json;
import dev.gnomon.loss.Loss;
import dev.gnomon.loss.Losses;
import dev.gnomon.loss.OutputLoss;
import dev.gnomon.metric.LossMetric;
import dev.gnomon.metric.Metric;
import dev.gnomon.metric.Metrics;
import dev.gnomon.metric.OutputMetric;
import dev.gnomon.model.Compiled;
import dev.gnomon.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads what a model was compiled with.
final class CompileReader {
    private final Spot at;

    /// The model's outputs by the names that the file gives them.
    private final Map<String, String> outputs;

    private CompileReader(Spot at, Map<String, String> outputs) {
        this.at = at;
        this.outputs = outputs;
    }

    /// What the model of a configuration was compiled with, or null where it was not or where a fault was told.
    static @Nullable Compiled read(ObjectNode model, Spot spot) {
        if (!(model.path("compile_config") instanceof ObjectNode config)
                || !config.has("optimizer")) {
            return null;
        }
        Spot at = spot.at("compile_config").of("compile");
        return new CompileReader(at, outputs(model.path("config"))).read(config);
    }

    private static Map<String, String> outputs(JsonNode config) {
        Map<String, String> outputs = new LinkedHashMap<>();
        JsonNode ends = config.path("output_layers");
        if (ends.isMissingNode()) {
            JsonNode layers = config.path("layers");
            String last = ModelReader.name(layers.path(layers.size() - 1));
            outputs.put(last, last);
            return outputs;
        }
        List<String> own = References.endNames(ends);
        List<String> taken = new ArrayList<>();
        for (JsonNode reference : References.ends(ends)) {
            String name = reference.path(0).asString("");
            String free = name;
            for (int i = 1; taken.contains(free); i++) {
                free = name + "_" + i;
            }
            outputs.put(own.size() > taken.size() ? own.get(taken.size()) : free, free);
            taken.add(free);
        }
        return outputs;
    }

    private @Nullable Compiled read(ObjectNode config) {
        Object optimizer =
                at.names()
                        .readObject(Optimizer.class, config.path("optimizer"), at.at("optimizer"));
        Losses losses = losses(config.path("loss"), config.path("loss_weights"));
        List<OutputMetric> list = new ArrayList<>();
        metrics(config, "metrics", false, list);
        metrics(config, "weighted_metrics", true, list);
        return optimizer instanceof Optimizer known && losses != null && at.faults().isEmpty()
                ? new Compiled(known, losses, new Metrics(list))
                : null;
    }

    /// Whether the node is one loss or metric, not several.
    private static boolean isOne(JsonNode node) {
        return node.isString() || node.isNumber() || node.path("class_name").isString();
    }

    /// Calls the body with each output and its part of a node, which is one for all, a list or an object.
    private void each(
            JsonNode node, String field, java.util.function.BiConsumer<String, JsonNode> body) {
        List<String> all = List.copyOf(outputs.values());
        if (isOne(node)) {
            all.forEach(output -> body.accept(output, node));
        } else if (node.isArray()) {
            if (node.size() != all.size()) {
                at.at(field)
                        .fault(
                                "there are "
                                        + node.size()
                                        + " entries for the outputs "
                                        + all
                                        + ".");
                return;
            }
            for (int i = 0; i < all.size(); i++) {
                body.accept(all.get(i), node.get(i));
            }
        } else {
            for (var entry : node.properties()) {
                String output = outputs.get(entry.getKey());
                if (output == null) {
                    at.at(field)
                            .fault(
                                    "there is no output \""
                                            + entry.getKey()
                                            + "\"; there are "
                                            + all
                                            + ".");
                } else {
                    body.accept(output, entry.getValue());
                }
            }
        }
    }

    // ---- losses

    private @Nullable Losses losses(JsonNode node, JsonNode weights) {
        boolean single = outputs.size() == 1 && isOne(node);
        Map<String, Double> factors = new LinkedHashMap<>();
        each(
                weights,
                "loss_weights",
                (output, weight) -> {
                    if (weight.isNumber()) {
                        factors.put(output, weight.doubleValue());
                    }
                });
        List<OutputLoss> list = new ArrayList<>();
        each(
                node,
                "loss",
                (output, entry) -> {
                    if (!entry.isNull() && one(entry, "loss", this::loss) instanceof Loss loss) {
                        list.add(new OutputLoss(single ? null : output, loss, factors.get(output)));
                    }
                });
        return at.faults().isEmpty() ? new Losses(list) : null;
    }

    private static JsonNode first(JsonNode node) {
        return node.isArray() && node.size() == 1 ? node.get(0) : node;
    }

    private @Nullable Object one(
            JsonNode node, String field, BiFunction<JsonNode, Spot, Object> reader) {
        Object made = reader.apply(first(node), at.at(field));
        return Spot.failed(made) ? null : made;
    }

    private Object loss(JsonNode node, Spot spot) {
        String function = Converters.functionName(node);
        Loss own = function == null ? null : Converters.named(spot.names().losses(), function);
        if (own != null) {
            return own;
        }
        if (function == null) {
            return spot.names().readObject(Loss.class, node, spot);
        }
        try {
            return Losses.byName(function);
        } catch (ConfigException e) {
            return spot.fault(
                    e.getMessage() + " Own ones are registered with KerasNames.with(loss).");
        }
    }

    // ---- metrics

    private void metrics(
            ObjectNode config, String field, boolean weighted, List<OutputMetric> list) {
        JsonNode node = config.path(field);
        if (outputs.size() == 1 && (isOne(node) || node.isArray())) {
            add(null, node, field, weighted, list);
        } else {
            each(node, field, (output, entry) -> add(output, entry, field, weighted, list));
        }
    }

    private void add(
            @Nullable String output,
            JsonNode node,
            String field,
            boolean weighted,
            List<OutputMetric> list) {
        if (node.isArray()) {
            node.forEach(each -> add(output, each, field, weighted, list));
        } else if (!node.isNull() && one(node, field, this::metric) instanceof Metric metric) {
            list.add(new OutputMetric(output, metric, weighted));
        }
    }

    private Object metric(JsonNode node, Spot spot) {
        String function = Converters.functionName(node);
        Metric own = function == null ? null : Converters.named(spot.names().metrics(), function);
        if (own != null) {
            return own;
        }
        if (function != null) {
            try {
                return Metrics.byName(function);
            } catch (ConfigException e) {
                return spot.fault(
                        e.getMessage() + " Own ones are registered with KerasNames.with(metric).");
            }
        }
        return node instanceof ObjectNode object && isLossMetric(object, spot)
                ? lossMetric(object, spot)
                : spot.names().readObject(Metric.class, node, spot);
    }

    /// Keras has a metric of the same class name for most losses; the sign of its cosine similarity is another one.
    private static boolean isLossMetric(ObjectNode node, Spot spot) {
        return spot.names().find(Metric.class, node) == null
                && spot.names().find(Loss.class, node) != null
                && !node.path("class_name").asString("").equals("CosineSimilarity");
    }

    private static Object lossMetric(ObjectNode node, Spot spot) {
        KerasClass known = spot.names().find(Loss.class, node);
        ObjectNode config =
                node.path("config") instanceof ObjectNode fields ? fields : Json.object();
        Object loss =
                known == null ? Spot.FAILED : known.read(config, List.of("name", "dtype"), spot);
        return loss instanceof Loss made
                ? new LossMetric(config.path("name").asString(made.name()), made)
                : Spot.FAILED;
    }
}
