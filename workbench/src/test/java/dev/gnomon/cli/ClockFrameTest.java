package dev.gnomon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.tensor.Tensor;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// Parts of a picture that are looked at.
class ClockFrameTest {
    private static final int SIDE = 60;
    private static final int SIZE = 20;

    /// A dial with its 12 at an angle clockwise from above, radius 0.2, around (0.6, 0.45).
    private static Tensor dial(double degrees) {
        float[] points = new float[14];
        points[0] = 0.6f;
        points[1] = 0.45f;
        for (int i = 0; i < 4; i++) {
            double angle = Math.toRadians(degrees + 90 * i);
            points[2 * i + 2] = (float) (0.6 + 0.2 * Math.sin(angle));
            points[2 * i + 3] = (float) (0.45 - 0.2 * Math.cos(angle));
        }
        return Tensor.of(points, 14);
    }

    /// Where a frame shows a picture whose pixels are their places.
    private static double[] seen(ClockFrame frame, int row, int column) {
        float[] x = new float[SIDE * SIDE];
        float[] y = new float[SIDE * SIDE];
        for (int v = 0; v < SIDE; v++) {
            for (int u = 0; u < SIDE; u++) {
                x[v * SIDE + u] = (u + 0.5f) / SIDE;
                y[v * SIDE + u] = (v + 0.5f) / SIDE;
            }
        }
        float[] look = new float[2 * SIZE * SIZE];
        frame.look(x, SIDE, look, 0, SIZE);
        frame.look(y, SIDE, look, SIZE * SIZE, SIZE);
        int at = row * SIZE + column;
        return new double[] {look[at], look[SIZE * SIZE + at]};
    }

    @Test
    void theWholePictureIsSeenSmaller() {
        for (int i : new int[] {0, 7, SIZE - 1}) {
            double[] place = seen(ClockFrame.ofMiddle(1), i, SIZE - 1 - i);
            assertThat(place[0]).isCloseTo((SIZE - i - 0.5) / SIZE, Offset.offset(1e-5));
            assertThat(place[1]).isCloseTo((i + 0.5) / SIZE, Offset.offset(1e-5));
        }
    }

    @Test
    void aDialThatCannotBeIsNotFollowed() {
        float[] far = dial(30).values().clone();
        float[] unknown = far.clone();
        for (int i = 0; i < far.length; i++) {
            far[i] *= 1000;
            unknown[i] = Float.NaN;
        }
        assertThat(ClockFrame.ofDial(Tensor.of(far, 14), 0.28)).isEqualTo(ClockFrame.ofMiddle(1));
        assertThat(ClockFrame.ofDial(Tensor.of(unknown, 14), 0.28))
                .isEqualTo(ClockFrame.ofMiddle(1));
        assertThat(ClockFrame.ofDial(Tensor.of(new float[14], 14), 0.28))
                .isEqualTo(ClockFrame.ofMiddle(1));
    }

    @Test
    void fromFartherTheEdgesGoOn() {
        double[] corner = seen(ClockFrame.ofMiddle(0.5), 0, SIZE - 1);
        assertThat(corner[0]).isCloseTo(1 - 0.5 / SIDE, Offset.offset(1e-5));
        assertThat(corner[1]).isCloseTo(0.5 / SIDE, Offset.offset(1e-5));
    }

    @Test
    void aDialIsSeenUprightInTheMiddle() {
        for (double degrees : new double[] {0, 37, 120, 270}) {
            Tensor dial = dial(degrees);
            var frame = ClockFrame.ofDial(dial, 0.25);
            // the 12 of the frame: above the middle by a quarter of its width
            var twelve = frame.inPicture(Tensor.of(new float[] {0.5f, 0.25f, 0.5f, 0.5f}, 4));
            assertThat(twelve.values())
                    .containsExactly(
                            new float[] {dial.values()[2], dial.values()[3], 0.6f, 0.45f},
                            Offset.offset(1e-5f));
            double[] near = seen(frame, 5, 10);
            float[] place = {10.5f / SIZE, 5.5f / SIZE};
            float[] there = frame.inPicture(Tensor.of(place, 2)).values();
            assertThat(near[0]).isCloseTo(there[0], Offset.offset(1e-5));
            assertThat(near[1]).isCloseTo(there[1], Offset.offset(1e-5));
        }
    }

    @Test
    void whereNoDialWasFoundItIsTheWholePicture() {
        assertThat(ClockFrame.ofDial(Tensor.of(new float[14], 14), 0.25))
                .isEqualTo(ClockFrame.ofMiddle(1));
    }
}
