package dev.gnomon.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.check.FormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KerasArchiveTest {
    @TempDir Path folder = Path.of("");

    private Path path = Path.of("");

    @BeforeEach
    void choosePath() {
        path = folder.resolve("model.keras");
    }

    private static KerasArchive sample() {
        Map<String, byte[]> extras = new LinkedHashMap<>();
        extras.put("provenance.json", "{}".getBytes(StandardCharsets.UTF_8));
        extras.put("assets/words/vocabulary.txt", "a\nb\n".getBytes(StandardCharsets.UTF_8));
        var metadata =
                Json.object()
                        .put("keras_version", "3.16.0")
                        .put("date_saved", "2026-11-21@07:08:44");
        return new KerasArchive(
                metadata, Json.object().put("class_name", "Sequential"), Fixtures.tree(), extras);
    }

    /// The members of a valid archive, which tests then spoil.
    private static Map<String, byte[]> members() {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("metadata.json", "{}".getBytes(StandardCharsets.UTF_8));
        members.put("config.json", "{}".getBytes(StandardCharsets.UTF_8));
        members.put("model.weights.h5", H5Writer.toBytes(Fixtures.tree()));
        return members;
    }

    private static byte[] deflated(Map<String, byte[]> members) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var member : members.entrySet()) {
                zip.putNextEntry(new ZipEntry(member.getKey()));
                zip.write(member.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private void refuses(Map<String, byte[]> members, String message) throws IOException {
        refuses(deflated(members), message);
    }

    private void refuses(byte[] bytes, String message) throws IOException {
        Files.write(path, bytes);
        assertThatThrownBy(() -> KerasArchive.read(path))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(path.toString())
                .hasMessageContaining(message);
    }

    @Test
    void givesEverythingBack() {
        sample().write(path);
        KerasArchive again = KerasArchive.read(path);
        assertThat(again.metadata()).isEqualTo(sample().metadata());
        assertThat(again.config()).isEqualTo(sample().config());
        assertThat(again.weights()).isEqualTo(sample().weights());
        assertThat(again.extras()).containsExactlyEntriesOf(sample().extras());
    }

    @Test
    void storesItsMembersInOrderAndTheSameBytesEachTime() throws IOException {
        sample().write(path);
        byte[] first = Files.readAllBytes(path);
        try (var zip = new ZipFile(path.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName))
                    .containsExactly(
                            "metadata.json",
                            "config.json",
                            "model.weights.h5",
                            "provenance.json",
                            "assets/words/vocabulary.txt");
            int texts = ZipEntry.DEFLATED;
            int stored = ZipEntry.STORED;
            assertThat(zip.stream().map(ZipEntry::getMethod))
                    .containsExactly(texts, texts, stored, stored, stored);
        }
        KerasArchive.read(path).write(path);
        assertThat(path).hasBinaryContent(first);
    }

    @Test
    void readsDeflatedMembers() throws IOException {
        Files.write(path, deflated(members()));
        assertThat(KerasArchive.read(path).weights()).isEqualTo(Fixtures.tree());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "a/../../evil", "/etc/x", "C:/x", "a\\b", ".."})
    void refusesNamesThatReachOut(String name) throws IOException {
        var members = members();
        members.put(name, new byte[1]);
        refuses(members, "has a name that reaches out of the archive");
        Map<String, byte[]> extras = Map.of(name, new byte[0]);
        assertThatThrownBy(
                        () -> new KerasArchive(Json.object(), Json.object(), H5Group.EMPTY, extras))
                .isInstanceOf(FormatException.class);
    }

    @Test
    void refusesMembersThatAppearTwice() throws IOException {
        var members = members();
        members.put("config.jsoX", new byte[1]);
        String text =
                new String(deflated(members), StandardCharsets.ISO_8859_1).replace("jsoX", "json");
        refuses(
                text.getBytes(StandardCharsets.ISO_8859_1),
                "the member \"config.json\" appears twice");
    }

    @Test
    void refusesBombs() throws IOException {
        var members = members();
        members.put("zeros", new byte[100_000_000]);
        refuses(
                members,
                "the member \"zeros\" declares 100000000 bytes, which does not fit a file of");
    }

    @Test
    void refusesDamagedMembers() throws IOException {
        sample().write(path);
        byte[] bytes = Files.readAllBytes(path);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("HDF");
        bytes[at + 100]++;
        refuses(bytes, "the check sum of the member \"model.weights.h5\" is wrong");
    }

    @Test
    void refusesOtherForms() throws IOException {
        var members = members();
        byte[] weights = members.remove("model.weights.h5");
        refuses(members, "has no model.weights.h5");
        members.put("model.weights.npz", weights);
        refuses(
                members,
                "keeps its weights as .npz, which is not read; save it with model.weights.h5.");
        members.remove("config.json");
        refuses(members, "has no config.json, so it is not a .keras file.");
        refuses(new byte[] {1, 2, 3}, "cannot be read as a zip");
        assertThatThrownBy(() -> KerasArchive.read(folder)).hasMessageContaining("is a folder");
    }

    @Test
    void faultsNameTheMember() throws IOException {
        var members = members();
        members.put("config.json", "[1]".getBytes(StandardCharsets.UTF_8));
        refuses(members, "model.keras!config.json: a JSON object was expected, but this is array.");
    }
}
