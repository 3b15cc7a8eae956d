package dev.gnomon.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.check.ShapeException;
import org.junit.jupiter.api.Test;

class ShapeTest {
    @Test
    void isWrittenWithItsBatch() {
        assertThat(Shape.batched(28, 28, 1)).hasToString("[batch, 28, 28, 1]");
        assertThat(Shape.of(3)).hasToString("[3]");
        assertThat(Shape.SCALAR).hasToString("[]");
    }

    @Test
    void countsElements() {
        assertThat(Shape.SCALAR.elements()).isEqualTo(1);
        assertThat(Shape.of(2, 0, 3).elements()).isZero();
        assertThat(Shape.batched(2, 3).elements()).isEqualTo(6);
        assertThat(Shape.batched(2, 3).elements(5)).isEqualTo(30);
        assertThat(Shape.of(2, 3).elements(5)).isEqualTo(6);
        assertThat(Shape.of(1 << 20, 1 << 20).elements()).isEqualTo(1L << 40);
    }

    @Test
    void bindsTheBatch() {
        assertThat(Shape.batched(2).bind(7)).isEqualTo(Shape.of(7, 2));
        assertThat(Shape.of(3, 2).bind(7)).isEqualTo(Shape.of(3, 2));
        assertThat(Shape.batched(2).sample()).isEqualTo(Shape.of(2));
        assertThat(Shape.batched().sample()).isEqualTo(Shape.SCALAR);
    }

    @Test
    void countsNegativeAxesFromTheEnd() {
        Shape shape = Shape.of(2, 3, 5);
        assertThat(shape.dim(-1)).isEqualTo(5);
        assertThat(shape.dim(-3)).isEqualTo(2);
        assertThat(shape.withDim(-2, 4)).isEqualTo(Shape.of(2, 4, 5));
        assertThat(shape.append(7)).isEqualTo(Shape.of(2, 3, 5, 7));
    }

    @Test
    void isNotChangedThroughItsArrays() {
        int[] dims = {2, 3};
        Shape shape = Shape.of(dims);
        dims[0] = 9;
        shape.dims()[1] = 9;
        assertThat(shape).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
    }

    @Test
    void rejectsNegativeSizes() {
        assertThatThrownBy(() -> Shape.of(2, -1))
                .isInstanceOf(ShapeException.class)
                .hasMessage("Shape: axis 1 must have a size of at least 0, but is -1.");
        assertThatThrownBy(() -> Shape.of(-2)).isInstanceOf(ShapeException.class);
    }

    @Test
    void rejectsAxesThatAreNotThere() {
        assertThatThrownBy(() -> Shape.batched(3).dim(2))
                .isInstanceOf(ShapeException.class)
                .hasMessage("Shape [batch, 3] has no axis 2.");
        assertThatThrownBy(() -> Shape.SCALAR.last()).isInstanceOf(ShapeException.class);
    }
}
