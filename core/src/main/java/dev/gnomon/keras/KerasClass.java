package dev.gnomon.keras;

import dev.gnomon.check.GnomonException;
import dev.gnomon.check.Names;
import dev.gnomon.file.Json;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How one record of settings is called in Keras's configuration. The components of the record are found by reflection;
/// only what differs from "the name in snake case" is said.
///
/// ```java
/// KerasClass.of("keras.layers", "Dropout", new Dropout(0.5)).required("rate").kept("seed").only("noise_shape", "null")
/// ```
///
/// @param module the module of the class in Python, or null for an own class
/// @param name the class in the file
/// @param registered the name under which Python knows an own class, such as `my>Swish`; else null
/// @param type the record
/// @param prototype a record whose values stand for fields that a file lacks; null where no field may lack
/// @param fields how components are written, by component; a group's are those of the record in it
/// @param required fields that a file must have although there is a prototype
/// @param foreign fields of Keras that the record lacks, with the value that is written and understood; null for any value
record KerasClass(
        @Nullable String module,
        String name,
        @Nullable String registered,
        Class<? extends Record> type,
        @Nullable Record prototype,
        Map<String, Field> fields,
        List<String> required,
        Map<String, Foreign> foreign) {

    /// One component, one field.
    record Field(String name, @Nullable Converter converter) {}

    /// A field of Keras that the record lacks.
    ///
    /// @param value the only value that is understood (besides null), or null where every one is
    /// @param written whether new files have it
    record Foreign(@Nullable JsonNode value, boolean written) {}

    static KerasClass of(String module, String name, Record prototype) {
        return new KerasClass(
                module, name, null, prototype.getClass(), prototype, Map.of(), List.of(), Map.of());
    }

    static KerasClass own(String registered, Class<? extends Record> type) {
        String name = registered.substring(registered.indexOf('>') + 1);
        return new KerasClass(null, name, registered, type, null, Map.of(), List.of(), Map.of());
    }

    KerasClass required(String... names) {
        return new KerasClass(
                module, name, registered, type, prototype, fields, List.of(names), foreign);
    }

    /// Another name of a component, of the record or of a group in it.
    KerasClass field(String component, String field) {
        return field(component, field, null);
    }

    /// Another name and form of a component.
    KerasClass field(String component, String field, @Nullable Converter converter) {
        Map<String, Field> more = new LinkedHashMap<>(fields);
        more.put(component, new Field(field, converter));
        return new KerasClass(module, name, registered, type, prototype, more, required, foreign);
    }

    /// A field that only Keras has and of which one value is understood, given as JSON; it is written.
    KerasClass only(String field, String json) {
        return foreign(field, new Foreign(Json.parse(json, field), true));
    }

    /// The same; new files do not have it.
    KerasClass accepts(String field, String json) {
        return foreign(field, new Foreign(Json.parse(json, field), false));
    }

    /// A field that only Keras has; it is kept and not written into new files.
    KerasClass kept(String... names) {
        KerasClass all = this;
        for (String each : names) {
            all = all.foreign(each, new Foreign(null, false));
        }
        return all;
    }

    private KerasClass foreign(String field, Foreign value) {
        Map<String, Foreign> more = new LinkedHashMap<>(foreign);
        more.put(field, value);
        return new KerasClass(module, name, registered, type, prototype, fields, required, more);
    }

    // ---- reading

    /// The record of a configuration, or [Spot#FAILED].
    ///
    /// @param known fields that the caller deals with
    Object read(ObjectNode config, List<String> known, Spot spot) {
        Spot at = spot.of(name);
        List<String> seen = new ArrayList<>(known);
        Object made = read(type, "", prototype, config, seen, at);
        boolean strange = false;
        for (var entry : config.properties()) {
            if (!seen.contains(entry.getKey()) && !isUnderstood(entry.getKey(), entry.getValue())) {
                strange = true;
                at.at(entry.getKey())
                        .fault(
                                "the value "
                                        + entry.getValue()
                                        + " of this field is not supported.");
            }
        }
        return strange ? Spot.FAILED : made;
    }

    private boolean isUnderstood(String field, JsonNode value) {
        Foreign known = foreign.get(field);
        boolean off = value.isNull() || (value.isBoolean() && !value.booleanValue());
        if (known == null || known.value == null) {
            return known != null || off;
        }
        boolean sameNumber =
                value.isNumber()
                        && known.value.isNumber()
                        && value.doubleValue() == known.value.doubleValue();
        return value.isNull() || value.equals(known.value) || sameNumber;
    }

    private Object read(
            Class<?> record,
            String prefix,
            @Nullable Object defaults,
            ObjectNode config,
            List<String> seen,
            Spot at) {
        RecordComponent[] components = record.getRecordComponents();
        Object[] values = new Object[components.length];
        boolean failed = false;
        for (int i = 0; i < components.length; i++) {
            Object instead = defaults == null ? null : get(components[i], defaults);
            values[i] = component(components[i], prefix, instead, config, seen, at);
            failed |= Spot.failed(values[i]);
        }
        return failed ? Spot.FAILED : make(record, components, values, at);
    }

    private @Nullable Object component(
            RecordComponent component,
            String prefix,
            @Nullable Object instead,
            ObjectNode config,
            List<String> seen,
            Spot at) {
        if (Forms.isGroup(component.getType()) && !fields.containsKey(component.getName())) {
            return read(
                    component.getType(),
                    prefix + Forms.prefix(component),
                    instead == null ? Forms.start(component) : instead,
                    config,
                    seen,
                    at);
        }
        String field = fieldName(component, prefix);
        seen.add(field);
        JsonNode node = config.get(field);
        if (node == null) {
            return (instead == null && !Forms.isNullable(component)) || required.contains(field)
                    ? at.at(field).fault("this field is needed, but the file lacks it.")
                    : instead;
        }
        if (node.isNull() && component.getType().isPrimitive()) {
            return instead == null ? at.at(field).fault("null is not understood.") : instead;
        }
        return converter(component).read(node, config, at.at(field));
    }

    private String fieldName(RecordComponent component, String prefix) {
        Field said = fields.get(component.getName());
        return said == null ? prefix + Names.snakeCase(component.getName()) : said.name;
    }

    private Converter converter(RecordComponent component) {
        Field said = fields.get(component.getName());
        return said == null || said.converter == null ? Forms.converter(component) : said.converter;
    }

    private static @Nullable Object get(RecordComponent component, Object record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component + " of " + record, e);
        }
    }

    private static Object make(
            Class<?> record, RecordComponent[] components, @Nullable Object[] values, Spot at) {
        try {
            Constructor<?> constructor =
                    record.getDeclaredConstructor(
                            Arrays.stream(components)
                                    .map(RecordComponent::getType)
                                    .toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof GnomonException fault) {
                return at.fault(
                        Objects.requireNonNullElse(
                                fault.getMessage(), "the settings do not go together."));
            }
            throw new IllegalStateException("cannot make " + record, e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + record, e);
        }
    }

    // ---- writing

    /// The configuration of a record. Where an earlier file said the same in another way, its form is kept, and so are
    /// its fields that the record lacks.
    ObjectNode write(Object record, @Nullable ObjectNode origin, KerasNames names) {
        ObjectNode config = origin == null ? Json.object() : origin.deepCopy();
        write(type, "", prototype, record, config, origin, names);
        if (origin == null) {
            foreign.forEach((field, value) -> {
                if (value.written && value.value != null) {
                    config.set(field, value.value);
                }
            });
        }
        return config;
    }

    private void write(
            Class<?> recordType,
            String prefix,
            @Nullable Object defaults,
            Object record,
            ObjectNode config,
            @Nullable ObjectNode origin,
            KerasNames names) {
        for (RecordComponent component : recordType.getRecordComponents()) {
            Object value = get(component, record);
            Object instead = defaults == null ? null : get(component, defaults);
            if (Forms.isGroup(component.getType()) && !fields.containsKey(component.getName())) {
                String inner = prefix + Forms.prefix(component);
                write(
                        component.getType(),
                        inner,
                        instead,
                        Objects.requireNonNull(value),
                        config,
                        origin,
                        names);
                continue;
            }
            String field = fieldName(component, prefix);
            Converter converter = converter(component);
            JsonNode before = origin == null ? null : origin.get(field);
            boolean said =
                    origin != null
                            && (before == null
                                    ? defaults != null && Objects.equals(instead, value)
                                    : says(converter, before, origin, value, names));
            if (!said) {
                config.set(field, converter.write(value, names));
            }
        }
    }

    private static boolean says(
            Converter converter,
            JsonNode before,
            ObjectNode origin,
            @Nullable Object value,
            KerasNames names) {
        Spot nobody = Spot.silent(names);
        return Objects.equals(converter.read(before, origin, nobody), value);
    }
}
