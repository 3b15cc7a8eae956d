package dev.gnomon.keras;

import dev.gnomon.activation.Activation;
import dev.gnomon.file.Json;
import dev.gnomon.layer.Edges;
import dev.gnomon.layer.Size;
import dev.gnomon.optimizer.LearningRate;
import dev.gnomon.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The converters of plain values.
final class Converters {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static final Converter INT = of(Converters::readInt, value -> JSON.numberNode((Integer) value));
    static final Converter DOUBLE =
            of(Converters::readDouble, value -> JSON.numberNode((Double) value));
    static final Converter FLOAT =
            of(
                    (node, at) ->
                            Spot.failed(readDouble(node, at))
                                    ? Spot.FAILED
                                    : (Object) (float) node.doubleValue(),
                    value -> JSON.numberNode((double) (Float) value));
    static final Converter BOOL =
            of(
                    (node, at) ->
                            node.isBoolean()
                                    ? node.booleanValue()
                                    : at.fault(
                                            "true or false was expected, but it is " + node + "."),
                    value -> JSON.booleanNode((Boolean) value));
    static final Converter TEXT =
            of(
                    (node, at) ->
                            node.isString()
                                    ? node.stringValue()
                                    : at.fault("a text was expected, but it is " + node + "."),
                    value -> JSON.stringNode((String) value));
    static final Converter SEED =
            orNull(of(Converters::readSeed, value -> JSON.numberNode((Long) value)));
    static final Converter SIZE =
            of(
                    Converters::readSize,
                    value -> pair(((Size) value).height(), ((Size) value).width()));
    static final Converter EDGES =
            of(
                    Converters::readEdges,
                    value -> {
                        Edges edges = (Edges) value;
                        return JSON.arrayNode()
                                .add(pair(edges.top(), edges.bottom()))
                                .add(pair(edges.left(), edges.right()));
                    });
    static final Converter INTS = of(Converters::readInts, Converters::ints);

    /// Axes: a single one stands alone.
    static final Converter AXES =
            of(
                    Converters::readInts,
                    value ->
                            ((List<?>) value).size() == 1
                                    ? JSON.numberNode((Integer) ((List<?>) value).getFirst())
                                    : ints(value));

    static final Converter DOUBLES =
            of(
                    Converters::readDoubles,
                    value -> {
                        ArrayNode array = Json.array();
                        ((List<?>) value).forEach(each -> array.add((Double) each));
                        return array;
                    });

    private Converters() {}

    private static Converter of(
            BiFunction<JsonNode, Spot, Object> reader, Function<Object, JsonNode> writer) {
        return new Converter() {
            @Override
            public Object read(JsonNode node, ObjectNode config, Spot at) {
                return reader.apply(node, at);
            }

            @Override
            public JsonNode write(@Nullable Object value, KerasNames names) {
                return value == null ? JSON.nullNode() : writer.apply(value);
            }
        };
    }

    /// The same, where null is a value too.
    static Converter orNull(Converter converter) {
        return new Converter() {
            @Override
            public @Nullable Object read(JsonNode node, ObjectNode config, Spot at) {
                return node.isNull() ? null : converter.read(node, config, at);
            }

            @Override
            public JsonNode write(@Nullable Object value, KerasNames names) {
                return value == null ? JSON.nullNode() : converter.write(value, names);
            }
        };
    }

    /// The same, where null in a file means the value of another field.
    static Converter orField(Converter converter, String other) {
        return new Converter() {
            @Override
            public @Nullable Object read(JsonNode node, ObjectNode config, Spot at) {
                JsonNode instead = config.get(other);
                return converter.read(
                        node.isNull() && instead != null ? instead : node, config, at);
            }

            @Override
            public JsonNode write(@Nullable Object value, KerasNames names) {
                return converter.write(value, names);
            }
        };
    }

    /// Names of an enumeration in small letters, such as `same`.
    static Converter word(Class<?> type) {
        Object[] constants = type.getEnumConstants();
        return of(
                (node, at) -> {
                    for (Object constant : constants) {
                        if (node.isString()
                                && constant.toString()
                                        .equals(node.stringValue().toUpperCase(Locale.ROOT))) {
                            return constant;
                        }
                    }
                    return at.fault(
                            "one of "
                                    + List.of(constants).toString().toLowerCase(Locale.ROOT)
                                    + " was expected, but it is "
                                    + node
                                    + ".");
                },
                value -> JSON.stringNode(value.toString().toLowerCase(Locale.ROOT)));
    }

    /// A fixed rate, or a schedule.
    static final Converter LEARNING_RATE =
            new Converter() {
                @Override
                public @Nullable Object read(JsonNode node, ObjectNode config, Spot at) {
                    if (node.isNumber()) {
                        return LearningRate.of(node.doubleValue());
                    }
                    Object schedule = at.names().readObject(Schedule.class, node, at);
                    return schedule instanceof Schedule known
                            ? LearningRate.of(known)
                            : Spot.FAILED;
                }

                @Override
                public JsonNode write(@Nullable Object value, KerasNames names) {
                    return switch ((LearningRate) java.util.Objects.requireNonNull(value)) {
                        case LearningRate.Fixed(float rate) -> JSON.numberNode((double) rate);
                        case LearningRate.Scheduled(Schedule schedule) ->
                                names.writeObject(Schedule.class, schedule);
                    };
                }
            };

    /// An activation: its word, or the word of an own one in the form of a function.
    static final Converter ACTIVATION =
            new Converter() {
                @Override
                public @Nullable Object read(JsonNode node, ObjectNode config, Spot at) {
                    if (node.isNull()) {
                        return Activation.LINEAR;
                    }
                    String name = functionName(node);
                    Activation found = name == null ? null : named(at.names().activations(), name);
                    return found == null
                            ? at.fault(
                                    "the activation "
                                            + node
                                            + " is not known; register own ones with KerasNames.with(...).")
                            : found;
                }

                @Override
                public JsonNode write(@Nullable Object value, KerasNames names) {
                    String name = ((Activation) java.util.Objects.requireNonNull(value)).name();
                    return KerasNames.BUILT_IN.activations().containsKey(name)
                            ? JSON.stringNode(name)
                            : function(name);
                }
            };

    /// The name of a function that a file names by a text or by an object of class `function`; null if it is none.
    static @Nullable String functionName(JsonNode node) {
        if (node.isString()) {
            return node.stringValue();
        }
        if (node instanceof ObjectNode object
                && object.path("config").isString()
                && object.path("class_name").asString("").equals("function")) {
            return object.path("config").stringValue();
        }
        return null;
    }

    /// An own function as Keras writes it.
    static JsonNode function(String name) {
        ObjectNode node = Json.object();
        String registered = name.contains(">") ? name : "Custom>" + name;
        node.put("module", "builtins").put("class_name", "function");
        return node.put("config", registered).put("registered_name", "function");
    }

    /// What has a registered name such as `my>circular`, or the part behind its package.
    static <T> @Nullable T named(Map<String, T> known, String name) {
        T found = known.get(name);
        return found == null ? known.get(name.substring(name.indexOf('>') + 1)) : found;
    }

    private static ArrayNode pair(int first, int second) {
        return JSON.arrayNode().add(first).add(second);
    }

    private static ArrayNode ints(Object list) {
        ArrayNode array = Json.array();
        ((List<?>) list).forEach(each -> array.add((Integer) each));
        return array;
    }

    private static Object readInt(JsonNode node, Spot at) {
        JsonNode number = node.isArray() && node.size() == 1 ? node.get(0) : node;
        double value = number.isNumber() ? number.doubleValue() : Double.NaN;
        return value == (int) value
                ? (Object) (int) value
                : at.fault("a whole number was expected, but it is " + node + ".");
    }

    private static Object readDouble(JsonNode node, Spot at) {
        return node.isNumber()
                ? node.doubleValue()
                : at.fault("a number was expected, but it is " + node + ".");
    }

    private static Object readSeed(JsonNode node, Spot at) {
        JsonNode seed = node.isObject() ? node.path("config").path("seed") : node;
        return seed.isIntegralNumber()
                ? seed.longValue()
                : at.fault("a seed was expected, but it is " + node + ".");
    }

    private static Object readInts(JsonNode node, Spot at) {
        List<Integer> list = new ArrayList<>();
        for (JsonNode each : node.isArray() ? node : JSON.arrayNode().add(node)) {
            if (Spot.failed(readInt(each, at))) {
                return Spot.FAILED;
            }
            list.add(each.intValue());
        }
        return list;
    }

    private static Object readDoubles(JsonNode node, Spot at) {
        List<Double> list = new ArrayList<>();
        for (JsonNode each : node) {
            if (Spot.failed(readDouble(each, at))) {
                return Spot.FAILED;
            }
            list.add(each.doubleValue());
        }
        return list;
    }

    private static Object readSize(JsonNode node, Spot at) {
        Object list = readInts(node, at);
        if (list instanceof List<?> sizes && (sizes.size() == 1 || sizes.size() == 2)) {
            return Size.of((Integer) sizes.getFirst(), (Integer) sizes.getLast());
        }
        return Spot.failed(list)
                ? list
                : at.fault("a height and a width were expected, but it is " + node + ".");
    }

    private static Object readEdges(JsonNode node, Spot at) {
        boolean both = node.isArray() && node.size() == 2;
        Object high = readSize(both ? node.get(0) : node, at);
        Object wide = readSize(both ? node.get(1) : node, at);
        return high instanceof Size rows && wide instanceof Size columns
                ? new Edges(rows.height(), rows.width(), columns.height(), columns.width())
                : Spot.FAILED;
    }
}
