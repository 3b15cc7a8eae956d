package dev.gnomon.data.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gnomon.check.ConfigException;
import org.junit.jupiter.api.Test;

class ClockSpecTest {
    @Test
    void coversEveryMinuteWith25ViewsInOrderOfTime() {
        var spec = new ClockSpec(18_000, 75, Views.ANY, 1);
        for (int i = 0; i < spec.count(); i++) {
            assertThat(spec.minuteOf(i)).isEqualTo(i / 25);
        }
    }

    @Test
    void spreadsOtherCountsEvenly() {
        var spec = new ClockSpec(7, 75, Views.ANY, 1);
        int[] minutes = new int[7];
        for (int i = 0; i < 7; i++) {
            minutes[i] = spec.minuteOf(i);
        }
        assertThat(minutes).containsExactly(0, 102, 205, 308, 411, 514, 617);
    }

    @Test
    void refusesNoPictures() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> new ClockSpec(0, 75, Views.ANY, 1))
                .withMessage(
                        "ClockSpec: count must be at least 1, but is 0. Ask for one picture or more.");
    }

    @Test
    void refusesTinyPictures() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> new ClockSpec(1, 15, Views.ANY, 1))
                .withMessage(
                        "ClockSpec: size must be at least 16 pixels, but is 15. "
                                + "The hands cannot be told apart on a smaller picture.");
    }

    @Test
    void tellsAllFaultsAtOnce() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> new ClockSpec(-3, 2, Views.ANY, 1))
                .withMessageContaining("ClockSpec: 2 settings do not fit.")
                .withMessageContaining("1. count must be at least 1, but is -3.")
                .withMessageContaining("2. size must be at least 16 pixels, but is 2.");
    }

    @Test
    void refusesMoreBytesThanAnArrayHolds() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> new ClockSpec(18_000, 400, Views.ANY, 1))
                .withMessage(
                        "ClockSpec: the pictures must fit one array of at most 2147483639 bytes, "
                                + "but 18000 pictures of 400×400 need 2880000000. "
                                + "Render fewer or smaller pictures, or several sets with different seeds.");
    }

    @Test
    void refusesSizesWhoseBytesOverflow() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> new ClockSpec(Integer.MAX_VALUE, Integer.MAX_VALUE, Views.ANY, 1))
                .withMessageContaining("need more. Render fewer");
    }
}
