package dev.gnomon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.clock.ReadingErrors;
import dev.gnomon.data.ClockDataset;
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
                                + " percentile; 60.0 % within 1 minute, 80.0 % within 5 minutes; at most 61, above 30"
                                + " minutes: 1");
    }

    @Test
    void oneClockIsItsOwnPercentile() {
        assertThat(reading(7).errors().ninetiethPercentile()).isEqualTo(7);
    }
}
