package dev.gnomon.file;

import dev.gnomon.check.FormatException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON as Python's `json` module reads and writes it, so that a configuration that is read and written again keeps its
/// bytes: members in order, floats with `.0`, `NaN` and `Infinity`, all else than ASCII escaped.
public final class Json {
    private static final int DEEPEST = 500;
    private static final int MOST_CHARACTERS = 64 << 20;
    private static final int LONGEST_NUMBER = 1000;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEEPEST)
                                                    .maxDocumentLength(MOST_CHARACTERS)
                                                    .maxStringLength(MOST_CHARACTERS)
                                                    .maxNumberLength(LONGEST_NUMBER)
                                                    .build())
                                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .build();

    private Json() {}

    /// An empty object, whose members keep the order in which they are put.
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// An empty array.
    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /// Reads a text; `name` stands for it in messages. A name that appears twice in one object is refused.
    public static JsonNode parse(String text, String name) {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node == null || node.isMissingNode()) {
                throw new FormatException(name + ": is empty, but JSON was expected.");
            }
            return node;
        } catch (JacksonException e) {
            throw new FormatException(
                    name + ": is not valid JSON: " + e.getOriginalMessage() + where(e) + ".", e);
        }
    }

    /// Reads a text whose outermost value must be an object.
    public static ObjectNode parseObject(String text, String name) {
        JsonNode node = parse(text, name);
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new FormatException(
                name
                        + ": a JSON object was expected, but this is "
                        + node.getNodeType().name().toLowerCase(Locale.ROOT)
                        + ".");
    }

    private static String where(JacksonException e) {
        var at = e.getLocation();
        return at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }

    /// Writes a value on one line, as Python's `json.dumps` does.
    public static String write(JsonNode node) {
        StringBuilder out = new StringBuilder();
        write(node, out);
        return out.toString();
    }

    private static void write(JsonNode node, StringBuilder out) {
        switch (node) {
            case ObjectNode object -> {
                String separator = "{";
                for (var member : object.properties()) {
                    out.append(separator);
                    quote(member.getKey(), out);
                    write(member.getValue(), out.append(": "));
                    separator = ", ";
                }
                out.append(object.isEmpty() ? "{}" : "}");
            }
            case ArrayNode array -> {
                String separator = "[";
                for (JsonNode element : array) {
                    write(element, out.append(separator));
                    separator = ", ";
                }
                out.append(array.isEmpty() ? "[]" : "]");
            }
            default -> writeSingle(node, out);
        }
    }

    private static void writeSingle(JsonNode node, StringBuilder out) {
        if (node.isString()) {
            quote(node.stringValue(), out);
        } else if (node.isIntegralNumber()) {
            out.append(node.bigIntegerValue());
        } else if (node.isNumber()) {
            out.append(number(node.doubleValue()));
        } else if (node.isBoolean() || node.isNull()) {
            out.append(node.isNull() ? "null" : node.booleanValue() ? "true" : "false");
        } else {
            throw new FormatException(
                    "JSON: a value of kind " + node.getNodeType() + " cannot be written.");
        }
    }

    /// A number as Python's `repr` writes it: the fewest digits that give it back, `1e-07` for the small ones.
    static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        BigDecimal oneDigit = exact.round(new MathContext(1)); // Java always gives two
        exact = oneDigit.doubleValue() == value ? oneDigit : exact;
        int exponent = exact.precision() - exact.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            String plain = exact.toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        String digits = exact.unscaledValue().abs().toString();
        return (value < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + String.format(
                        Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < 0x20 || c > 0x7E) {
                        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
