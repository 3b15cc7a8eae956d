package dev.gnomon.data.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HandTest {
    @Test
    void hourHandMovesWithoutSteps() {
        var tip = Hand.hour(210).tip();
        assertThat(Math.toDegrees(Math.atan2(tip.x(), tip.y()))).isCloseTo(105, within(1e-9));
    }

    @Test
    void reachesFromTailToTip() {
        var hand = Hand.minute(15);
        assertThat(hand.outside(hand.length() - 1e-9, 0)).isNegative();
        assertThat(hand.outside(-Hand.TAIL + 1e-9, 0)).isNegative();
        assertThat(hand.outside(hand.length() + 1e-9, 0)).isPositive();
        assertThat(hand.outside(-Hand.TAIL - 1e-9, 0)).isPositive();
        assertThat(hand.outside(0.3, hand.halfWidth() - 1e-9)).isNegative();
        assertThat(hand.outside(0.3, hand.halfWidth() + 1e-9)).isPositive();
    }
}
