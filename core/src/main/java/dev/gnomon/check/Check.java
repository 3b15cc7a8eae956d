package dev.gnomon.check;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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

    /// Throws a [ConfigException] where a setting is NaN or infinite: no file could hold it. Null is no fault.
    ///
    /// @param where the class of the setting
    /// @param setting its name
    public static void finite(String where, String setting, @Nullable Double value) {
        config(
                value == null || Double.isFinite(value),
                "%s: %s must be a finite number, but is %s.",
                where,
                setting,
                value);
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
