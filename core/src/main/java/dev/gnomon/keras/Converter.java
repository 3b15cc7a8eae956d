package dev.gnomon.keras;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How one kind of value is written in Keras's configuration.
interface Converter {
    /// The value, null where the file says so, or [Spot#FAILED] after the fault was told.
    ///
    /// @param config the object that the field belongs to
    @Nullable Object read(JsonNode node, ObjectNode config, Spot at);

    JsonNode write(@Nullable Object value, KerasNames names);
}
