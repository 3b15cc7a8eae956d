package dev.gnomon.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.check.ShapeException;
import org.junit.jupiter.api.Test;

class TensorTest {
    private final Tensor tensor = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

    @Test
    void liesInRowOrder() {
        assertThat(tensor.get(0, 2)).isEqualTo(3);
        assertThat(tensor.get(1, 0)).isEqualTo(4);
        assertThat(Tensor.scalar(7).get()).isEqualTo(7);
        assertThat(tensor.rows()).isDeepEqualTo(new float[][] {{1, 2, 3}, {4, 5, 6}});
        assertThat(Tensor.of(new float[0], 0, 3).rows()).isEmpty();
    }

    @Test
    void isEqualByShapeAndBits() {
        assertThat(tensor).isEqualTo(Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
        assertThat(tensor).isNotEqualTo(Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2));
        assertThat(Tensor.scalar(0)).isNotEqualTo(Tensor.scalar(-0f));
        assertThat(Tensor.scalar(Float.NaN)).isEqualTo(Tensor.scalar(Float.NaN));
    }

    @Test
    void isWrittenWithFewValues() {
        assertThat(Tensor.of(new float[] {1, 2}, 2)).hasToString("Tensor[2][1.0, 2.0]");
        assertThat(Tensor.of(new float[17], 17)).hasToString("Tensor[17]");
    }

    @Test
    void rejectsValuesThatDoNotFit() {
        assertThatThrownBy(() -> Tensor.of(new float[5], 2, 3))
                .isInstanceOf(ShapeException.class)
                .hasMessage("Tensor: the shape [2, 3] needs 6 values, but 5 values were given.");
        assertThatThrownBy(() -> new Tensor(Shape.batched(3), new float[3]))
                .hasMessage(
                        "Tensor: the shape [batch, 3] needs a known batch size, but 3 values were given.");
    }

    @Test
    void rejectsIndicesThatDoNotFit() {
        assertThatThrownBy(() -> tensor.get(1))
                .isInstanceOf(ShapeException.class)
                .hasMessage("Tensor: shape [2, 3] needs 2 indices, but 1 were given.");
        assertThatThrownBy(() -> tensor.get(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void argMaxIsThePlaceOfTheLargestInEachRow() {
        var scores = Tensor.of(new float[] {0.1f, 0.7f, 0.2f, 5, 5, -1}, 2, 3);
        assertThat(scores.argMax()).containsExactly(1, 0);
        assertThat(Tensor.of(new float[0], 0, 3).argMax()).isEmpty();
    }
}
