package dev.gnomon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.clock.ReadingErrors;
import dev.gnomon.data.ClockDataset;
import dev.gnomon.data.Column;
import dev.gnomon.data.clock.ClockSpec;
import dev.gnomon.data.clock.Views;
import dev.gnomon.file.Json;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockReadingTest {
    @TempDir private Path folder;

    private ClockReading reading(Integer... errors) {
        var spec = new ClockSpec(errors.length, 16, Views.ANY, 1);
        var clocks = ClockDataset.rendered(spec, folder, 1, _ -> {});
        return new ClockReading(clocks, List.of(), new ReadingErrors(List.of(errors)));
    }

    @Test
    void tellsMeanMedianAndTheWorst() {
        var figures = Json.object();
        var reading = reading(0, 0, 0, 0, 1, 1, 2, 5, 30, 61);
        reading.put(figures);
        assertThat(figures.toString())
                .isEqualTo(
                        "{\"common_sense_error_minutes\":10.0,\"median_error_minutes\":1.0,\"p90_error_minutes\":30,"
                                + "\"within_1_minute\":0.6,\"within_5_minutes\":0.8,\"largest_error_minutes\":61,"
                                + "\"errors_above_30_minutes\":1}");
        assertThat(reading.text())
                .isEqualTo(
                        "Common-sense error on 10 pictures: 10.00 minutes in the mean, 1.0 in the median, 30 in the 90th"
                                + " percentile; 60.00 % within 1 minute, 80.00 % within 5 minutes; at most 61, above 30"
                                + " minutes: 1");
    }

    @Test
    void namesTheClocksReadWorst() {
        var clocks =
                ClockDataset.of(Column.of(new byte[4 * 16], 4, 4, 4), new int[] {30, 0, 715, 60});
        var read = List.of(30, 6, 0, 0);
        var errors = new ReadingErrors(List.of(0, 5, 6, 60));
        var reading = new ClockReading(clocks, read, errors);
        assertThat(reading.worst(5))
                .isEqualTo("clock 3 as 12:00 (true 1:00), clock 1 as 12:06 (true 12:00)");
        assertThat(reading.worst(1)).isEqualTo("clock 3 as 12:00 (true 1:00)");
    }

    @Test
    void oneClockIsItsOwnPercentile() {
        assertThat(reading(7).errors().ninetiethPercentile()).isEqualTo(7);
    }
}
