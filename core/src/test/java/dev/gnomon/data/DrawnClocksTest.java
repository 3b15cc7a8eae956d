package dev.gnomon.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.check.ConfigException;
import dev.gnomon.data.clock.ClockPainter;
import dev.gnomon.data.clock.ClockRenderer;
import dev.gnomon.data.clock.ClockSpec;
import dev.gnomon.data.clock.ClockStyle;
import dev.gnomon.data.clock.Views;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Clocks that are drawn when they are read are those of the renderer.
class DrawnClocksTest {
    private static final int FIRST = 30;
    private static final int ROWS = 10_000;

    @ParameterizedTest
    @EnumSource(ClockStyle.class)
    void areThoseOfTheRenderer(ClockStyle style) {
        var spec = new ClockSpec(1, 24, Views.ANY, 5, style);
        var clocks = ClockDataset.drawn(spec, FIRST, ROWS);
        assertThat(clocks.size()).isEqualTo(ROWS);
        var samples = clocks.dataset(List.of(ClockDataset.POINTS, "time_class"));
        for (int row : new int[] {0, 719, 720, 9_999, 5_807, 1_711, 0}) {
            int time = clocks.time(row);
            assertThat(time).isEqualTo(row % 720);
            var expected = ClockRenderer.picture(spec, FIRST + row, time / 60, time % 60);
            // 5,807 and 1,711 share their place among the remembered.
            var points = samples.target(ClockDataset.POINTS).slice(row, row + 1).tensor();
            assertThat(points.values()).isEqualTo(expected.points());
            var pixels = samples.images().slice(row, row + 1).tensor().values();
            for (int i = 0; i < pixels.length; i++) {
                assertThat((int) pixels[i]).isEqualTo(expected.images()[i] & 0xff);
            }
            points = samples.target(ClockDataset.POINTS).slice(row, row + 1).tensor();
            assertThat(points.values()).isEqualTo(expected.points());
            assertThat(samples.target("time_class").intAt(row)).isEqualTo(time);
        }
    }

    @Test
    void aPainterRefusesWhatIsNoPicture() {
        var painter = new ClockPainter(new ClockSpec(1, 24, Views.ANY, 5));
        assertThatThrownBy(() -> painter.picture(0, 720))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("the time from 0 to 719, but they are 0 and 720");
        assertThatThrownBy(() -> painter.picture(-1, 0)).isInstanceOf(ConfigException.class);
    }
}
