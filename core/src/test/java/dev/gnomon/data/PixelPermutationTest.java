package dev.gnomon.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.check.DataException;
import dev.gnomon.check.ShapeException;
import dev.gnomon.tensor.Shape;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PixelPermutationTest {
    @TempDir private Path folder;

    private static Dataset pictures() {
        byte[] pixels = new byte[3 * 28 * 28];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 31);
        }
        return Dataset.of(Column.of(pixels, 3, 28, 28));
    }

    @Test
    void theInverseUndoesIt() {
        var permutation = PixelPermutation.of(42, 784);
        var data = pictures();
        var permuted = data.map(permutation);
        assertThat(permuted.images().shape()).isEqualTo(data.images().shape());
        assertThat(permuted.images().tensor()).isNotEqualTo(data.images().tensor());
        assertThat(permuted.map(permutation.inverse()).images().tensor().values())
                .isEqualTo(data.images().tensor().values());
        int first = permutation.order()[0];
        assertThat(permuted.images().valueAt(2, 0)).isEqualTo(data.images().valueAt(2, first));
    }

    @Test
    void theSeedIsAll() {
        assertThat(PixelPermutation.of(1, 9)).isEqualTo(PixelPermutation.of(1, 9));
        assertThat(PixelPermutation.of(1, 9)).isNotEqualTo(PixelPermutation.of(2, 9));
        assertThat(PixelPermutation.of(1, 9)).hasToString("PixelPermutation of 9 pixels");
    }

    @Test
    void channelsStayTogether() {
        var step = PixelPermutation.ofOrder(1, 0).prepare(Shape.of(1, 2, 3));
        float[] to = new float[6];
        step.apply(new float[] {1, 2, 3, 4, 5, 6}, to);
        assertThat(to).containsExactly(4, 5, 6, 1, 2, 3);
    }

    @Test
    void isWrittenAndReadAgain() {
        var permutation = PixelPermutation.of(7, 25);
        permutation.save(folder.resolve("p.npy"));
        assertThat(PixelPermutation.load(folder.resolve("p.npy"))).isEqualTo(permutation);
        Npy.write(folder.resolve("bad.npy"), Column.labels(0, 2, 2));
        assertThatThrownBy(() -> PixelPermutation.load(folder.resolve("bad.npy")))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        folder.resolve("bad.npy")
                                + ": the order must hold each number from 0 to 2 once, but place 2 holds 2.");
    }

    @Test
    void isForPicturesOfItsSize() {
        assertThatThrownBy(() -> PixelPermutation.of(1, 9).prepare(Shape.of(28, 28)))
                .isInstanceOf(ShapeException.class)
                .hasMessage(
                        "PixelPermutation: it is for 9 pixels, but samples of [28, 28] have 784.");
    }
}
