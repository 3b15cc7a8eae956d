package dev.gnomon.report;

import java.util.Locale;

/// Numbers in sentences, the same in every country.
public final class Texts {
    private Texts() {}

    /// As [String#format], with points in numbers and commas between thousands.
    @SuppressWarnings("AnnotateFormatMethod")
    public static String text(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}
