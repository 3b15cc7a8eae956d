package dev.gnomon.keras;

import dev.gnomon.activation.Activation;
import dev.gnomon.check.ConfigException;
import dev.gnomon.constraint.Constraint;
import dev.gnomon.initializer.Initializer;
import dev.gnomon.layer.Edges;
import dev.gnomon.layer.KernelSettings;
import dev.gnomon.layer.Size;
import dev.gnomon.layer.WeightConfig;
import dev.gnomon.optimizer.LearningRate;
import dev.gnomon.optimizer.OptimizerOptions;
import dev.gnomon.regularizer.Regularizer;
import dev.gnomon.schedule.Schedule;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The form in a file of each type that a component can have.
final class Forms {
    private static final Map<String, Converter> PLAIN =
            Map.ofEntries(
                    Map.entry("int", Converters.INT),
                    Map.entry("long", Converters.SEED),
                    Map.entry("double", Converters.DOUBLE),
                    Map.entry("float", Converters.FLOAT),
                    Map.entry("boolean", Converters.BOOL),
                    Map.entry("java.lang.String", Converters.TEXT),
                    Map.entry("java.lang.Long", Converters.SEED),
                    Map.entry("java.lang.Double", Converters.orNull(Converters.DOUBLE)),
                    Map.entry("java.lang.Integer", Converters.orNull(Converters.INT)),
                    Map.entry("java.util.List<java.lang.Integer>", Converters.INTS),
                    Map.entry("java.util.List<java.lang.Double>", Converters.DOUBLES),
                    Map.entry(Size.class.getName(), Converters.SIZE),
                    Map.entry(Edges.class.getName(), Converters.EDGES),
                    Map.entry(Activation.class.getName(), Converters.ACTIVATION),
                    Map.entry(LearningRate.class.getName(), Converters.LEARNING_RATE),
                    Map.entry(Initializer.class.getName(), new ObjectConverter(Initializer.class)),
                    Map.entry(Schedule.class.getName(), new ObjectConverter(Schedule.class)),
                    Map.entry(
                            Regularizer.class.getName(),
                            Converters.orNull(new ObjectConverter(Regularizer.class))),
                    Map.entry(
                            Constraint.class.getName(),
                            Converters.orNull(new ObjectConverter(Constraint.class))));

    private Forms() {}

    /// The form of a component; a [ConfigException] for a type that has none.
    static Converter converter(RecordComponent component) {
        Converter known = PLAIN.get(component.getGenericType().getTypeName());
        if (known != null) {
            return known;
        }
        if (component.getType().isEnum()) {
            return Converters.word(component.getType());
        }
        throw new ConfigException(
                component.getDeclaringRecord().getSimpleName()
                        + ": the setting \""
                        + component.getName()
                        + "\" is of type "
                        + component.getGenericType().getTypeName()
                        + ", which has no form in Keras's files.");
    }

    /// Checks that every component has a form.
    static void check(Class<? extends Record> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (!isGroup(component.getType())) {
                converter(component);
            }
        }
    }

    /// Records whose fields stand among those of the layer or optimizer that has them.
    static boolean isGroup(Class<?> type) {
        return type == KernelSettings.class
                || type == WeightConfig.class
                || type == OptimizerOptions.class;
    }

    /// What stands before the names of a group's fields: `kernel_` for a weight.
    static String prefix(RecordComponent component) {
        return component.getType() == WeightConfig.class
                ? dev.gnomon.check.Names.snakeCase(component.getName()) + "_"
                : "";
    }

    /// The values of a group whose fields a file lacks.
    static @Nullable Object start(RecordComponent component) {
        return component.getType() == KernelSettings.class
                ? KernelSettings.DEFAULT
                : component.getType() == OptimizerOptions.class ? OptimizerOptions.NONE : null;
    }

    /// Whether null is a value of the component.
    static boolean isNullable(RecordComponent component) {
        Class<?> type = component.getType();
        return type == Double.class
                || type == Long.class
                || type == Integer.class
                || type == Regularizer.class
                || type == Constraint.class;
    }
}
