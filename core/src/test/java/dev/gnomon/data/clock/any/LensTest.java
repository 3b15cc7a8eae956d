package dev.gnomon.data.clock.any;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LensTest {
    @Test
    void thePictureAndTheDialAreMappedForthAndBack() {
        for (int seed = 0; seed < 200; seed++) {
            var lens = Lens.of(new Chance(seed, 1), seed);
            double column = lens.column(0.3, -0.7, 0);
            double row = lens.row(0.3, -0.7, 0);
            assertThat(lens.x(column, row)).isCloseTo(0.3, within(1e-9));
            assertThat(lens.y(column, row)).isCloseTo(-0.7, within(1e-9));
        }
    }

    @Test
    void theDialFillsThePictureAndIsNotMirrored() {
        for (int seed = 0; seed < 200; seed++) {
            var lens = Lens.of(new Chance(seed, 1), 0);
            assertThat(lens.column(0.5, 0, 0)).isGreaterThan(lens.column(-0.5, 0, 0));
            assertThat(lens.row(0, 0.5, 0)).isLessThan(lens.row(0, -0.5, 0));
            double width = lens.column(1, 0, 0) - lens.column(-1, 0, 0);
            double height = lens.row(0, -1, 0) - lens.row(0, 1, 0);
            assertThat(Math.max(width, height)).isBetween(0.4, 1.06);
            assertThat(lens.extent()).isBetween(0.2, 1.05);
        }
    }
}
