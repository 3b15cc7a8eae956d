package dev.gnomon.initializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gnomon.check.ConfigException;
import dev.gnomon.check.ShapeException;
import dev.gnomon.initializer.VarianceScaling.Distribution;
import dev.gnomon.initializer.VarianceScaling.Mode;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InitializersTest {
    private static final Key KEY = Key.of(3);
    private static final Shape MATRIX = Shape.of(120, 80);
    private static final Shape KERNEL = Shape.of(3, 5, 12, 80);

    /// Each with its shape, its standard deviation and the bound of its values.
    static Stream<Arguments> distributions() {
        double cut = 2 / 0.8796256610342398;
        return Stream.of(
                Arguments.of(
                        new GlorotUniform(), MATRIX, Math.sqrt(2.0 / 200), Math.sqrt(6.0 / 200)),
                Arguments.of(
                        new GlorotUniform(), KERNEL, Math.sqrt(2.0 / 1380), Math.sqrt(6.0 / 1380)),
                Arguments.of(
                        new GlorotNormal(),
                        MATRIX,
                        Math.sqrt(2.0 / 200),
                        cut * Math.sqrt(2.0 / 200)),
                Arguments.of(new HeUniform(), MATRIX, Math.sqrt(2.0 / 120), Math.sqrt(6.0 / 120)),
                Arguments.of(
                        new HeNormal(), KERNEL, Math.sqrt(2.0 / 180), cut * Math.sqrt(2.0 / 180)),
                Arguments.of(
                        new LecunUniform(), KERNEL, Math.sqrt(1.0 / 180), Math.sqrt(3.0 / 180)),
                Arguments.of(
                        new LecunNormal(),
                        MATRIX,
                        Math.sqrt(1.0 / 120),
                        cut * Math.sqrt(1.0 / 120)),
                Arguments.of(
                        new VarianceScaling(),
                        MATRIX,
                        Math.sqrt(1.0 / 120),
                        cut * Math.sqrt(1.0 / 120)),
                Arguments.of(
                        new VarianceScaling(3, Mode.FAN_OUT, Distribution.UNTRUNCATED_NORMAL),
                        KERNEL,
                        Math.sqrt(3.0 / 1200),
                        6 * Math.sqrt(3.0 / 1200)),
                Arguments.of(
                        new GlorotUniform(),
                        Shape.of(9600),
                        Math.sqrt(1.0 / 9600),
                        Math.sqrt(3.0 / 9600)),
                Arguments.of(new RandomNormal(), MATRIX, 0.05, 0.3),
                Arguments.of(new RandomUniform(), MATRIX, 0.05 / Math.sqrt(3), 0.05),
                Arguments.of(new TruncatedNormal(), MATRIX, 0.05 * 0.8796256610342398, 0.1));
    }

    @ParameterizedTest
    @MethodSource("distributions")
    void hasTheSpreadOfKeras(Initializer initializer, Shape shape, double stddev, double bound) {
        float[] values = initializer.values(shape, KEY);
        double sum = 0;
        double squares = 0;
        double largest = 0;
        for (float value : values) {
            sum += value;
            squares += (double) value * value;
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(sum / values.length).isCloseTo(0, within(4 * stddev / Math.sqrt(values.length)));
        assertThat(Math.sqrt(squares / values.length)).isCloseTo(stddev, within(0.03 * stddev));
        assertThat(largest).isLessThanOrEqualTo(bound * 1.000001).isGreaterThan(0.5 * bound);
    }

    @Test
    void sameKeySameValues() {
        var initializer = new HeNormal();
        assertThat(initializer.values(MATRIX, KEY)).isEqualTo(initializer.values(MATRIX, KEY));
        assertThat(initializer.values(MATRIX, KEY))
                .isNotEqualTo(initializer.values(MATRIX, KEY.child(1)));
        assertThat(new HeNormal(7L).values(MATRIX, KEY)).isEqualTo(initializer.values(MATRIX, KEY));
    }

    @Test
    void fillsWithOneValue() {
        assertThat(new Zeros().values(Shape.of(2), KEY)).containsExactly(0, 0);
        assertThat(new Ones().values(Shape.of(2), KEY)).containsExactly(1, 1);
        assertThat(new Constant(0.5).values(Shape.of(1, 2), KEY)).containsExactly(0.5f, 0.5f);
        assertThat(new Identity(2).values(Shape.of(2, 3), KEY)).containsExactly(2, 0, 0, 0, 2, 0);
    }

    static Stream<Shape> matrices() {
        return Stream.of(Shape.of(7, 4), Shape.of(4, 7), Shape.of(3, 3, 2, 5), Shape.of(60, 60));
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void orthogonalVectorsAreOrthonormal(Shape shape) {
        float[] values = new Orthogonal(2).values(shape, KEY);
        int columns = shape.last();
        int rows = values.length / columns;
        boolean wide = rows < columns;
        int count = Math.min(rows, columns);
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                double dot = 0;
                for (int k = 0; k < Math.max(rows, columns); k++) {
                    dot +=
                            wide
                                    ? values[i * columns + k] * values[j * columns + k]
                                    : values[k * columns + i] * values[k * columns + j];
                }
                assertThat(dot).isCloseTo(i == j ? 4 : 0, within(1e-5));
            }
        }
    }

    @Test
    void refusesWhatItCannot() {
        assertThatThrownBy(() -> new Orthogonal().values(Shape.of(3), KEY))
                .isInstanceOf(ShapeException.class)
                .hasMessage(
                        "Orthogonal: a weight of at least two axes is needed, but its shape is [3].");
        assertThatThrownBy(() -> new VarianceScaling(0, Mode.FAN_IN, Distribution.UNIFORM))
                .isInstanceOf(ConfigException.class)
                .hasMessage("VarianceScaling: scale must be above 0, but is 0.0.");
        assertThatThrownBy(() -> Initializers.byName("glorot"))
                .hasMessageStartingWith(
                        "Unknown initializer \"glorot\". Known are: constant, glorot_normal,");
    }

    @Test
    void findsByBothNames() {
        assertThat(Initializers.byName("glorot_uniform")).isEqualTo(new GlorotUniform());
        assertThat(Initializers.byName("GlorotUniform")).isEqualTo(new GlorotUniform());
    }
}
