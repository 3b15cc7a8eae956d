package dev.gnomon.train;

import dev.gnomon.check.ConfigException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// File names with places for figures: `{epoch:02d}-{val_loss:.2f}.keras`.
final class FilePattern {
    private static final Pattern PLACE = Pattern.compile("\\{([^{}:]*)(?::([^{}]*))?}");
    private static final Pattern WHOLE = Pattern.compile("(0?\\d*)d?");
    private static final Pattern FRACTION = Pattern.compile("(0?\\d*\\.\\d+)([feg])");

    private FilePattern() {}

    /// Answers forms that cannot be filled.
    static void check(String pattern) {
        Matcher place = PLACE.matcher(pattern);
        while (place.find()) {
            String form = place.group(2) == null ? "" : place.group(2);
            if (!WHOLE.matcher(form).matches() && !FRACTION.matcher(form).matches()) {
                throw new ConfigException(
                        "\""
                                + pattern
                                + "\": the form \""
                                + form
                                + "\" is not known. Use {epoch:02d} for whole numbers and {val_loss:.2f} for others.");
            }
        }
    }

    static String fill(String pattern, int epoch, int batch, Logs logs) {
        Matcher place = PLACE.matcher(pattern);
        StringBuilder filled = new StringBuilder();
        while (place.find()) {
            String name = place.group(1);
            String form = place.group(2) == null ? "" : place.group(2);
            String text =
                    switch (name) {
                        case "epoch" -> whole(form, epoch);
                        case "batch" -> whole(form, batch);
                        default -> number(form, figure(pattern, name, logs));
                    };
            place.appendReplacement(filled, Matcher.quoteReplacement(text));
        }
        return place.appendTail(filled).toString();
    }

    private static double figure(String pattern, String name, Logs logs) {
        Double value = logs.values().get(name);
        if (value == null) {
            throw new ConfigException(
                    "\""
                            + pattern
                            + "\": there is no figure \""
                            + name
                            + "\"; there are epoch, batch and "
                            + logs.values().keySet()
                            + ".");
        }
        return value;
    }

    private static String whole(String form, int value) {
        String width = form.replace("d", "");
        return FRACTION.matcher(form).matches()
                ? number(form, value)
                : String.format(Locale.ROOT, "%" + (width.equals("0") ? "" : width) + "d", value);
    }

    /// A lone 0 before the point asks Python for no width.
    private static String number(String form, double value) {
        Matcher fraction = FRACTION.matcher(form);
        if (!fraction.matches()) {
            return Double.toString(value);
        }
        String width = fraction.group(1);
        return String.format(
                Locale.ROOT,
                "%" + (width.startsWith("0.") ? width.substring(1) : width) + fraction.group(2),
                value);
    }
}
