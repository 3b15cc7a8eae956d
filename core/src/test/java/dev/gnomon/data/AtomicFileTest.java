package dev.gnomon.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.check.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir private Path folder;

    @Test
    void replacesAFile() throws IOException {
        var file = Files.writeString(folder.resolve("a"), "old and longer");
        AtomicFile.write(file, out -> out.write('n'));
        assertThat(file).hasContent("n");
    }

    @Test
    void whatFailsLeavesTheOldFileAndNothingElse() throws IOException {
        var file = Files.writeString(folder.resolve("a"), "old");
        assertThatThrownBy(() ->
                        AtomicFile.write(
                                file,
                                out -> {
                                    out.write(new byte[1 << 20]);
                                    throw new IOException("the disk is full");
                                }))
                .isInstanceOf(DataException.class)
                .hasMessage(file + ": cannot be written: java.io.IOException: the disk is full.");
        assertThatThrownBy(() ->
                        AtomicFile.write(
                                file,
                                out -> {
                                    throw new IllegalStateException();
                                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(file).hasContent("old");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aThreadToldToStopCanStillSave() {
        var file = folder.resolve("a.npy");
        Thread.currentThread().interrupt();
        try {
            Npy.write(file, Column.labels(1, 2, 3));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(Npy.read(file).ints()).containsExactly(1, 2, 3);
    }

    @Test
    void aMissingFolderIsNamed() {
        var file = folder.resolve("none").resolve("a");
        assertThatThrownBy(() -> AtomicFile.write(file, out -> out.write(1)))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        file
                                + ": cannot be written: the folder "
                                + file.getParent()
                                + " does not exist.");
    }
}
