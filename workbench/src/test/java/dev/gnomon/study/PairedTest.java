package dev.gnomon.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// The numbers of the tests are those of R: `t.test(c(2, 4, 6), c(1, 2, 3), paired = TRUE)`.
class PairedTest {
    @Test
    void isTheTTestOfTheDifferences() {
        var paired = Paired.of(new double[] {1, 2, 3}, new double[] {2, 4, 6});
        assertThat(paired.mean()).isEqualTo(2);
        assertThat(paired.low()).isCloseTo(-0.484138, within(1e-6));
        assertThat(paired.high()).isCloseTo(4.484138, within(1e-6));
        assertThat(paired.p()).isCloseTo(0.0741799, within(1e-6));
        assertThat(paired.isShown()).isFalse();
        assertThat(paired.isWithin(4)).isFalse();
        assertThat(paired.isWithin(5)).isTrue();
    }

    @Test
    void differencesThatAreAllTheSameAreShownUnlessThereIsNone() {
        assertThat(Paired.of(-3, -3, -3).isShown()).isTrue();
        assertThat(Paired.of(0, 0, 0).isShown()).isFalse();
    }

    @Test
    void oneSeedShowsNothing() {
        var paired = Paired.of(-50);
        assertThat(paired.mean()).isEqualTo(-50);
        assertThat(paired.p()).isNaN();
        assertThat(paired.isShown()).isFalse();
        assertThat(paired.isWithin(100)).isFalse();
    }
}
