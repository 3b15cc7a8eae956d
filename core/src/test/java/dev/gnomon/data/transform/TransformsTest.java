package dev.gnomon.data.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.check.ConfigException;
import dev.gnomon.check.ShapeException;
import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransformsTest {
    private static float[] of(Transform transform, Shape shape, float... values) {
        var step = transform.prepare(shape);
        float[] result = new float[Math.toIntExact(step.shape().elements())];
        step.apply(values, result);
        return result;
    }

    @Test
    void cutsTheMiddleOut() {
        float[] picture = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        assertThat(of(new CenterCrop(1, 2), Shape.of(3, 4), picture)).containsExactly(6, 7);
        assertThat(of(new CenterCrop(2, 2), Shape.of(3, 2, 2), picture))
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThatThrownBy(() -> new CenterCrop(4, 2).prepare(Shape.of(3, 4, 1)))
                .isInstanceOf(ShapeException.class)
                .hasMessage(
                        "CenterCrop: 4×2 cannot be cut out of pictures of [3, 4, 1]. Use Resize, or a smaller size.");
    }

    @Test
    void mirrors() {
        float[] picture = {1, 2, 3, 4, 5, 6, 7, 8};
        var shape = Shape.of(2, 2, 2);
        assertThat(of(new Flip(RandomFlip.Mode.HORIZONTAL), shape, picture))
                .containsExactly(3, 4, 1, 2, 7, 8, 5, 6);
        assertThat(of(new Flip(RandomFlip.Mode.VERTICAL), shape, picture))
                .containsExactly(5, 6, 7, 8, 1, 2, 3, 4);
        assertThat(of(new Flip(RandomFlip.Mode.HORIZONTAL_AND_VERTICAL), shape, picture))
                .containsExactly(7, 8, 5, 6, 3, 4, 1, 2);
    }

    @Test
    void putsLinesAround() {
        var pad = new Pad(1, 0, 0, 2, 9);
        assertThat(pad.prepare(Shape.of(1, 2, 1)).shape()).isEqualTo(Shape.of(2, 4, 1));
        assertThat(of(pad, Shape.of(1, 2, 1), 1, 2)).containsExactly(9, 9, 9, 9, 1, 2, 9, 9);
        assertThatThrownBy(() -> new Pad(-1))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "Pad: all sides must be at least 0, but are top -1, bottom -1, left -1, right -1.");
    }

    @Test
    void makesGrey() {
        assertThat(of(new Grayscale(), Shape.of(1, 2, 3), 255, 255, 255, 100, 0, 0))
                .containsExactly(255, 29.9f);
        assertThatThrownBy(() -> new Grayscale().prepare(Shape.of(28, 28)))
                .isInstanceOf(ShapeException.class)
                .hasMessage(
                        "Grayscale: needs pictures [height, width, 3], but the samples are [28, 28].");
    }

    @Test
    void standardizesEachChannel() {
        var x = Column.of(new float[] {0, 10, 2, 30, 4, 20, 6, 40}, 2, 1, 2, 2);
        var data = Dataset.of(x);
        var standardize = data.standardize();
        assertThat(standardize)
                .isEqualTo(
                        new Standardize(List.of(3.0, 25.0), List.of(Math.sqrt(5), Math.sqrt(125))));
        float[] values = data.map(standardize).images().tensor().values();
        assertThat(values[0]).isEqualTo((float) (-3 / Math.sqrt(5)));
        assertThat(values[7]).isCloseTo(1.3416408f, org.assertj.core.api.Assertions.within(1e-6f));
        assertThatThrownBy(() -> standardize.prepare(Shape.of(4, 3)))
                .isInstanceOf(ShapeException.class)
                .hasMessage(
                        "Standardize: there are figures for 2 channels, but the samples are [4, 3].");
        assertThatThrownBy(() -> new Standardize(1, 0))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Standardize: a deviation must be above 0 and finite, but is 0.0.");
    }

    @Test
    void viewsAreComputedOneAfterTheOther() {
        var data = Dataset.of(Column.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 2, 2));
        var mapped = data.map(new Pad(1), new CenterCrop(2, 4)).scaled(0.5).select(new int[] {1});
        assertThat(mapped.images().shape()).isEqualTo(Shape.of(1, 2, 4));
        assertThat(mapped.images().tensor().values()).containsExactly(0, 2.5f, 3, 0, 0, 3.5f, 4, 0);
        assertThat(mapped.cached().images().valueAt(0, 1)).isEqualTo(2.5);
        assertThat(mapped.sha256()).isEqualTo(mapped.cached().sha256());
    }
}
