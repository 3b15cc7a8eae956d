package dev.gnomon.cli;

import dev.gnomon.check.GnomonException;
import dev.gnomon.check.NativeException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Turns exceptions into a sentence on standard error and an exit code.
///
/// A [GnomonException], but for one of the native library, and an [InvalidPathException] say that something the user gave
/// is wrong: exit code 2. All else is a failure while running: exit code 1.
///
/// @param stacktrace whether the stack trace follows the sentence
record Errors(boolean stacktrace)
        implements IParameterExceptionHandler, IExecutionExceptionHandler {
    @Override
    public int handleParseException(ParameterException e, String[] args) {
        var command = e.getCommandLine();
        var name = command.getCommandSpec().qualifiedName();
        print(command, e, usageSentence(e, name));
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        print(command, e, sentence(e));
        return isBadInput(e) ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    /// Out of memory, no native library, a fault of ours: what no command can go on after.
    int failed(CommandLine command, Error e) {
        var cause = e.getCause();
        print(
                command,
                e,
                e instanceof OutOfMemoryError
                        ? "There is not enough memory ("
                                + e.getMessage()
                                + "). Use a smaller batch or fewer samples."
                        : sentence(cause instanceof GnomonException ? cause : e));
        return ExitCode.SOFTWARE;
    }

    private static boolean isBadInput(Exception e) {
        return e instanceof InvalidPathException
                || (e instanceof GnomonException && !(e instanceof NativeException));
    }

    private void print(CommandLine command, Throwable e, String sentence) {
        var err = command.getErr();
        err.println(sentence);
        if (stacktrace) {
            e.printStackTrace(err);
        }
        err.flush();
    }

    /// What is not made to be read by users is a fault of ours.
    private static String sentence(Throwable e) {
        boolean told =
                e instanceof GnomonException
                        || e instanceof ParameterException
                        || e instanceof InvalidPathException
                        || e instanceof UncheckedIOException;
        return told
                ? String.valueOf(e.getMessage())
                : "This is a fault of Gnomon: " + e + "; --stacktrace shows where.";
    }

    private static String usageSentence(ParameterException e, String command) {
        String help = " See: " + command + " --help";
        if (e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            var word = unmatched.getUnmatched().getFirst();
            var later = Later.sentence(command, word);
            if (later != null) {
                return later;
            }
            var near =
                    e.getCommandLine().getSubcommands().keySet().stream()
                            .filter(name -> isNear(word, name))
                            .toList();
            return command
                    + " does not know '"
                    + word
                    + "'."
                    + (near.isEmpty() ? "" : " Did you mean " + String.join(", ", near) + "?")
                    + help;
        }
        return withFullStop(sentence(e)) + help;
    }

    /// Whether two letters changed, added or left out at the most make one word of the other.
    private static boolean isNear(String word, String name) {
        int[] row = IntStream.rangeClosed(0, name.length()).toArray();
        for (int i = 1; i <= word.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= name.length(); j++) {
                int changed = diagonal + (word.charAt(i - 1) == name.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[name.length()] <= 2 && word.length() > 2;
    }

    private static String withFullStop(String message) {
        return message.endsWith(".") ? message : message + ".";
    }
}
