package dev.gnomon.check;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;

/// Checks of settings and shapes, each with a formatted sentence.
@SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
public final class Check {
    private Check() {}

    /// All faults of a call as one text: a single one as it is, several numbered, under a heading.
    public static String numbered(String heading, List<String> faults) {
        if (faults.size() == 1) {
            return faults.getFirst();
        }
        var text =
                new StringBuilder(heading)
                        .append(", for ")
                        .append(faults.size())
                        .append(" reasons:");
        for (int i = 0; i < faults.size(); i++) {
            text.append("\n ").append(i + 1).append(". ").append(faults.get(i));
        }
        return text.toString();
    }

    /// Throws a [ConfigException] with the formatted message unless `condition` holds.
    public static void config(boolean condition, String format, @Nullable Object... arguments) {
        if (!condition) {
            throw new ConfigException(String.format(Locale.ROOT, format, arguments));
        }
    }

    /// Throws a [ShapeException] with the formatted message unless `condition` holds.
    public static void shape(boolean condition, String format, @Nullable Object... arguments) {
        if (!condition) {
            throw new ShapeException(String.format(Locale.ROOT, format, arguments));
        }
    }

    /// Throws a [DataException] with the formatted message unless `condition` holds.
    public static void data(boolean condition, String format, @Nullable Object... arguments) {
        if (!condition) {
            throw new DataException(String.format(Locale.ROOT, format, arguments));
        }
    }
}
