package dev.gnomon.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir Path folder = Path.of("");

    @Test
    void replacesTheFile() {
        Path path = folder.resolve("x.txt");
        AtomicFile.write(path, "old");
        AtomicFile.write(path, "new");
        assertThat(path).hasContent("new");
        assertThat(folder).isDirectoryContaining(file -> file.equals(path));
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void keepsTheOldFileOnFailure() {
        Path path = folder.resolve("x.txt");
        AtomicFile.write(path, "old");
        assertThatThrownBy(() ->
                        AtomicFile.write(
                                path,
                                out -> {
                                    out.write(new byte[100_000]);
                                    throw new IOException("No space left on device");
                                }))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(
                        path
                                + ": cannot be written: No space left on device. What was there before is unchanged.");
        assertThatThrownBy(() ->
                        AtomicFile.write(
                                path,
                                out -> {
                                    throw new IllegalStateException("bug");
                                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(path).hasContent("old");
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void writesThroughLinks() throws IOException {
        Path path = folder.resolve("x.txt");
        AtomicFile.write(path, "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), path.getFileName());
        AtomicFile.write(link, "new");
        assertThat(path).hasContent("new");
        assertThat(link).isSymbolicLink();
    }

    @Test
    void saysThatTheFolderIsMissing() {
        Path path = folder.resolve("none").resolve("x.txt");
        assertThatThrownBy(() -> AtomicFile.write(path, "x"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith(
                        path + ": cannot be written: there is no folder " + path.getParent());
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
}
