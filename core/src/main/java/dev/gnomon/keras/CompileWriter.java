package dev.gnomon.keras;

import dev.gnomon.check.ConfigException;
import dev.gnomon.check.Names;
import dev.gnomon.file.Json;
import dev.gnomon.loss.Loss;
import dev.gnomon.loss.Losses;
import dev.gnomon.loss.OutputLoss;
import dev.gnomon.metric.LossMetric;
import dev.gnomon.metric.Metric;
import dev.gnomon.metric.Metrics;
import dev.gnomon.metric.OutputMetric;
import dev.gnomon.model.Compiled;
import dev.gnomon.model.Model;
import dev.gnomon.optimizer.LearningRate;
import dev.gnomon.optimizer.Optimizer;
import dev.gnomon.train.TrainingState;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes what a model was compiled with.
final class CompileWriter {
    private final Model model;
    private final Compiled compiled;
    private final KerasNames names;

    private CompileWriter(Model model, Compiled compiled, KerasNames names) {
        this.model = model;
        this.compiled = compiled;
        this.names = names;
    }

    static ObjectNode write(Model model, Compiled compiled, KerasNames names) {
        return new CompileWriter(model, compiled, names).write();
    }

    private ObjectNode write() {
        String text = model.origin();
        JsonNode before =
                text == null
                        ? Json.object()
                        : Json.parseObject(text, "origin").path("compile_config");
        ObjectNode config = before instanceof ObjectNode fields ? fields.deepCopy() : Json.object();
        Compiled then = text == null ? null : read(text);
        config.set("optimizer", optimizer(before.path("optimizer")));
        if (then == null || !then.losses().equals(compiled.losses())) {
            config.set("loss", losses());
            config.set("loss_weights", weights());
        }
        if (then == null || !then.metrics().equals(compiled.metrics())) {
            config.set("metrics", metrics(false));
            config.set("weighted_metrics", metrics(true));
        }
        if (!config.has("run_eagerly")) {
            config.put("run_eagerly", false)
                    .put("steps_per_execution", 1)
                    .put("jit_compile", "auto");
        }
        return config;
    }

    /// What an earlier file said, if this is still understood.
    private @Nullable Compiled read(String text) {
        ObjectNode origin = Json.parseObject(text, "origin");
        JsonNode chain = origin.path("config").path("output_layers");
        if (chain.isMissingNode()) { // its layers are not kept, the name of the last one is that of
            // the output
            ObjectNode last = Json.object();
            last.set("config", Json.object().put("name", model.outputNames().getFirst()));
            ((ObjectNode) origin.path("config")).set("layers", Json.array().add(last));
        }
        return CompileReader.read(origin, Spot.silent(names));
    }

    private ObjectNode optimizer(JsonNode before) {
        KerasClass known = names.find(compiled.optimizer());
        boolean same =
                before instanceof ObjectNode object
                        && known.equals(names.find(Optimizer.class, object));
        JsonNode fields = before.path("config");
        ObjectNode config =
                known.write(
                        compiled.optimizer(),
                        same && fields instanceof ObjectNode kept ? kept : null,
                        names);
        if (!config.has("name")) {
            config.put("name", Names.snakeCase(known.name()));
        }
        if (compiled.optimizer().learningRate() instanceof LearningRate.Fixed) {
            var rate = Objects.requireNonNull(model.views().get(TrainingState.LEARNING_RATE));
            config.put("learning_rate", (double) rate.tensor().get());
        }
        if (same && before instanceof ObjectNode object) {
            ObjectNode node = object.deepCopy();
            node.set("config", config);
            return node;
        }
        return KerasNames.wrap(known, config);
    }

    // ---- losses

    private JsonNode losses() {
        return perOutput(output -> {
            OutputLoss found = find(output);
            return found == null ? null : loss(found.loss());
        });
    }

    private JsonNode weights() {
        if (compiled.losses().list().stream().allMatch(each -> each.weight() == null)) {
            return JsonNodeFactory.instance.nullNode();
        }
        JsonNode weights =
                perOutput(output -> {
                    OutputLoss found = find(output);
                    return found == null
                            ? null
                            : JsonNodeFactory.instance.numberNode(found.factor());
                });
        return weights.isNumber() ? Json.array().add(weights) : weights;
    }

    private @Nullable OutputLoss find(String output) {
        return compiled.losses().list().stream()
                .filter(each -> each.output() == null || each.output().equals(output))
                .findFirst()
                .orElse(null);
    }

    /// What is said of each output: alone, or by Keras's names of the outputs. These may be the same for several of them:
    /// then it is a list.
    private JsonNode perOutput(Function<String, @Nullable JsonNode> saying) {
        List<String> outputs = model.outputNames();
        ArrayNode list = Json.array();
        ObjectNode byName = Json.object();
        for (int i = 0; i < outputs.size(); i++) {
            JsonNode said = saying.apply(outputs.get(i));
            list.add(said);
            if (said != null) {
                byName.set(model.nameOf(model.outputs().get(i)), said);
            }
        }
        boolean distinct =
                model.outputs().stream().map(model::nameOf).distinct().count() == outputs.size();
        return outputs.size() == 1 ? list.get(0) : distinct ? byName : list;
    }

    private JsonNode loss(Loss loss) {
        try {
            if (Losses.byName(loss.name()).equals(loss)) {
                return Json.array().add(loss.name()).get(0);
            }
        } catch (ConfigException _) {
            // It has no such word.
        }
        if (isKnown(loss)) {
            ObjectNode node = names.writeObject(Loss.class, loss);
            ((ObjectNode) node.path("config")).put("name", loss.name());
            return node;
        }
        return Converters.function(loss.name());
    }

    /// Whether it is saved as a record of settings; formulas go by their name.
    private boolean isKnown(Object settings) {
        try {
            return settings instanceof Record && names.find(settings) != null;
        } catch (ConfigException _) {
            return false;
        }
    }

    // ---- metrics

    private JsonNode metrics(boolean weighted) {
        if (compiled.metrics().list().stream().noneMatch(each -> each.weighted() == weighted)) {
            return JsonNodeFactory.instance.nullNode();
        }
        return perOutput(output -> {
            ArrayNode list = Json.array();
            for (OutputMetric each : compiled.metrics().list()) {
                boolean here = each.output() == null || each.output().equals(output);
                if (here && each.weighted() == weighted) {
                    list.add(metric(each.metric()));
                }
            }
            return list;
        });
    }

    private JsonNode metric(Metric metric) {
        try {
            if (Metrics.byName(metric.name()).equals(metric)) {
                return Json.array().add(metric.name()).get(0);
            }
        } catch (ConfigException _) {
            // It has no such word.
        }
        if (metric instanceof LossMetric(String name, Loss loss) && isKnown(loss)) {
            KerasClass known = names.find(loss);
            ObjectNode config = Json.object().put("name", name);
            ObjectNode fields = known.write(loss, null, names);
            fields.remove("reduction");
            config.setAll(fields);
            return KerasNames.wrap(known, config).put("module", "keras.metrics");
        }
        return isKnown(metric)
                ? names.writeObject(Metric.class, metric)
                : Converters.function(metric.name());
    }
}
