package dev.gnomon.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.check.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarTest {
    @TempDir private Path folder;

    private List<String> read(byte[] bytes) throws IOException {
        Path file = folder.resolve("a.tar.gz");
        Files.write(file, bytes);
        var found = new ArrayList<String>();
        Tar.read(file, (name, size, in) -> found.add(name + " " + size + " " + in.read()));
        return found;
    }

    private static Map<String, byte[]> files() {
        var files = new LinkedHashMap<String, byte[]>();
        files.put("a/", new byte[0]);
        files.put("a/one", new byte[] {1, 2, 3});
        files.put("two", new byte[700]);
        files.put("none", new byte[0]);
        files.put("block", new byte[512]);
        return files;
    }

    @Test
    void showsTheFiles() throws IOException {
        assertThat(read(TestTar.gz(files())))
                .containsExactly("a/one 3 1", "two 700 0", "none 0 -1", "block 512 0");
    }

    @Test
    void damageIsTold() throws IOException {
        byte[] plain = TestTar.plain(files());
        byte[] wrong = plain.clone();
        wrong[512 + 5]++;
        assertThatThrownBy(() -> read(IdxTest.gzip(wrong)))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        folder.resolve("a.tar.gz")
                                + ": what is at offset 512 is no header of a tar file. The archive is damaged; fetch it"
                                + " again.");
        assertThatThrownBy(() -> read(IdxTest.gzip(Arrays.copyOf(plain, 600))))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        folder.resolve("a.tar.gz")
                                + ": the archive ends at offset 600 within a header. It is cut short; fetch it again.");
        assertThatThrownBy(() -> read(IdxTest.gzip(Arrays.copyOf(plain, 512 + 512 + 2))))
                .isInstanceOf(DataException.class)
                .hasMessage(folder.resolve("a.tar.gz") + ": is cut short; fetch it again.");
        assertThatThrownBy(() -> read(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is no gzip file or damaged: ");
        for (int length = 0; length < 40; length += 3) {
            byte[] cut = Arrays.copyOf(TestTar.gz(files()), length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(DataException.class);
        }
    }
}
