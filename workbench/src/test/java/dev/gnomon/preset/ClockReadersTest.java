package dev.gnomon.preset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.data.ClockDataset;
import dev.gnomon.preset.ClockReaders.Width;
import dev.gnomon.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockReadersTest {
    @ParameterizedTest
    @ValueSource(ints = {75, 150})
    void tellsPlacesAndTimeAtEachSize(int size) {
        try (var model = ClockReaders.reader("reader", size, Width.USUAL, 1)) {
            assertThat(model.outputNames()).containsExactly("points", "time_class", "time");
            assertThat(model.outputShapes())
                    .containsExactly(Shape.batched(14), Shape.batched(720), Shape.batched(4));
            assertThat(model.trainablePaths())
                    .contains("centre_map/kernel", "waves/kernel")
                    .doesNotContain("centre_place/kernel", "time_class/kernel");
            assertThat(model.countParams()).isBetween(2_000_000L, 3_000_000L);
        }
    }

    @Test
    void theNarrowOneFitsIntoThreeMegabytes() {
        try (var model = ClockReaders.reader("reader", 80, Width.NARROW, 1)) {
            assertThat(4 * model.countParams()).isLessThan(2_900_000L);
        }
    }

    @Test
    void aCellsPlaceIsTheMeanOfItsParts() {
        try (var model = ClockReaders.reader("reader", 75, Width.USUAL, 1)) {
            var places = model.weight("six_place/kernel");
            assertThat(places.shape()).isEqualTo(Shape.of(400, 2));
            assertThat(places.values()).startsWith(0.025f, 0.025f, 0.075f, 0.025f, 0.025f, 0.075f);
            assertThat(places.values()).endsWith(0.975f, 0.975f);
        }
    }

    @Test
    void theScoresOfATimesOwnWavesAreHighestAtThatTime() {
        var scores = ClockReaders.scores();
        int waves = scores.shape().dim(0);
        float[] values = scores.values();
        for (int time = 0; time < ClockDataset.MINUTES; time++) {
            int best = -1;
            double highest = Double.NEGATIVE_INFINITY;
            for (int other = 0; other < ClockDataset.MINUTES; other++) {
                double score = 0;
                for (int wave = 0; wave < waves; wave++) {
                    int row = wave * ClockDataset.MINUTES;
                    score += (double) values[row + time] * values[row + other];
                }
                if (score > highest) {
                    highest = score;
                    best = other;
                }
            }
            assertThat(best).isEqualTo(time);
        }
    }
}
