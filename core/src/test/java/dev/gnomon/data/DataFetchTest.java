package dev.gnomon.data;

import static dev.gnomon.data.BadServer.breaks;
import static dev.gnomon.data.BadServer.right;
import static dev.gnomon.data.BadServer.status;
import static dev.gnomon.data.BadServer.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gnomon.random.Key;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DataFetchTest {
    private static final Duration PATIENCE = Duration.ofMillis(800);
    private static final byte[] CONTENT = bytes(300_000);

    @TempDir private Path folder;
    private BadServer server;
    private BadServer mirror;

    @BeforeEach
    void start() throws IOException {
        server = new BadServer();
        mirror = new BadServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        mirror.close();
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) Key.of(count).intAt(i, 256);
        }
        return bytes;
    }

    private static String sha256(byte[] bytes) throws IOException {
        return Digest.of(new ByteArrayInputStream(bytes), Long.MAX_VALUE).sha256();
    }

    private KnownDataSet set() throws IOException {
        return new KnownDataSet(
                "small",
                "Small",
                "ours",
                List.of(server.address(), mirror.address()),
                List.of(KnownFile.plain("f.bin", CONTENT.length, sha256(CONTENT))),
                null,
                List.of());
    }

    private List<FileCheck> fetch() throws IOException {
        return DataFetch.fetch(set(), folder, PATIENCE, (_, _, _) -> {});
    }

    private Path file() {
        return folder.resolve("small/f.bin");
    }

    private void fetches() throws IOException {
        assertThat(fetch()).allMatch(FileCheck::isRight);
        assertThat(file()).hasBinaryContent(CONTENT);
        assertThat(folder.resolve("small").toFile().list()).containsExactly("f.bin");
    }

    private void fails(String message) {
        assertThatThrownBy(this::fetch)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(
                        message.replace("S/", server.address()).replace("M/", mirror.address()));
        assertThat(file()).doesNotExist();
    }

    @Test
    void fetchesOnce() throws IOException {
        server.on("f.bin", right(CONTENT));
        fetches();
        fetches();
        assertThat(server.requests).containsExactly("/f.bin -1");
        Files.write(file(), new byte[] {1});
        fetches();
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void goesOnWhereTheConnectionBroke() throws IOException {
        server.on("f.bin", breaks(CONTENT, 70_000));
        fetches();
        var from = from(server.requests);
        assertThat(from).hasSizeGreaterThanOrEqualTo(5).isSorted().doesNotHaveDuplicates();
        for (int i = 1;
                i < from.size();
                i++) { // a connection that breaks may lose what was sent last
            assertThat(from.get(i) - Math.max(0, from.get(i - 1))).isLessThanOrEqualTo(70_000);
        }
        assertThat(mirror.requests).isEmpty();
    }

    /** The byte from which each request asks; -1 for the whole file. */
    private static List<Integer> from(List<String> requests) {
        return requests.stream()
                .map(request -> Integer.parseInt(request.substring("/f.bin ".length())))
                .toList();
    }

    @Test
    void theNextRunGoesOn() throws IOException {
        server.on(
                "f.bin",
                (out, from, _) -> BadServer.answer(out, CONTENT, from, from < 0 ? 120_000 : from));
        var part = folder.resolve("small/f.bin.part");
        Throwable failure = catchThrowable(this::fetch);
        assertThat(file()).doesNotExist();
        long kept = Files.size(part);
        assertThat(kept).isBetween(1L, 120_000L); // what was sent last may be lost
        assertThat(failure)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(
                        "f.bin could not be fetched. %sf.bin: the connection ended after %d of 300000 bytes; %sf.bin: answers with status 404. What has come is kept in %s; the same command goes on with it.",
                        server.address(), kept, mirror.address(), part);
        server.requests.clear();
        server.on("f.bin", right(CONTENT));
        fetches();
        assertThat(server.requests).containsExactly("/f.bin " + kept);
    }

    @Test
    void aServerWithoutRangesBeginsAgain() throws IOException {
        server.on(
                "f.bin",
                (out, from, number) -> {
                    if (number == 0) {
                        breaks(CONTENT, 1000).write(out, -1, 0);
                    } else {
                        whole(CONTENT).write(out, from, number);
                    }
                });
        fetches();
        assertThat(from(server.requests)).hasSize(2).startsWith(-1);
        assertThat(from(server.requests).get(1)).isLessThanOrEqualTo(1000);
    }

    @Test
    void aPartOfAnotherFileIsThrownAway() throws IOException {
        server.on("f.bin", right(CONTENT));
        Files.createDirectories(folder.resolve("small"));
        Files.write(folder.resolve("small/f.bin.part"), bytes(5000));
        fetches();
        assertThat(server.requests).containsExactly("/f.bin 5000", "/f.bin -1");
        Files.delete(file());
        Files.write(folder.resolve("small/f.bin.part"), bytes(400_000));
        fetches();
        Files.delete(file());
        Files.write(folder.resolve("small/f.bin.part"), CONTENT);
        fetches();
    }

    @Test
    void theNextAddressIsTried() throws IOException {
        for (var answer :
                List.of(
                        status(404),
                        status(500),
                        right(bytes(300_000 - 1)),
                        right(Arrays.copyOf(bytes(600_000), 300_000)),
                        (BadServer.Answer) (_, _, _) -> {})) {
            server.on("f.bin", answer);
            mirror.on("f.bin", right(CONTENT));
            fetches();
            Files.delete(file());
        }
        server.close();
        fetches();
    }

    @Test
    void wrongBytesAndLengthsAreTold() throws IOException {
        byte[] other = CONTENT.clone();
        other[7]++;
        server.on("f.bin", right(other));
        mirror.on("f.bin", right(Arrays.copyOf(CONTENT, 299_999)));
        fails(
                "f.bin could not be fetched. S/f.bin: gave a file with SHA-256 "
                        + sha256(other)
                        + ", but it should have "
                        + sha256(CONTENT)
                        + "; M/f.bin: offers 299999 bytes, but the file has 300000.");
        assertThat(folder.resolve("small").toFile().list()).doesNotContain("f.bin.part");
        server.on("f.bin", status(500));
        mirror.on(
                "f.bin",
                (out, _, _) -> {
                    out.write(
                            "HTTP/1.1 200 -\r\nConnection: close\r\n\r\n"
                                    .getBytes(StandardCharsets.UTF_8));
                    out.write(CONTENT);
                    out.write(CONTENT);
                });
        assertThatThrownBy(this::fetch)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(
                        mirror.address() + "f.bin: gives more than the 300000 bytes of the file");
    }

    @Test
    void aSilentServerIsLeft() throws IOException {
        server.on(
                "f.bin",
                (out, _, number) -> {
                    BadServer.head(out, 200, CONTENT.length, "");
                    out.flush();
                    try {
                        Thread.sleep(20_000);
                    } catch (InterruptedException e) {
                        throw new IOException(number + "", e);
                    }
                });
        mirror.on("f.bin", right(CONTENT));
        fetches();
    }

    // ---- archives

    private KnownDataSet packed() throws IOException {
        return new KnownDataSet(
                "packed",
                "Packed",
                "ours",
                List.of(server.address()),
                List.of(
                        KnownFile.plain("a.bin", 2000, sha256(bytes(2000))),
                        KnownFile.plain("b.bin", 10, null)),
                new KnownArchive("p.tar.gz", "inner"),
                List.of());
    }

    private static Map<String, byte[]> entries() {
        var entries = new LinkedHashMap<String, byte[]>();
        entries.put("inner/", new byte[0]);
        entries.put("inner/../../../evil", new byte[5]);
        entries.put("/inner/a.bin", new byte[5]);
        entries.put("inner/a.bin", bytes(2000));
        entries.put("inner/b.bin", bytes(10));
        return entries;
    }

    @Test
    void anArchiveIsUnpackedAndRemoved() throws IOException {
        byte[] archive = TestTar.gz(entries());
        server.on("p.tar.gz", breaks(archive, archive.length / 2 + 1));
        for (int i = 0; i < 2; i++) {
            assertThat(DataFetch.fetch(packed(), folder, PATIENCE, (_, _, _) -> {}))
                    .allMatch(FileCheck::isRight);
        }
        assertThat(folder.resolve("packed").toFile().list())
                .containsExactlyInAnyOrder("a.bin", "b.bin");
        assertThat(folder.toFile().list()).containsExactly("packed");
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void aWrongArchiveLeavesNothing() throws IOException {
        var entries = entries();
        entries.put("inner/a.bin", bytes(1999));
        server.on("p.tar.gz", right(TestTar.gz(entries)));
        Path archive = folder.resolve("packed/p.tar.gz");
        assertThatThrownBy(() -> DataFetch.fetch(packed(), folder, PATIENCE, (_, _, _) -> {}))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(
                        archive
                                + ": a.bin in it has 1999 bytes, but should have 2000. What was fetched has been"
                                + " removed.");
        entries.put("inner/a.bin", Arrays.copyOf(bytes(2001), 2000));
        server.on("p.tar.gz", right(TestTar.gz(entries)));
        assertThatThrownBy(() -> DataFetch.fetch(packed(), folder, PATIENCE, (_, _, _) -> {}))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith(archive + ": a.bin in it has SHA-256 ");
        server.on("p.tar.gz", right(bytes(500)));
        assertThatThrownBy(() -> DataFetch.fetch(packed(), folder, PATIENCE, (_, _, _) -> {}))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith(archive + ": is no gzip file or damaged: ");
        assertThat(folder.resolve("packed").toFile().list())
                .allMatch(name -> name.equals(".fetch.lock"));
    }
}
