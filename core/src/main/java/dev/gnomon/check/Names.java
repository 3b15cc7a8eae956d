package dev.gnomon.check;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Finding settings by the names that Keras gives them.
public final class Names {
    private static final Pattern WORD = Pattern.compile("(.)([A-Z][a-z]+)");
    private static final Pattern EDGE = Pattern.compile("([a-z])([A-Z])");

    private Names() {}

    /// A class name as Keras writes it in small letters: `max_pooling2d`, `re_lu`, `rm_sprop`.
    public static String snakeCase(String className) {
        String words = WORD.matcher(className).replaceAll("$1_$2");
        return EDGE.matcher(words).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
    }

    /// The entry of a name, or of a class name in small letters; an unknown one is answered with those that are known.
    public static <T> T find(Map<String, T> known, String kind, String name) {
        T found = known.get(name);
        if (found == null) {
            found = known.get(snakeCase(name));
        }
        if (found == null) {
            throw new ConfigException(
                    "Unknown "
                            + kind
                            + " \""
                            + name
                            + "\". Known are: "
                            + String.join(", ", known.keySet().stream().sorted().toList())
                            + ".");
        }
        return found;
    }
}
