package dev.gnomon.data.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrawsTest {
    @Test
    void drawsAreUniform() {
        for (int draw = 0; draw < 8; draw++) {
            int number = draw;
            var values =
                    IntStream.range(0, 10_000)
                            .mapToDouble(i -> new Draws(1, i).unit(number))
                            .summaryStatistics();
            assertThat(values.getMin()).isBetween(0.0, 0.01);
            assertThat(values.getMax()).isBetween(0.99, 1.0);
            assertThat(values.getAverage()).isCloseTo(0.5, within(0.02));
        }
    }

    @Test
    void drawsOfOnePictureDiffer() {
        var draws = new Draws(0, 0);
        assertThat(IntStream.range(0, 1000).mapToDouble(draws::unit)).doesNotHaveDuplicates();
    }

    @Test
    void staysBetweenItsBounds() {
        assertThat(new Draws(3, 4).between(5, -2, -1)).isBetween(-2.0, -1.0);
    }
}
