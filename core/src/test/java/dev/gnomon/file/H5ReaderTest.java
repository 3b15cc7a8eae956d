package dev.gnomon.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.check.FormatException;
import dev.gnomon.tensor.DType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class H5ReaderTest {
    private static H5Array array(H5Group tree, String path) {
        return Objects.requireNonNull(tree.array(path), path);
    }

    private static H5Text text(H5Group tree, String path) {
        return (H5Text) Objects.requireNonNull(tree.dataset(path), path).value();
    }

    @ParameterizedTest
    @ValueSource(strings = {"earliest", "latest"})
    void readsWhatH5pyWrites(String version) {
        H5Group tree = H5Reader.read(Fixtures.resource("rich-" + version + ".h5"), "rich");
        assertThat(array(tree, "scalar").longs()).containsExactly(7);
        assertThat(array(tree, "half").floats()).containsExactly(0, 1, 2, 3, 4);
        assertThat(array(tree, "big_endian"))
                .isEqualTo(H5Array.of(new float[] {0, 1, 2, 3, 4, 5}, 2, 3));
        assertThat(array(tree, "truth"))
                .isEqualTo(H5Array.of(DType.BOOL, new int[] {2}, new byte[] {1, 0}));
        assertThat(array(tree, "empty").dims()).containsExactly(0, 3);
        assertThat(array(tree, "brain").floats()).containsExactly(1, 2);
        assertThat(array(tree, "filled").longs()).containsExactly(9, 9, 9, 9);
        assertThat(text(tree, "texts").values()).containsExactly("a", "", "äö");
        assertThat(text(tree, "fixed").values()).containsExactly("ab", "c");
        for (int i = 0; i < 20; i++) {
            assertThat(tree.text("a" + i)).isEqualTo("v" + i);
        }
        for (int i = 0; i < 40; i++) {
            H5Group layer = Objects.requireNonNull(tree.group("layers/g" + i));
            assertThat(layer.text("name")).isEqualTo("layer " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"earliest", "latest"})
    void readsChunks(String version) {
        H5Group tree = H5Reader.read(Fixtures.resource("rich-" + version + ".h5"), "rich");
        float[] table = new float[77];
        for (int i = 0; i < table.length; i++) {
            table[i] = i;
        }
        for (String name : List.of("chunks", "packed", "single")) {
            assertThat(array(tree, name)).as(name).isEqualTo(H5Array.of(table, 7, 11));
        }
        long[] pages = new long[3000];
        Arrays.fill(pages, 3);
        Arrays.fill(pages, 1500, 1510, 1);
        assertThat(array(tree, "pages").longs()).isEqualTo(pages);
    }

    @ParameterizedTest
    @ValueSource(strings = {"earliest", "latest"})
    void newAndOldFilesAreOneTree(String version) {
        H5Group tree = H5Reader.read(Fixtures.resource("rich-" + version + ".h5"), "rich");
        assertThat(H5Reader.read(H5Writer.toBytes(tree), "again")).isEqualTo(tree);
    }

    @ParameterizedTest
    @CsvSource({
        "soft, '\"/\": \"d\" is a link of kind \"soft\"'",
        "outside, '\"/\": \"d\" is a link of kind \"external\"'",
        "outside_data, '\"/d\": the data lie in another file'",
        "virtual, '\"/d\": the data are put together from other datasets'",
        "loop, 'is linked a second time; loops and shared groups are refused'",
        "huge, 'the declared sizes are far larger than the file'",
    })
    void refusesWhatReachesOut(String name, String message) {
        for (String version : List.of("earliest", "latest")) {
            byte[] bytes = Fixtures.resource(name + "-" + version + ".h5");
            assertThatThrownBy(() -> H5Reader.read(bytes, "stranger.h5"))
                    .isInstanceOf(FormatException.class)
                    .hasMessageStartingWith("stranger.h5: at \"/")
                    .hasMessageContaining(message);
        }
    }

    @Test
    void refusesDeepNesting() {
        byte[] fits = H5Writer.toBytes(new H5Builder().group("d" + "/d".repeat(63)).build());
        H5Reader.read(fits, "fits");
        byte[] deep = H5Writer.toBytes(new H5Builder().group("d" + "/d".repeat(64)).build());
        assertThatThrownBy(() -> H5Reader.read(deep, "x"))
                .hasMessageEndingWith("groups are nested deeper than 64.");
    }

    @Test
    void refusesNodesThatPointToThemselves() {
        byte[] bytes = H5Writer.toBytes(Fixtures.tree());
        int node = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("TREE");
        var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(node + 5, (byte) 1).putLong(node + 32, node);
        assertThatThrownBy(() -> H5Reader.read(bytes, "x"))
                .hasMessageContaining("is linked a second time");
    }

    /// An enumeration over an enumeration over an enumeration ... must not use up the stack.
    @Test
    void refusesTypesWithinTypes() {
        H5Group tree =
                new H5Builder()
                        .attribute(
                                "",
                                "x",
                                H5Array.of(DType.BOOL, new int[] {60_000}, new byte[60_000]))
                        .build();
        byte[] bytes = H5Writer.toBytes(tree);
        byte[] head = {0x18, 2, 0, 0, 1, 0, 0, 0};
        int type =
                new String(bytes, StandardCharsets.ISO_8859_1)
                        .indexOf(new String(head, StandardCharsets.ISO_8859_1));
        for (int at = type; at + 8 < bytes.length; at += 8) {
            System.arraycopy(head, 0, bytes, at, 8);
        }
        bytes[type - 8 - 2 - 2] = (byte) 0xF0; // the bytes of the type, all but the whole message
        bytes[type - 8 - 2 - 1] = (byte) 0xE0;
        assertThatThrownBy(() -> H5Reader.read(bytes, "x"))
                .hasMessage("x: at \"/\": enumerations other than FALSE and TRUE are not read.");
    }

    @Test
    void refusesOtherFiles() {
        assertThatThrownBy(() -> H5Reader.read(new byte[0], "x"))
                .hasMessage("x: at \"/\": this is not an HDF5 file.");
        assertThatThrownBy(() ->
                        H5Reader.read(
                                "PK and more than that".getBytes(StandardCharsets.UTF_8), "x"))
                .hasMessage("x: at \"/\": this is not an HDF5 file.");
        assertThatThrownBy(() -> H5Reader.read(Path.of("missing.h5")))
                .isInstanceOf(FormatException.class)
                .hasMessage("missing.h5: cannot be read: there is no \"missing.h5\".");
    }

    @Test
    @Timeout(60)
    void refusesEveryTruncation() {
        byte[] bytes = H5Writer.toBytes(Fixtures.tree());
        for (int length = 0; length < bytes.length; length += length < 200 ? 1 : 13) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> H5Reader.read(cut, "cut")).isInstanceOf(FormatException.class);
        }
    }
}
