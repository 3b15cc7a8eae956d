package dev.gnomon.data;

import dev.gnomon.check.DataException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// The Python literal in an .npy header: a dictionary of exactly `descr`, `fortran_order` and `shape`. Nothing is
/// evaluated; whatever else is written there is a fault.
final class NpyLiteral {
    private final String text;
    private final String where;
    private final int offset;
    private int at;

    private @Nullable String descr;
    private @Nullable Boolean fortranOrder;
    private long @Nullable [] shape;

    private NpyLiteral(byte[] text, String where, int offset) {
        this.text = new String(text, StandardCharsets.ISO_8859_1);
        this.where = where;
        this.offset = offset;
    }

    /// @param offset where in the file the text begins, for messages
    static NpyLiteral parse(byte[] text, String where, int offset) {
        var literal = new NpyLiteral(text, where, offset);
        literal.dictionary();
        return literal;
    }

    String descr() {
        return known(descr, "descr");
    }

    boolean fortranOrder() {
        return known(fortranOrder, "fortran_order");
    }

    long[] shape() {
        return known(shape, "shape");
    }

    private <T> T known(@Nullable T value, String key) {
        if (value == null) {
            throw new DataException(where + ": the header has no '" + key + "'.");
        }
        return value;
    }

    private void dictionary() {
        expect('{');
        while (peek() != '}') {
            entry();
            if (peek() == ',') {
                at++;
            } else if (peek() != '}') {
                throw fault("a comma or }");
            }
        }
        at++;
        while (at < text.length()) {
            if (" \n".indexOf(text.charAt(at)) < 0) {
                throw fault("the end of the header");
            }
            at++;
        }
    }

    private void entry() {
        int start = at;
        String key = string();
        expect(':');
        boolean repeated =
                switch (key) {
                    case "descr" -> descr != null;
                    case "fortran_order" -> fortranOrder != null;
                    case "shape" -> shape != null;
                    default -> true;
                };
        if (repeated) {
            at = start;
            throw fault("each of 'descr', 'fortran_order' and 'shape' once");
        }
        switch (key) {
            case "descr" -> descr = peek() == '[' ? structured() : string();
            case "fortran_order" -> fortranOrder = bool();
            default -> shape = tuple();
        }
    }

    private String structured() {
        throw new DataException(
                where
                        + ": the array has named fields (a structured type), which cannot be read."
                        + " Save each field as an array of its own.");
    }

    private String string() {
        char quote = peek();
        if (quote != '\'' && quote != '"') {
            throw fault("a string in quotes");
        }
        int end = text.indexOf(quote, at + 1);
        String value = end < 0 ? "" : text.substring(at + 1, end);
        if (end < 0 || value.indexOf('\\') >= 0) {
            throw fault("a plain string in quotes");
        }
        at = end + 1;
        return value;
    }

    private boolean bool() {
        peek();
        if (text.startsWith("True", at)) {
            at += 4;
            return true;
        }
        if (text.startsWith("False", at)) {
            at += 5;
            return false;
        }
        throw fault("True or False");
    }

    private long[] tuple() {
        expect('(');
        var sizes = new ArrayList<Long>();
        boolean comma = true;
        while (peek() != ')') {
            if (!comma) {
                throw fault("a comma or )");
            }
            sizes.add(number());
            comma = peek() == ',';
            at += comma ? 1 : 0;
        }
        if (sizes.size() == 1 && !comma) {
            throw fault("a comma, as in (3,)");
        }
        at++;
        return sizes.stream().mapToLong(Long::longValue).toArray();
    }

    private long number() {
        int start = at;
        while (at < text.length() && Character.digit(text.charAt(at), 10) >= 0) {
            at++;
        }
        int end = at;
        if (end == start || end - start > 19) {
            at = start;
            throw fault("a size of at most 19 digits");
        }
        if (at < text.length() && text.charAt(at) == 'L') {
            at++; // Python 2 wrote it behind long numbers
        }
        try {
            return Long.parseLong(text.substring(start, end));
        } catch (NumberFormatException e) {
            at = start;
            throw fault("a size below 2^63");
        }
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw fault("'" + wanted + "'");
        }
        at++;
    }

    /// The next character that is no blank; 0 at the end.
    private char peek() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private DataException fault(String expected) {
        String found =
                at >= text.length()
                        ? "the end"
                        : "\""
                                + printable(text.substring(at, Math.min(text.length(), at + 12)))
                                + "\"";
        return new DataException(
                where
                        + ": the header at offset "
                        + (offset + at)
                        + " needs "
                        + expected
                        + ", but has "
                        + found
                        + ".");
    }

    private static String printable(String part) {
        return part.replaceAll("[^ -~]", "?");
    }
}
