package dev.gnomon.keras;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Settings with a class of their own, such as an initializer.
///
/// @param kind the interface
record ObjectConverter(Class<?> kind) implements Converter {
    @Override
    public @Nullable Object read(JsonNode node, ObjectNode config, Spot at) {
        return at.names().readObject(kind, node, at);
    }

    @Override
    public JsonNode write(@Nullable Object value, KerasNames names) {
        return names.writeObject(kind, Objects.requireNonNull(value));
    }
}
