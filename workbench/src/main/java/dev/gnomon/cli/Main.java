package dev.gnomon.cli;

import dev.gnomon.Gnomon;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The command `gnomon`.
///
/// Exit codes: 0 done, 1 failed while running, 2 bad usage or bad input. An error is a sentence or
/// two on standard error; with `--stacktrace` the stack trace follows.
@Command(
        name = "gnomon",
        description = "Neural networks on the JVM, compiled.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Example: gnomon train clock_reader --data clocks",
            "Help for a command: gnomon train --help"
        },
        versionProvider = Main.Version.class,
        subcommands = {
            DoctorCommand.class,
            DataCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            PredictCommand.class,
            SummaryCommand.class,
            CheckCommand.class,
            StudyCommand.class,
            BenchCommand.class
        },
        mixinStandardHelpOptions = true)
public final class Main implements Runnable {
    private static final String STACKTRACE = "--stacktrace";

    @Spec private CommandSpec spec;

    /// Declared for the parser and the help; [Errors] is told by the words themselves, since parsing
    /// may be what fails.
    @SuppressWarnings("unused")
    @Option(
            names = STACKTRACE,
            scope = ScopeType.INHERIT,
            description = "With an error, show where in the program it arose.")
    private boolean stacktrace;

    private Main() {}

    /// Runs the command and ends the process with its exit code.
    ///
    /// @param args the words after `gnomon`
    public static void main(String[] args) {
        var out = new PrintWriter(System.out, true, System.out.charset());
        var err = new PrintWriter(System.err, true, System.err.charset());
        System.exit(run(out, err, args));
    }

    /// Runs the command within this process.
    ///
    /// @param out receives what the command prints
    /// @param err receives errors
    /// @param args the words after `gnomon`
    /// @return the exit code
    static int run(PrintWriter out, PrintWriter err, String... args) {
        var errors = new Errors(List.of(args).contains(STACKTRACE));
        var line =
                new CommandLine(new Main())
                        .setOut(out)
                        .setErr(err)
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .setParameterExceptionHandler(errors)
                        .setExecutionExceptionHandler(errors);
        try {
            return line.execute(args);
        } catch (Error e) {
            return errors.failed(line, e);
        }
    }

    /// Called when no command is named.
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command.");
    }

    /// What `--version` prints.
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"gnomon " + Gnomon.version()};
        }
    }
}
