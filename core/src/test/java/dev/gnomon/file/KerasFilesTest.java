package dev.gnomon.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files written by real Keras, versions 2.0.8 to 3.16: each is read, written and read again.
class KerasFilesTest {
    private static List<Path> files(String folder, String ending) throws IOException {
        try (var files = Files.list(Fixtures.data(folder))) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    private static void h5GivesTheTreeBack(String folder) throws IOException {
        for (Path file : files(folder, ".h5")) {
            H5Group tree = H5Reader.read(file);
            assertThat(tree.allDatasets()).as(file.toString()).isNotEmpty();
            assertThat(H5Reader.read(H5Writer.toBytes(tree), "again"))
                    .as(file.toString())
                    .isEqualTo(tree);
        }
    }

    private static void archivesGiveEverythingBack(String folder, Path temporary)
            throws IOException {
        for (Path file : files(folder, ".keras")) {
            KerasArchive archive = KerasArchive.read(file);
            archive.write(temporary);
            KerasArchive again = KerasArchive.read(temporary);
            assertThat(again.weights()).as(file.toString()).isEqualTo(archive.weights());
            assertThat(again.config()).as(file.toString()).isEqualTo(archive.config());
            assertThat(Json.write(archive.config())).isEqualTo(text(file, "config.json"));
            assertThat(Json.write(archive.metadata())).isEqualTo(text(file, "metadata.json"));
        }
    }

    private static String text(Path file, String member) throws IOException {
        try (var zip = new ZipFile(file.toFile());
                var in = zip.getInputStream(zip.getEntry(member))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void goldenH5() throws IOException {
        h5GivesTheTreeBack("keras-golden");
    }

    @Test
    void strangersH5() throws IOException {
        h5GivesTheTreeBack("keras-models");
    }

    @Test
    void goldenArchives(@TempDir Path folder) throws IOException {
        archivesGiveEverythingBack("keras-golden", folder.resolve("x.keras"));
    }

    @Test
    void strangersArchives(@TempDir Path folder) throws IOException {
        archivesGiveEverythingBack("keras-models", folder.resolve("x.keras"));
    }

    @Test
    void groupsOfTheClockAreNamedByClass() {
        H5Group weights =
                KerasArchive.read(Fixtures.data("keras-golden").resolve("clock.keras")).weights();
        assertThat(weights.groups().get("layers"))
                .isNotNull()
                .satisfies(layers ->
                        assertThat(layers.groups().keySet())
                                .contains(
                                        "batch_normalization",
                                        "conv2d",
                                        "conv2d_1",
                                        "dense",
                                        "dense_1",
                                        "input_layer"));
        assertThat(weights.array("optimizer/vars/0")).isNotNull();
    }
}
