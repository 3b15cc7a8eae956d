package dev.gnomon.data.clock.any;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FiltersTest {
    private static final int SIDE = 21;

    @Test
    void blurKeepsTheLightAndSpreadsItByTheDeviation() {
        var tones = new float[SIDE * SIDE];
        tones[10 * SIDE + 10] = 1;
        for (double deviation : new double[] {0.4, 1, 2.3}) {
            float[] soft = Filters.blurred(tones, SIDE, deviation);
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < soft.length; i++) {
                sum += soft[i];
                squares += soft[i] * (i % SIDE - 10) * (i % SIDE - 10);
            }
            assertThat(sum).isCloseTo(1, within(1e-4));
            assertThat(Math.sqrt(squares)).isCloseTo(deviation, within(1e-3 * deviation));
        }
    }

    @Test
    void evenTonesStayAsTheyAre() {
        var tones = new float[SIDE * SIDE];
        Arrays.fill(tones, 0.5f);
        assertEven(Filters.blurred(tones, SIDE, 1.7), 1e-5);
        assertEven(Filters.moved(tones, SIDE, 3, -2), 1e-5);
        assertEven(Filters.resized(tones, SIDE, 40), 1e-5);
        Filters.compress(tones, SIDE, 0.04);
        assertEven(tones, 0.01);
    }

    private static void assertEven(float[] tones, double tolerance) {
        for (float tone : tones) {
            assertThat((double) tone).isCloseTo(0.5, within(tolerance));
        }
    }

    private static float[] values(int count) {
        var values = new float[count];
        var chance = new Chance(3, 1);
        for (int i = 0; i < count; i++) {
            values[i] = (float) chance.unit();
        }
        return values;
    }

    @Test
    void fineCompressionLosesLittleAndCoarseMore() {
        float[] tones = values(SIDE * SIDE);
        assertThat(loss(tones, 1e-4)).isLessThan(1e-3);
        assertThat(loss(tones, 0.2)).isGreaterThan(0.02);
    }

    private static double loss(float[] tones, double coarseness) {
        var lossy = tones.clone();
        Filters.compress(lossy, SIDE, coarseness);
        double sum = 0;
        for (int i = 0; i < tones.length; i++) {
            sum += Math.abs(tones[i] - lossy[i]);
        }
        return sum / tones.length;
    }
}
