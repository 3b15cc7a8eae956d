package dev.gnomon.cli;

import static dev.gnomon.cli.CommandFixture.here;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `gnomon check`, and the linter in `gnomon train`.
class CheckCommandTest {
    @TempDir private Path folder;

    @BeforeEach
    void prepare() {
        CommandFixture.data(folder.resolve("d.npz"), 80, 0);
        CommandFixture.network(folder.resolve("n.keras"));
    }

    private CommandFixture.Result command(String name, String... more) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                name,
                                folder.resolve("n.keras").toString(),
                                "--data",
                                folder.resolve("d.npz").toString()));
        words.addAll(Arrays.asList(more));
        return here(words.toArray(String[]::new));
    }

    @Test
    void nothingIsFoundInARightSetUp() {
        var result = command("check", "--json").succeeds();
        assertThat(result.out()).startsWith("Nothing found: the set-up looks right.");
        assertThat(result.json().path("findings").isEmpty()).isTrue();
    }

    @Test
    void whatIsFoundIsTheExitCodeAndCanBeSwitchedOff() {
        var result = command("check", "--batch-size", "1000", "--json");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .startsWith("The batch size is 1000, but there are 80 samples to train on");
        assertThat(result.json().path("findings").get(0).path("rule").asString())
                .isEqualTo("batch-larger-than-set");
        command("check", "--batch-size", "1000", "--lint-off", "batch-larger-than-set").succeeds();
        command("check", "--batch-size", "1000", "--lint-off", "all").succeeds();
    }

    @Test
    void labelsOfAnotherFormAreFindings() {
        var result = command("check", "--loss", "categorical_crossentropy");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out())
                .contains("use sparse_categorical_crossentropy")
                .contains("[label-form]");
    }

    @Test
    void unknownRulesAreRefused() {
        var result = command("check", "--lint-off", "nope");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .startsWith(
                        "--lint-off: there is no rule \"nope\"; there are all, unscaled-input, ");
    }

    @Test
    void trainWarnsBesideItsOutput() {
        String out = folder.resolve("o.keras").toString();
        var result = command("train", "--epochs", "1", "--batch-size", "100", "--out", out);
        assertThat(result.code()).isZero();
        assertThat(result.err())
                .isEqualToIgnoringNewLines(
                        "Warning: The batch size is 100, but there are 80 samples to train on: an epoch is one step. Use a"
                                + " smaller batch or more samples. [batch-larger-than-set]");
        var silent =
                command(
                        "train",
                        "--epochs",
                        "1",
                        "--batch-size",
                        "100",
                        "--lint-off",
                        "all",
                        "--out",
                        out);
        assertThat(silent.err()).isEmpty();
    }
}
