package dev.gnomon.kernel.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class VectorMathTest {
    private static float exp(float x) {
        float[] y = new float[1];
        VectorMath.exp(new float[] {x}, y, 1, new int[1]);
        return y[0];
    }

    @Test
    void expIsWithinTwoUnitsInTheLastPlace() {
        for (float x = -87; x < 88.6; x += 0.01f) {
            double right = Math.exp(x);
            assertThat((double) exp(x))
                    .as("exp(%s)", x)
                    .isCloseTo(right, within(2.1 * Math.ulp((float) right)));
        }
    }

    @Test
    void expOfWhatIsFarOutIsZeroOrInfinite() {
        for (float x : new float[] {-104, -200, -1e9f, -1e30f, Float.NEGATIVE_INFINITY}) {
            assertThat(exp(x)).as("exp(%s)", x).isZero();
        }
        for (float x : new float[] {89, 200, 1e9f, 1e30f, Float.POSITIVE_INFINITY}) {
            assertThat(exp(x)).as("exp(%s)", x).isInfinite();
        }
        assertThat(exp(Float.NaN)).isNaN();
    }
}
