package dev.gnomon.data.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gnomon.check.ConfigException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClockStyleTest {
    private static final int VALUES = Clocks.POINT_VALUES;

    private static void silent(int done) {}

    private static Clocks render(int count, int size, Views views, ClockStyle style) {
        return ClockRenderer.render(
                new ClockSpec(count, size, views, 7, style), 2, ClockStyleTest::silent);
    }

    @ParameterizedTest
    @EnumSource(ClockStyle.class)
    void namesAreReadAsTheyAreWritten(ClockStyle style) {
        assertThat(ClockStyle.of(style.toString())).isEqualTo(style);
        assertThat(style.toString()).matches("[a-z-]+");
    }

    @Test
    void withoutAStyleTheSceneIsDrawn() {
        assertThat(new ClockSpec(1, 16, Views.ANY, 1).style()).isEqualTo(ClockStyle.SCENE);
    }

    @Test
    void unknownNamesAreRefused() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ClockStyle.of("some"))
                .withMessage(
                        "ClockStyle: there is no style \"some\". Known are scene, any, held-out.");
    }

    @ParameterizedTest
    @EnumSource(ClockStyle.class)
    void threadsChangeNothing(ClockStyle style) {
        var spec = new ClockSpec(90, 40, Views.ANY, 5, style);
        var one = ClockRenderer.render(spec, 1, ClockStyleTest::silent);
        var three = ClockRenderer.render(spec, 3, ClockStyleTest::silent);
        assertThat(three.images()).isEqualTo(one.images());
        assertThat(three.points()).isEqualTo(one.points());
        int time = 60 * one.hours()[33] + one.minutes()[33];
        var alone = ClockRenderer.picture(spec, 33, time / 60, time % 60);
        assertThat(alone.images())
                .isEqualTo(Arrays.copyOfRange(one.images(), 33 * 1600, 34 * 1600));
        assertThat(alone.points())
                .isEqualTo(Arrays.copyOfRange(one.points(), 33 * VALUES, 34 * VALUES));
    }

    @Test
    void stylesDrawDifferentPictures() {
        var scene = render(3, 32, Views.ANY, ClockStyle.SCENE).images();
        var any = render(3, 32, Views.ANY, ClockStyle.ANY).images();
        var heldOut = render(3, 32, Views.ANY, ClockStyle.HELD_OUT).images();
        assertThat(any).isNotEqualTo(scene).isNotEqualTo(heldOut);
    }

    @Test
    void everyMinuteIsShownEquallyOften() {
        var clocks = render(1440, 16, Views.ANY, ClockStyle.ANY);
        var seen = new int[720];
        for (int i = 0; i < clocks.count(); i++) {
            seen[60 * clocks.hours()[i] + clocks.minutes()[i]]++;
        }
        assertThat(seen).containsOnly(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = ClockStyle.class,
            names = {"ANY", "HELD_OUT"})
    void handsPointToTheTime(ClockStyle style) {
        var clocks = render(720, 16, Views.ANY, style);
        var offHour = new double[720];
        var offMinute = new double[720];
        for (int i = 0; i < 720; i++) {
            var dial = new DialMap(clocks.points(), i * VALUES);
            offHour[i] = off(dial.degrees(i * VALUES + 10), 0.5 * i);
            offMinute[i] = off(dial.degrees(i * VALUES + 12), 6.0 * i);
            assertThat(dial.distance(i * VALUES + 10))
                    .as("hour hand of %d", i)
                    .isLessThan(0.95 * dial.distance(i * VALUES + 12));
        }
        Arrays.sort(offHour);
        Arrays.sort(offMinute);
        // Hands are above the dial: seen from the side they seem to point a little elsewhere.
        assertThat(offMinute[360]).isLessThan(0.5);
        assertThat(offMinute[719]).isLessThan(12);
        assertThat(offHour[360]).isLessThan(1);
        assertThat(offHour[719]).isLessThan(18);
    }

    private static double off(double degrees, double expected) {
        double off = Math.abs(degrees - expected) % 360;
        return Math.min(off, 360 - off);
    }

    @Test
    void picturesOfOneClockDifferWhereTheHandsAre() {
        int size = 100;
        var spec = new ClockSpec(1, size, Views.ANY, 3, ClockStyle.ANY);
        int seen = 0;
        for (int i = 0; i < 200; i++) {
            var one = ClockRenderer.picture(spec, i, 2, 10);
            var other = ClockRenderer.picture(spec, i, 8, 40);
            int most = 0;
            for (double part = 0.5; part < 0.9; part += 0.05) {
                int x = pixel(one.points(), 12, part, size);
                int y = pixel(one.points(), 13, part, size);
                int at = y * size + x;
                most =
                        Math.max(
                                most,
                                Math.abs((one.images()[at] & 255) - (other.images()[at] & 255)));
            }
            seen += most > 15 ? 1 : 0;
        }
        assertThat(seen).as("minute hands found at their points").isGreaterThan(190);
    }

    private static int pixel(float[] points, int at, double part, int size) {
        double value = points[at % 2] + part * (points[at] - points[at % 2]);
        return Math.clamp((int) (value * size), 0, size - 1);
    }

    @Test
    void viewsTurnTheTwelve() {
        var upright = render(500, 16, Views.UPRIGHT, ClockStyle.ANY).points();
        var any = render(500, 16, Views.ANY, ClockStyle.ANY).points();
        var quarters = new int[4];
        for (int at = 0; at < upright.length; at += VALUES) {
            double dx = upright[at + 2] - upright[at];
            double dy = upright[at + 1] - upright[at + 3];
            assertThat(Math.toDegrees(Math.atan2(dx, dy))).isBetween(-26.0, 26.0);
            quarters[(any[at + 2] > any[at] ? 1 : 0) + (any[at + 3] > any[at + 1] ? 2 : 0)]++;
        }
        assertThat(Arrays.stream(quarters).min().orElseThrow()).isGreaterThan(80);
    }

    /// The way back from the picture to the dial, by the points of the 12, 3, 6 and 9: where the lines 12-6 and 9-3 meet
    /// is the centre, and each line's cross ratio tells how the tilt foreshortens it.
    private static final class DialMap {
        private final float[] points;
        private final double[] map;

        DialMap(float[] points, int at) {
            this.points = points;
            map = toDial(points, at + 2);
        }

        double degrees(int at) {
            return Math.toDegrees(Math.atan2(x(at), y(at)));
        }

        double distance(int at) {
            return Math.hypot(x(at), y(at));
        }

        private double x(int at) {
            return row(0, at) / row(2, at);
        }

        private double y(int at) {
            return row(1, at) / row(2, at);
        }

        private double row(int row, int at) {
            return map[3 * row] * points[at] + map[3 * row + 1] * points[at + 1] + map[3 * row + 2];
        }

        /// Solves the eight equations of the four points.
        private static double[] toDial(float[] points, int at) {
            double[] dialX = {0, 1, 0, -1};
            double[] dialY = {1, 0, -1, 0};
            var rows = new double[8][9];
            for (int i = 0; i < 4; i++) {
                double u = points[at + 2 * i];
                double v = points[at + 2 * i + 1];
                rows[2 * i] =
                        new double[] {u, v, 1, 0, 0, 0, -u * dialX[i], -v * dialX[i], dialX[i]};
                rows[2 * i + 1] =
                        new double[] {0, 0, 0, u, v, 1, -u * dialY[i], -v * dialY[i], dialY[i]};
            }
            return solved(rows);
        }

        private static double[] solved(double[][] rows) {
            for (int column = 0; column < 8; column++) {
                int pivot = column;
                for (int row = column; row < 8; row++) {
                    if (Math.abs(rows[row][column]) > Math.abs(rows[pivot][column])) {
                        pivot = row;
                    }
                }
                var swapped = rows[pivot];
                rows[pivot] = rows[column];
                rows[column] = swapped;
                for (int row = 0; row < 8; row++) {
                    double factor = row == column ? 0 : rows[row][column] / swapped[column];
                    for (int i = 0; i < 9; i++) {
                        rows[row][i] -= factor * swapped[i];
                    }
                }
            }
            var map = new double[9];
            for (int i = 0; i < 8; i++) {
                map[i] = rows[i][8] / rows[i][i];
            }
            map[8] = 1;
            return map;
        }
    }

    @ParameterizedTest
    @EnumSource(ClockStyle.class)
    void mixedViewsAreMostlyUpright(ClockStyle style) {
        int count = 600;
        var clocks =
                ClockRenderer.render(new ClockSpec(count, 16, Views.MIXED, 4, style), 2, _ -> {});
        int upright = 0;
        for (int i = 0; i < count; i++) {
            float[] points = clocks.points();
            double right = points[i * VALUES + 2] - points[i * VALUES];
            double up = points[i * VALUES + 1] - points[i * VALUES + 3];
            upright += up > 0 && Math.abs(right) < 0.7 * up ? 1 : 0;
        }
        // Two thirds, and those of the others that are upright by chance.
        assertThat(upright / (double) count).isBetween(0.66, 0.88);
    }
}
