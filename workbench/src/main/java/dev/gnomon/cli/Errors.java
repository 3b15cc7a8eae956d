package dev.gnomon.cli;

import dev.gnomon.check.GnomonException;
import dev.gnomon.check.NativeException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Turns exceptions into a sentence on standard error and an exit code.
///
/// A [GnomonException], but for one of the native library, and an [IllegalArgumentException] say that something the user
/// gave is wrong: exit code 2. All else is a failure while running: exit code 1.
///
/// @param stacktrace whether the stack trace follows the sentence
record Errors(boolean stacktrace)
        implements IParameterExceptionHandler, IExecutionExceptionHandler {
    @Override
    public int handleParseException(ParameterException e, String[] args) {
        var command = e.getCommandLine();
        var name = command.getCommandSpec().qualifiedName();
        print(command, e, usageSentence(e) + " See: " + name + " --help");
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
        return e instanceof IllegalArgumentException
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

    /// An exception without a message is a fault of ours: its type is all there is to say.
    private static String sentence(Throwable e) {
        var message = e.getMessage();
        return message == null || message.isBlank()
                ? "Failed with " + e.getClass().getSimpleName() + "; --stacktrace shows where."
                : message;
    }

    private static String usageSentence(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            var name = e.getCommandLine().getCommandSpec().qualifiedName();
            var sentence = name + " does not know '" + unmatched.getUnmatched().getFirst() + "'.";
            var near = unmatched.getSuggestions();
            return near.isEmpty()
                    ? sentence
                    : sentence + " Did you mean " + String.join(", ", near) + "?";
        }
        return withFullStop(sentence(e));
    }

    private static String withFullStop(String message) {
        return message.endsWith(".") ? message : message + ".";
    }
}
