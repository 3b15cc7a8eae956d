package dev.gnomon.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.random.Key;
import org.junit.jupiter.api.Test;

class DropoutStreamTest {
    @Test
    void takesSixteenBitsOfADrawPerElement() {
        Key sample =
                DropoutStream.sample(DropoutStream.step(new StepContext(5, 3, 8, 0), "drop"), 6);
        assertThat(sample).isEqualTo(Key.of(5).child("drop").child(3).child(6));
        long draw = sample.bitsAt(2);
        for (int i = 0; i < 4; i++) {
            assertThat(DropoutStream.bits(sample, 8 + i))
                    .isEqualTo((int) (draw >>> (16 * i) & 0xFFFF));
        }
    }

    @Test
    void roundsTheRateToSixteenBits() {
        assertThat(DropoutStream.threshold(0)).isZero();
        assertThat(DropoutStream.threshold(0.5f)).isEqualTo(32768);
        assertThat(DropoutStream.threshold(0.1f)).isEqualTo(6554);
        assertThat(DropoutStream.threshold(1)).isEqualTo(65536);
        assertThat(DropoutStream.scale(0.75f)).isEqualTo(4);
    }

    @Test
    void dropsAboutTheRate() {
        Key sample = Key.of(1);
        int dropped = 0;
        for (int i = 0; i < 100_000; i++) {
            dropped += DropoutStream.keeps(sample, i, DropoutStream.threshold(0.3f)) ? 0 : 1;
        }
        assertThat(dropped).isBetween(29_400, 30_600);
    }
}
