package dev.gnomon.cli;

import dev.gnomon.file.Json;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/// How a command speaks: the options `--quiet` and `--json`, lines, progress, and the figures at the end.
final class Output {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    @Option(names = "--json", description = "End with the figures as one line of JSON.")
    private boolean json;

    /// A line that belongs to the progress.
    void progressLine(String text) {
        if (!quiet) {
            line(text);
        }
    }

    /// A line that belongs to the result.
    void line(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
    }

    /// A line beside the output, which is heard also where that goes into a file.
    void warn(Object what) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("Warning: " + what);
        err.flush();
    }

    /// The figures, where they are wanted; nothing may be printed after them.
    void figures(ObjectNode figures) {
        if (json) {
            line(Json.write(figures));
        }
    }

    /// Long work of so many parts: a bar on a terminal, lines elsewhere.
    Progress progress(String what, long parts) {
        if (quiet) {
            return Progress.silent();
        }
        return onTerminal()
                ? Progress.bar(what, 0, parts)
                : Progress.lines(what, parts, this::line);
    }

    /// As [#progress], but elsewhere than on a terminal it says nothing until it is done.
    ///
    /// @param done how many parts were done before
    Progress bar(String what, long done, long parts) {
        return !quiet && onTerminal() ? Progress.bar(what, done, parts) : Progress.silent();
    }

    @SuppressWarnings("SystemConsoleNull") // null where jdk.console says so
    private static boolean onTerminal() {
        var console = System.console();
        return console != null && console.isTerminal();
    }

    /// A number that JSON can hold: what is not finite becomes null.
    private static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }

    /// Numbers by their names.
    static ObjectNode figures(Map<String, Double> values) {
        var node = Json.object();
        values.forEach((name, value) -> put(node, name, value));
        return node;
    }
}
