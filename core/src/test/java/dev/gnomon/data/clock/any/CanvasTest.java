package dev.gnomon.data.clock.any;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanvasTest {
    @ParameterizedTest
    @ValueSource(ints = {16, 33, 100})
    void coversExactlyThePolygonsArea(int side) {
        for (int seed = 0; seed < 50; seed++) {
            var chance = new Chance(seed, 1);
            var lens = Lens.of(chance, chance.between(-180, 180));
            var canvas = new Canvas(side, lens);
            double[] corners = {-0.3, -0.2, 0.31, -0.25, 0.22, 0.35};
            canvas.fill(new Path().add(corners), 1, 1);
            assertThat(sum(canvas)).isCloseTo(area(lens, corners) * side * side, within(0.02));
        }
    }

    @Test
    void whatOverlapsCountsOnceAndHolesAreFree() {
        var lens = Lens.of(new Chance(1, 1), 0);
        var once = new Canvas(64, lens);
        once.fill(new Path().rectangle(0, 0, 0.4, 0.2), 1, 1);
        var twice = new Canvas(64, lens);
        twice.fill(new Path().rectangle(0, 0, 0.4, 0.2).rectangle(0, 0, 0.2, 0.1), 1, 1);
        for (int i = 0; i < once.tones().length; i++) {
            assertThat((double) twice.tones()[i]).isCloseTo(once.tones()[i], within(1e-5));
        }
        var holed = new Canvas(64, lens);
        double[] hole = {-0.2, -0.1, 0.2, -0.1, 0.2, 0.1, -0.2, 0.1};
        holed.fill(new Path().rectangle(0, 0, 0.4, 0.2).cut(hole), 1, 1);
        assertThat(sum(holed)).isCloseTo(sum(once) - area(lens, hole) * 64 * 64, within(0.02));
    }

    @Test
    void whatLiesBesideThePictureIsCutOff() {
        var canvas = new Canvas(32, Lens.of(new Chance(2, 1), 30));
        canvas.fill(new Path().rectangle(0, 0, 3, 3), 1, 1);
        assertThat(sum(canvas)).isCloseTo(32 * 32, within(0.1));
        canvas.fill(new Path().disc(50, 0, 1), 0, 1);
        assertThat(sum(canvas)).isCloseTo(32 * 32, within(0.1));
    }

    private static double sum(Canvas canvas) {
        double sum = 0;
        for (float tone : canvas.tones()) {
            sum += tone;
        }
        return sum;
    }

    private static double area(Lens lens, double... corners) {
        double sum = 0;
        for (int i = 0; i < corners.length; i += 2) {
            int next = (i + 2) % corners.length;
            sum +=
                    lens.column(corners[i], corners[i + 1], 0)
                                    * lens.row(corners[next], corners[next + 1], 0)
                            - lens.column(corners[next], corners[next + 1], 0)
                                    * lens.row(corners[i], corners[i + 1], 0);
        }
        return Math.abs(sum) / 2;
    }
}
