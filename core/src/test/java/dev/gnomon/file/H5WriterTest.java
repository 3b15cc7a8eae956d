package dev.gnomon.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.check.FormatException;
import dev.gnomon.tensor.DType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class H5WriterTest {
    private static H5Group again(H5Group tree) {
        return H5Reader.read(H5Writer.toBytes(tree), "test");
    }

    @Test
    void givesTheTreeBack() {
        assertThat(again(Fixtures.tree())).isEqualTo(Fixtures.tree());
        assertThat(again(H5Group.EMPTY)).isEqualTo(H5Group.EMPTY);
    }

    @Test
    void givesTheSameBytesTwice(@TempDir Path folder) {
        Path path = folder.resolve("x.h5");
        H5Writer.write(Fixtures.tree(), path);
        assertThat(path).hasBinaryContent(H5Writer.toBytes(Fixtures.tree()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 255, 256, 257, 9000})
    void splitsTheNodesOfLargeGroups(int children) {
        var builder = new H5Builder();
        for (int i = 0; i < children; i++) {
            builder.put("vars/" + i, H5Array.of(new int[] {i}));
        }
        H5Group tree = builder.build();
        assertThat(again(tree)).isEqualTo(tree);
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void keepsEveryType(DType type) {
        byte[] raw = new byte[6 * type.bytes()];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = type == DType.BOOL ? (byte) (i & 1) : (byte) (37 * i);
        }
        var array = H5Array.of(type, new int[] {2, 3}, raw);
        H5Group tree = new H5Builder().put("x", array).attribute("", "a", array).build();
        assertThat(again(tree)).isEqualTo(tree);
    }

    @Test
    void keepsSinglesAndEmptyArrays() {
        H5Group tree =
                new H5Builder()
                        .put("single", H5Array.of(new float[] {2}))
                        .put("empty", H5Array.of(new float[0], 0, 3))
                        .attribute(
                                "", "none", H5Array.of(DType.FLOAT64, new int[] {0}, new byte[0]))
                        .build();
        assertThat(again(tree)).isEqualTo(tree);
        assertThat(again(tree).array("single"))
                .satisfies(single -> assertThat(single.dims()).isEmpty());
    }

    @Test
    void keepsTextsOfAnyLength() {
        var builder =
                new H5Builder()
                        .put("texts", H5Text.list(List.of("a", "", "größer", "z".repeat(5000))));
        builder.attribute("", "long", H5Text.of("x".repeat(1_000_000)))
                .attribute("", "empty", H5Text.of(""));
        for (int i = 0; i < 300; i++) {
            builder.attribute("", "text" + i, H5Text.of("t".repeat(i)));
        }
        assertThat(again(builder.build())).isEqualTo(builder.build());
    }

    @Test
    void keepsAttributesOfDatasets() {
        var dataset =
                new H5Dataset(
                        H5Array.of(new float[] {1}, 1), Map.of("dtype", H5Text.of("bfloat16")));
        H5Group tree = new H5Builder().put("vars/0", dataset).build();
        assertThat(again(tree)).isEqualTo(tree);
    }

    @Test
    void refusesAttributesOver64K() {
        H5Group tree =
                new H5Builder()
                        .attribute("a/b", "big", H5Array.of(new float[17_000], 17_000))
                        .build();
        assertThatThrownBy(() -> H5Writer.toBytes(tree))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("\"/a/b\": the attribute \"big\" needs 68")
                .hasMessageContaining("Store it as a dataset or split it");
    }

    @Test
    void refusesNamesWithSlash() {
        var tree = new H5Group(Map.of("a/b", H5Group.EMPTY), Map.of(), Map.of());
        assertThatThrownBy(() -> H5Writer.toBytes(tree))
                .hasMessage("HDF5: at \"\": \"a/b\" cannot be the name of an object.");
    }
}
