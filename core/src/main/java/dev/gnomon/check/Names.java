package dev.gnomon.check;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
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

    /// Refuses names that cannot be part of a weight's path, as Keras does.
    ///
    /// @param what what is named
    /// @param name the name, or null where there is none
    public static void check(String what, @Nullable String name) {
        Check.config(
                name == null || (!name.isBlank() && !name.contains("/")),
                "%s: the name \"%s\" must not be empty nor contain \"/\".",
                what,
                name);
    }

    /// ` Did you mean "conv2d"?` where one of the known names is nearly the wanted one, else nothing.
    public static String didYouMean(String name, Collection<String> known) {
        String nearest = "";
        int least = Math.max(1, name.length() / 3) + 1;
        for (String other : known) {
            int distance = distance(name.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                nearest = other;
            }
        }
        return nearest.isEmpty() ? "" : " Did you mean \"" + nearest + "\"?";
    }

    /// How many letters must be put in, left out or changed to make one word of the other.
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
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
                            + "."
                            + didYouMean(name, known.keySet()));
        }
        return found;
    }
}
