package dev.gnomon.docs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A doc comment in Markdown: its text and what it says of parameters.
///
/// @param text the text before the first tag
/// @param parameters what is said of each parameter, on one line
record Doc(String text, Map<String, String> parameters) {
    private static final Pattern TAG =
            Pattern.compile("^@(\\w+) (\\S+)(.*?)(?=^@|\\z)", Pattern.MULTILINE | Pattern.DOTALL);

    static Doc of(String comment) {
        String plain = comment.strip();
        Matcher tags = TAG.matcher(plain);
        var parameters = new LinkedHashMap<String, String>();
        int end = plain.length();
        while (tags.find()) {
            end = Math.min(end, tags.start());
            if (tags.group(1).equals("param")) {
                parameters.put(tags.group(2), line(tags.group(3)));
            }
        }
        return new Doc(plain.substring(0, end).strip(), parameters);
    }

    /// A text on one line.
    private static String line(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    /// The text on one line, with what it says of parameters.
    String line() {
        var all = new StringBuilder(line(text));
        parameters.forEach((name, meaning) ->
                all.append(all.isEmpty() ? "" : " ")
                        .append("`" + name + "`: " + meaning)
                        .append(meaning.endsWith(".") ? "" : "."));
        return all.toString();
    }

    /// The first sentence.
    String summary() {
        String whole = line(text.split("\n\n", 2)[0]);
        Matcher sentence = Pattern.compile("^.*?[.:](?= [A-Z]|$)").matcher(whole);
        return (sentence.find() ? sentence.group() : whole).replaceAll(":$", ".");
    }
}
