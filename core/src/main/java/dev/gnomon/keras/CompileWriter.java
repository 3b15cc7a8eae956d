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
import dev.gnomon.tensor.Tensor;
import dev.gnomon.train.TrainingState;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
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
            config.set("metrics", metrics());
        }
        if (!config.has("weighted_metrics")) {
            config.putNull("weighted_metrics");
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
        return CompileReader.read(origin, new Spot("", "", new Faults(), names));
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
            Tensor rate = model.state().tensors().get(TrainingState.LEARNING_RATE);
            if (rate != null) {
                config.put("learning_rate", (double) rate.get());
            }
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
        Losses losses = compiled.losses();
        if (losses.list().isEmpty()) {
            return Json.parse("null", "loss");
        }
        if (losses.list().size() == 1 && losses.list().getFirst().output() == null) {
            return loss(losses.list().getFirst().loss());
        }
        ObjectNode node = Json.object();
        for (OutputLoss each : losses.list()) {
            node.set(output(each.output()), loss(each.loss()));
        }
        return node;
    }

    private JsonNode weights() {
        Map<String, Double> factors = new LinkedHashMap<>();
        boolean any = false;
        for (OutputLoss each : compiled.losses().list()) {
            factors.put(output(each.output()), each.factor());
            any |= each.weight() != null;
        }
        if (!any) {
            return Json.parse("null", "weights");
        }
        if (compiled.losses().list().getFirst().output() == null) {
            return Json.array().add(compiled.losses().list().getFirst().factor());
        }
        ObjectNode node = Json.object();
        factors.forEach(node::put);
        return node;
    }

    private String output(@Nullable String name) {
        return name == null ? model.outputNames().getFirst() : name;
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

    private JsonNode metrics() {
        Metrics metrics = compiled.metrics();
        ArrayNode list = Json.array();
        ObjectNode byOutput = Json.object();
        for (OutputMetric each : metrics.list()) {
            if (each.output() == null) {
                list.add(metric(each.metric()));
            } else {
                byOutput.withArray("/" + escaped(each.output())).add(metric(each.metric()));
            }
        }
        return metrics.list().isEmpty()
                ? Json.parse("null", "metrics")
                : byOutput.isEmpty() ? list : byOutput;
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
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
