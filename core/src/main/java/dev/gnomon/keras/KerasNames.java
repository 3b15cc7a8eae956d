package dev.gnomon.keras;

import dev.gnomon.activation.Activation;
import dev.gnomon.activation.Activations;
import dev.gnomon.check.ConfigException;
import dev.gnomon.constraint.Constraint;
import dev.gnomon.constraint.Constraints;
import dev.gnomon.file.Json;
import dev.gnomon.initializer.Initializer;
import dev.gnomon.initializer.Initializers;
import dev.gnomon.layer.Layer;
import dev.gnomon.loss.Loss;
import dev.gnomon.metric.Metric;
import dev.gnomon.model.Model;
import dev.gnomon.optimizer.Optimizer;
import dev.gnomon.optimizer.Optimizers;
import dev.gnomon.regularizer.Regularizer;
import dev.gnomon.regularizer.Regularizers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How settings are called in Keras's files: the built-in ones, and those of a user.
///
/// ```java
/// var names = KerasNames.known()
///     .with("my>Swish", Swish.class)          // in Python: @keras.saving.register_keras_serializable(package="my")
///     .with(circular);                        // a loss, a metric or an activation by its own name
/// Model model = KerasFormat.load(Path.of("own.keras"), names);
/// ```
///
/// Fields are the components of the record in snake case. Immutable.
public final class KerasNames {
    /// Names that are found by themselves, through [ServiceLoader]: how a program adds its own to the commands.
    public interface Provider {
        /// The names with those of the provider.
        KerasNames addTo(KerasNames names);
    }

    /// Keras's own classes.
    static final KerasNames BUILT_IN =
            new KerasNames(
                    KerasTable.ALL, new LinkedHashMap<>(Activations.all()), Map.of(), Map.of());

    private final List<KerasClass> classes;
    private final Map<String, Activation> activations;
    private final Map<String, Loss> losses;
    private final Map<String, Metric> metrics;

    private KerasNames(
            List<KerasClass> classes,
            Map<String, Activation> activations,
            Map<String, Loss> losses,
            Map<String, Metric> metrics) {
        this.classes = List.copyOf(classes);
        this.activations = Collections.unmodifiableMap(activations);
        this.losses = Collections.unmodifiableMap(losses);
        this.metrics = Collections.unmodifiableMap(metrics);
    }

    /// Keras's names and those of all providers on the class path.
    public static KerasNames known() {
        KerasNames names = BUILT_IN;
        for (Provider provider : ServiceLoader.load(Provider.class)) {
            names = provider.addTo(names);
        }
        return names;
    }

    /// An own class of settings: a layer, loss, metric, optimizer, initializer, regularizer, constraint or schedule.
    ///
    /// @param registered the name under which Keras knows it, such as `my>Swish`; `Custom>Swish` where no package was given
    public KerasNames with(String registered, Class<? extends Record> type) {
        KerasClass own = KerasClass.own(registered, type);
        Forms.check(type);
        List<KerasClass> more = new ArrayList<>(classes);
        more.removeIf(each -> registered.equals(each.registered()) || each.type() == type);
        more.addFirst(own);
        return new KerasNames(more, activations, losses, metrics);
    }

    /// An own activation, known by its name.
    public KerasNames with(Activation activation) {
        return new KerasNames(
                classes, plus(activations, activation.name(), activation), losses, metrics);
    }

    /// An own loss, known by its name.
    public KerasNames with(Loss loss) {
        return new KerasNames(classes, activations, plus(losses, loss.name(), loss), metrics);
    }

    /// An own metric, known by its name.
    public KerasNames with(Metric metric) {
        return new KerasNames(classes, activations, losses, plus(metrics, metric.name(), metric));
    }

    private static <T> Map<String, T> plus(Map<String, T> map, String name, T value) {
        Map<String, T> more = new LinkedHashMap<>(map);
        more.put(name, value);
        return more;
    }

    Map<String, Activation> activations() {
        return activations;
    }

    Map<String, Loss> losses() {
        return losses;
    }

    Map<String, Metric> metrics() {
        return metrics;
    }

    /// The class that a file names, or null.
    @Nullable KerasClass find(Class<?> kind, ObjectNode node) {
        String registered = node.path("registered_name").asString("");
        String name = node.path("class_name").asString("");
        for (KerasClass each : classes) {
            boolean same =
                    each.registered() == null
                            ? each.name().equals(name) && !registered.contains(">")
                            : each.registered().equals(registered)
                                    || each.registered().equals(name);
            if (same && kind.isAssignableFrom(each.type())) {
                return each;
            }
        }
        return null;
    }

    /// The class of a layer in a tree of weights.
    String className(Layer layer) {
        if (layer instanceof Model inner) {
            return Wiring.isChain(inner) ? "Sequential" : "Functional";
        }
        return layer instanceof Record ? find(layer).name() : layer.kerasName();
    }

    /// The class of settings; own ones that were not registered are saved under `Custom>Name`.
    KerasClass find(Object settings) {
        for (KerasClass each : classes) {
            if (each.type() == settings.getClass()) {
                return each;
            }
        }
        if (settings instanceof Record own) {
            Forms.check(own.getClass());
            return KerasClass.own("Custom>" + own.getClass().getSimpleName(), own.getClass());
        }
        throw new ConfigException(
                settings.getClass().getName()
                        + " cannot be saved: make it a record, or register it by its name"
                        + " with KerasNames.with(...).");
    }

    /// Settings with a class of their own: an object, or a name for the defaults.
    Object readObject(Class<?> kind, JsonNode node, Spot at) {
        if (node.isString()) {
            try {
                return byName(kind, node.stringValue());
            } catch (ConfigException e) {
                return at.fault(String.valueOf(e.getMessage()));
            }
        }
        if (!(node instanceof ObjectNode object) || !object.path("class_name").isString()) {
            return at.fault("an object with a class_name was expected, but it is " + node + ".");
        }
        KerasClass known = find(kind, object);
        String name = object.path("class_name").stringValue();
        if (known == null) {
            String registered = object.path("registered_name").asString("");
            return at.fault(
                    "the "
                            + kind.getSimpleName().toLowerCase(java.util.Locale.ROOT)
                            + " "
                            + name
                            + (registered.contains(">")
                                    ? ", registered as \"" + registered + "\","
                                    : "")
                            + " is not known. An own one is registered with KerasNames.with(\"package>Name\", Name.class).");
        }
        JsonNode config = object.path("config");
        return known.read(
                config instanceof ObjectNode fields ? fields : Json.object(), List.of("name"), at);
    }

    private static Object byName(Class<?> kind, String name) {
        if (kind == Initializer.class) {
            return Initializers.byName(name);
        }
        if (kind == Regularizer.class) {
            return Regularizers.byName(name);
        }
        if (kind == Constraint.class) {
            return Constraints.byName(name);
        }
        if (kind == Optimizer.class) {
            return Optimizers.byName(name);
        }
        throw new ConfigException("a name alone, \"" + name + "\", is not understood here.");
    }

    /// The object of settings.
    ObjectNode writeObject(Class<?> kind, Object settings) {
        KerasClass known = find(settings);
        return wrap(known, known.write(settings, null, this));
    }

    static ObjectNode wrap(KerasClass known, ObjectNode config) {
        ObjectNode node = Json.object();
        if (known.module() == null) {
            node.putNull("module");
        } else {
            node.put("module", known.module());
        }
        node.put("class_name", known.name());
        node.set("config", config);
        if (known.registered() == null) {
            node.putNull("registered_name");
        } else {
            node.put("registered_name", known.registered());
        }
        return node;
    }
}
