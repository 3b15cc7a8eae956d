package dev.gnomon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.Gnomon;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void versionGoesToStandardOutput() {
        assertThat(run("--version")).isZero();
        assertThat(out).hasToString("gnomon " + Gnomon.version() + System.lineSeparator());
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void helpGoesToStandardOutput() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: gnomon").contains("--stacktrace");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void withoutCommandIsBadUsage() {
        assertThat(run()).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err).hasToString("Name a command. See: gnomon --help" + System.lineSeparator());
    }

    @Test
    void unknownOptionIsBadUsageInOneSentence() {
        assertThat(run("--nonsense")).isEqualTo(2);
        assertThat(err)
                .hasToString(
                        "Unknown option: '--nonsense'. See: gnomon --help"
                                + System.lineSeparator());
    }

    @Test
    void unknownCommandIsBadUsageInOneSentence() {
        assertThat(run("nonsense", "--data", "clocks")).isEqualTo(2);
        assertThat(err)
                .hasToString(
                        "gnomon does not know 'nonsense'. See: gnomon --help"
                                + System.lineSeparator());
    }

    @Test
    void stacktraceShowsWhere() {
        assertThat(run("--stacktrace")).isEqualTo(2);
        assertThat(err.toString()).contains("Name a command.").contains("\tat dev.gnomon.cli.Main");
    }

    private int run(String... args) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
