package dev.gnomon.data.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.gnomon.check.ConfigException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClockRendererTest {
    private static final int POINTS = Clocks.POINT_VALUES;
    private static final int HOUR_TIP = 10;
    private static final int MINUTE_TIP = 12;

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7})
    void rendersTheSameOnAnyNumberOfThreads(int threads) {
        var spec = new ClockSpec(100, 32, Views.ANY, 5);
        var one = ClockRenderer.render(spec, 1, ClockRendererTest::silent);
        var many = ClockRenderer.render(spec, threads, ClockRendererTest::silent);
        assertThat(many.images()).isEqualTo(one.images());
        assertThat(many.points()).isEqualTo(one.points());
        assertThat(many.hours()).isEqualTo(one.hours());
        assertThat(many.minutes()).isEqualTo(one.minutes());
    }

    @Test
    void rendersTheSameBytesOnAnyMachine() throws NoSuchAlgorithmException {
        var clocks =
                ClockRenderer.render(
                        new ClockSpec(60, 40, Views.ANY, 11), 2, ClockRendererTest::silent);
        var digest = MessageDigest.getInstance("SHA-256").digest(clocks.images());
        assertThat(HexFormat.of().formatHex(digest))
                .as("a change of the pictures, also a wanted one, changes what models learnt")
                .isEqualTo("8acb50fc746e7c7eaa3daba4806a5b2b9d91cea2781af631d0a9b4b122735f2f");
    }

    @Test
    void pictureDependsOnIndexAndTimeButNotOnTheSet() {
        var small =
                ClockRenderer.render(
                        new ClockSpec(20, 32, Views.ANY, 5), 2, ClockRendererTest::silent);
        var other = new ClockSpec(18_000, 32, Views.ANY, 5);
        for (int i = 0; i < 20; i++) {
            var alone = ClockRenderer.picture(other, i, small.hours()[i], small.minutes()[i]);
            assertThat(alone.images()).isEqualTo(image(small, i));
            assertThat(alone.points())
                    .isEqualTo(Arrays.copyOfRange(small.points(), POINTS * i, POINTS * (i + 1)));
        }
    }

    @Test
    void seedsAndIndicesGiveDifferentViews() {
        var spec = new ClockSpec(1, 32, Views.ANY, 5);
        var first = ClockRenderer.picture(spec, 0, 3, 20);
        assertThat(ClockRenderer.picture(spec, 1, 3, 20).images()).isNotEqualTo(first.images());
        var reseeded = new ClockSpec(1, 32, Views.ANY, 6);
        assertThat(ClockRenderer.picture(reseeded, 0, 3, 20).images()).isNotEqualTo(first.images());
    }

    @Test
    void labelsCoverAllMinutesWith25Views() {
        var clocks =
                ClockRenderer.render(
                        new ClockSpec(18_000, 16, Views.UPRIGHT, 2), 2, ClockRendererTest::silent);
        var views = new int[720];
        for (int i = 0; i < clocks.count(); i++) {
            int time = 60 * clocks.hours()[i] + clocks.minutes()[i];
            assertThat(time).isEqualTo(i / 25);
            views[time]++;
        }
        assertThat(views).containsOnly(25);
    }

    @ParameterizedTest
    @EnumSource(Views.class)
    void handTipsShowTheTime(Views views) {
        var clocks =
                ClockRenderer.render(
                        new ClockSpec(720, 16, views, 3), 2, ClockRendererTest::silent);
        for (int i = 0; i < clocks.count(); i++) {
            var camera = Camera.of(new Draws(3, i), views);
            int time = 60 * clocks.hours()[i] + clocks.minutes()[i];
            int at = POINTS * i;
            var hour = onPlane(camera, clocks, at + HOUR_TIP, Hand.hour(0).height());
            var minute = onPlane(camera, clocks, at + MINUTE_TIP, Hand.minute(0).height());
            assertPolar(hour, 0.6, 0.5 * time);
            assertPolar(minute, 0.765, 6.0 * time);
            for (int quarter = 0; quarter < 4; quarter++) {
                var numeral = onPlane(camera, clocks, at + 2 + 2 * quarter, Scene.DIAL_HEIGHT);
                assertPolar(numeral, 0.75, 90 * quarter);
            }
            var centre = onPlane(camera, clocks, at, Scene.DIAL_HEIGHT);
            assertThat(Math.hypot(centre.x(), centre.y())).isLessThan(1e-4);
        }
    }

    @Test
    void handsAreDarkWhereThePointsSay() {
        int size = 120;
        var clocks =
                ClockRenderer.render(
                        new ClockSpec(360, size, Views.ANY, 4), 2, ClockRendererTest::silent);
        int dark = 0;
        for (int i = 0; i < clocks.count(); i++) {
            int hour = along(clocks, i, HOUR_TIP, 0.85);
            int minute = along(clocks, i, MINUTE_TIP, 0.85);
            dark += (hour < 135 ? 1 : 0) + (minute < 135 ? 1 : 0);
            assertThat(onDial(clocks, i)).isGreaterThan(165);
        }
        assertThat(dark).as("hands seen, all but those under the highlight").isBetween(660, 720);
    }

    @Test
    void uprightViewsHaveTheTwelveOnTop() {
        var points =
                ClockRenderer.render(
                                new ClockSpec(500, 16, Views.UPRIGHT, 9),
                                2,
                                ClockRendererTest::silent)
                        .points();
        for (int at = 0; at < points.length; at += POINTS) {
            double turn =
                    Math.toDegrees(
                            Math.atan2(
                                    points[at + 2] - points[at], points[at + 1] - points[at + 3]));
            assertThat(turn).isBetween(-30.0, 30.0);
        }
    }

    @Test
    void anyViewsHaveTheTwelveAllAround() {
        var points =
                ClockRenderer.render(
                                new ClockSpec(500, 16, Views.ANY, 9), 2, ClockRendererTest::silent)
                        .points();
        var quarters = new int[4];
        for (int at = 0; at < points.length; at += POINTS) {
            quarters[
                    (points[at + 2] > points[at] ? 1 : 0)
                            + (points[at + 3] > points[at + 1] ? 2 : 0)]++;
        }
        assertThat(Arrays.stream(quarters).min().orElseThrow()).isGreaterThan(80);
    }

    @Test
    void someHighlightsSaturate() {
        var clocks =
                ClockRenderer.render(
                        new ClockSpec(200, 50, Views.ANY, 1), 2, ClockRendererTest::silent);
        int saturated = 0;
        for (int i = 0; i < clocks.count(); i++) {
            int white = 0;
            for (byte grey : image(clocks, i)) {
                white += grey == (byte) 255 ? 1 : 0;
            }
            saturated += white >= 8 ? 1 : 0;
        }
        assertThat(saturated).isBetween(30, 140);
    }

    @Test
    void rendersOddSizes() {
        var clocks =
                ClockRenderer.render(
                        new ClockSpec(1, 333, Views.ANY, 1), 3, ClockRendererTest::silent);
        assertThat(clocks.images()).hasSize(333 * 333);
        assertThat(clocks.points()).hasSize(POINTS);
        assertThat(clocks.size()).isEqualTo(333);
    }

    @Test
    void progressRisesToTheCountOnTheCallersThread() {
        var told = new ArrayList<Integer>();
        var caller = Thread.currentThread();
        ClockRenderer.render(
                new ClockSpec(50, 16, Views.ANY, 1),
                2,
                done -> {
                    assertThat(Thread.currentThread()).isSameAs(caller);
                    told.add(done);
                });
        assertThat(told).isSorted().last().isEqualTo(50);
    }

    @Test
    void refusesNoThreads() {
        var spec = new ClockSpec(1, 16, Views.ANY, 1);
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ClockRenderer.render(spec, 0, ClockRendererTest::silent))
                .withMessage(
                        "ClockRenderer.render: threads must be at least 1, but is 0. "
                                + "Give the number of cores to use.");
    }

    @Test
    void refusesTimesThatNoClockShows() {
        var spec = new ClockSpec(1, 16, Views.ANY, 1);
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ClockRenderer.picture(spec, 0, 12, 0))
                .withMessage(
                        "ClockRenderer.picture: hour must be from 0 (for twelve) to 11, but is 12.");
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ClockRenderer.picture(spec, 0, 0, 60))
                .withMessage("ClockRenderer.picture: minute must be from 0 to 59, but is 60.");
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ClockRenderer.picture(spec, -1, 0, 0))
                .withMessage("ClockRenderer.picture: index must be at least 0, but is -1.");
    }

    /// Progress that nobody wants to hear of.
    private static void silent(int done) {}

    private static byte[] image(Clocks clocks, int index) {
        int area = clocks.size() * clocks.size();
        return Arrays.copyOfRange(clocks.images(), index * area, (index + 1) * area);
    }

    /// The point of the plane `height` above the floor that is seen at the key point.
    private static Vector onPlane(Camera camera, Clocks clocks, int at, double height) {
        double column = (clocks.points()[at] - 0.5) / Camera.FOCAL;
        double row = (0.5 - clocks.points()[at + 1]) / Camera.FOCAL;
        var way = camera.forward().plus(camera.right(), column).plus(camera.up(), row);
        return camera.eye().plus(way, (height - camera.eye().z()) / way.z());
    }

    private static void assertPolar(Vector point, double radius, double degrees) {
        assertThat(point.x()).isCloseTo(radius * Math.sin(Math.toRadians(degrees)), within(1e-4));
        assertThat(point.y()).isCloseTo(radius * Math.cos(Math.toRadians(degrees)), within(1e-4));
    }

    /// Grey value on the way from the centre to a tip.
    private static int along(Clocks clocks, int index, int point, double part) {
        return grey(
                clocks,
                index,
                between(clocks, index, point, part),
                between(clocks, index, point + 1, part));
    }

    /// Brightest of four places at half the way to the 12 and turned from it: at most two are under hands.
    private static int onDial(Clocks clocks, int index) {
        double x = between(clocks, index, 2, 0.5);
        double y = between(clocks, index, 3, 0.5);
        double centreX = clocks.points()[POINTS * index];
        double centreY = clocks.points()[POINTS * index + 1];
        double wx = x - centreX;
        double wy = y - centreY;
        int[] greys = {
            grey(clocks, index, x, y),
            grey(clocks, index, centreX - wx, centreY - wy),
            grey(clocks, index, centreX - 0.8 * wy, centreY + 0.8 * wx),
            grey(clocks, index, centreX + 0.8 * wy, centreY - 0.8 * wx)
        };
        return Arrays.stream(greys).max().orElseThrow();
    }

    private static double between(Clocks clocks, int index, int value, double part) {
        double centre = clocks.points()[POINTS * index + value % 2];
        return centre + part * (clocks.points()[POINTS * index + value] - centre);
    }

    private static int grey(Clocks clocks, int index, double x, double y) {
        int size = clocks.size();
        return clocks.images()[(index * size + (int) (y * size)) * size + (int) (x * size)] & 0xff;
    }
}
