package dev.gnomon.study.permuted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.study.Paired;
import org.junit.jupiter.api.Test;

class VerdictTest {
    @Test
    void clearDifferencesAreNamed() {
        assertThat(Verdict.of("the CNN", Paired.of(-5, -5.5, -6)))
                .isEqualTo("the CNN loses 5.50 points");
        assertThat(Verdict.of("the CNN", Paired.of(5, 5.5, 6)))
                .isEqualTo("the CNN gains 5.50 points");
        assertThat(Verdict.of("the MLP", Paired.of(-0.3, -0.31, -0.32)))
                .isEqualTo("the MLP loses 0.31 points: measurable, but less than 1 point");
    }

    @Test
    void noDifferenceIsToldFromNotEnoughSeeds() {
        assertThat(Verdict.of("the MLP", Paired.of(0.1, -0.1, 0.05)))
                .isEqualTo("the MLP is unhurt: less than 1 point either way");
        assertThat(Verdict.of("the MLP", Paired.of(3, -3, 1)))
                .isEqualTo("for the MLP the two cannot be told apart with 3 seeds");
        assertThat(Verdict.of("the MLP", Paired.of(-2)))
                .isEqualTo("the MLP loses 2.00 points with one seed, which shows nothing");
    }

    @Test
    void theInteractionSaysWhoLosesMore() {
        assertThat(Verdict.ofInteraction(Paired.of(5, 6, 7)))
                .isEqualTo("the order costs the CNN 6.00 points more than the MLP");
        assertThat(Verdict.ofInteraction(Paired.of(-5, -6, -7)))
                .isEqualTo("the order costs the CNN 6.00 points less than the MLP");
        assertThat(Verdict.ofInteraction(Paired.of(5, -6)))
                .isEqualTo("which of the two the order costs more cannot be told with 2 seeds");
    }

    @Test
    void intervalsAndProbabilitiesOfOneSeedAreDashes() {
        assertThat(Verdict.interval(Paired.of(1))).isEqualTo("–");
        assertThat(Verdict.p(Paired.of(1))).isEqualTo("–");
        assertThat(Verdict.p(Paired.of(5, 5))).isEqualTo("< 0.0001");
    }
}
