package dev.gnomon.keras;

import dev.gnomon.file.Json;
import java.util.Set;
import java.util.stream.Collectors;

/// What tests of other packages may see of Keras's names: the table of classes, and the way of settings into JSON and back.
public final class KerasTypes {
    private KerasTypes() {}

    /// The records of a kind that have a row in the table of Keras's classes.
    public static Set<Class<?>> ofKind(Class<?> kind) {
        return KerasTable.ALL.stream()
                .map(KerasClass::type)
                .filter(kind::isAssignableFrom)
                .collect(Collectors.toSet());
    }

    /// The class of settings in Keras's files.
    public static String className(Record settings) {
        return KerasNames.BUILT_IN.find(settings).name();
    }

    /// The settings after a way through the text of a file.
    public static Object throughJson(Class<?> kind, Record settings) {
        String text = Json.write(KerasNames.BUILT_IN.writeObject(kind, settings));
        var faults = new Faults();
        Spot spot = Spot.root(faults, KerasNames.BUILT_IN, Long.MAX_VALUE);
        Object read = KerasNames.BUILT_IN.readObject(kind, Json.parse(text, "test"), spot);
        faults.throwFor(text);
        return read;
    }
}
