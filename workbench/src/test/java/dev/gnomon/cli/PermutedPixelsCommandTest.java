package dev.gnomon.cli;

import static dev.gnomon.cli.CommandFixture.here;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PermutedPixelsCommandTest {
    @TempDir private Path folder;

    @Test
    void isListed() {
        assertThat(here("study", "list").succeeds().out()).contains("permuted-pixels");
    }

    @Test
    void missingDataIsAnsweredByWhatBringsIt() {
        var result =
                here(
                        "study",
                        "run",
                        "permuted-pixels",
                        "--data-dir",
                        folder + "/data",
                        "--out",
                        folder + "/out");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .contains(
                        "permuted-pixels needs MNIST, Fashion-MNIST and CIFAR-10, but "
                                + folder
                                + "/data lacks MNIST, Fashion-MNIST, CIFAR-10. Bring them with: gnomon data fetch mnist; gnomon"
                                + " data fetch fashion-mnist; gnomon data fetch cifar-10 (or name another folder with --data-dir"
                                + " or GNOMON_DATA).");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void ownDataIsRefused() {
        var result =
                here(
                        "study",
                        "run",
                        "permuted-pixels",
                        "--data",
                        folder.toString(),
                        "--out",
                        folder + "/out");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .contains(
                        "--data: permuted-pixels has its own pictures (MNIST, Fashion-MNIST, CIFAR-10)",
                        "Leave --data out");
    }
}
