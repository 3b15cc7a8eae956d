package dev.gnomon.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyTest {
    private static final int COUNT = 200_000;

    @Test
    void uniformNumbersFillTheUnitInterval() {
        Key key = Key.of(1).child("uniform");
        assertThat(mean(key::uniformAt)).isCloseTo(0.5, within(0.004));
        assertThat(mean(i -> Math.pow(key.uniformAt(i) - 0.5, 2)))
                .isCloseTo(1 / 12.0, within(0.001));
        assertThat(mean(i -> (key.uniformAt(i) - 0.5) * (key.uniformAt(i + 1) - 0.5)))
                .isCloseTo(0, within(0.001));
    }

    @Test
    void normalNumbersHaveTheMomentsOfANormalDistribution() {
        Key key = Key.of(2).child("normal");
        assertThat(mean(key::normalAt)).isCloseTo(0, within(0.012));
        assertThat(mean(i -> Math.pow(key.normalAt(i), 2))).isCloseTo(1, within(0.017));
        assertThat(mean(i -> Math.pow(key.normalAt(i), 4))).isCloseTo(3, within(0.12));
        assertThat(mean(i -> Math.abs(key.normalAt(i)) < 1 ? 1 : 0))
                .isCloseTo(0.6827, within(0.006));
    }

    @Test
    void everyBitIsSetHalfOfTheTime() {
        Key key = Key.of(0);
        for (int bit = 0; bit < 64; bit++) {
            int shift = bit;
            assertThat(mean(i -> key.bitsAt(i) >>> shift & 1))
                    .as("bit %d", bit)
                    .isCloseTo(0.5, within(0.006));
        }
    }

    @Test
    void wholeNumbersAreEvenlySpread() {
        Key key = Key.of(3);
        int[] counts = new int[13];
        for (int i = 0; i < COUNT; i++) {
            counts[key.intAt(i, 13)]++;
        }
        double expected = COUNT / 13.0;
        double chiSquare =
                Arrays.stream(counts)
                        .mapToDouble(count -> Math.pow(count - expected, 2) / expected)
                        .sum();
        assertThat(chiSquare).isLessThan(33);
        assertThat(key.intAt(0, 1)).isZero();
        assertThat(key.intAt(5, Integer.MAX_VALUE)).isNotNegative();
    }

    @Test
    void childrenDiffer() {
        Set<Key> seen = new HashSet<>();
        for (int seed = -20; seed < 20; seed++) {
            Key key = Key.of(seed);
            seen.add(key);
            for (int number = -50; number < 50; number++) {
                seen.add(key.child(number));
                seen.add(key.child(String.valueOf(number)));
            }
        }
        assertThat(seen).hasSize(40 * 201);
    }

    @Test
    void neighbouringChildrenAreNotCorrelated() {
        Key key = Key.of(4);
        assertThat(
                        mean(i ->
                                (key.child(i).uniformAt(0) - 0.5)
                                        * (key.child(i + 1).uniformAt(0) - 0.5)))
                .isCloseTo(0, within(0.001));
    }

    @Test
    void isTheSameInEveryRelease() {
        assertThat(Key.of(0).bitsAt(0)).isEqualTo(0xB49AB477BB8685E2L);
        assertThat(Key.of(1).child("dense/kernel").child(2).bitsAt(3))
                .isEqualTo(0x685D9046C5D5FC25L);
    }

    @Test
    void permutationsHoldEachNumberOnce() {
        for (int count : new int[] {0, 1, 2, 13, 1000}) {
            int[] order = Key.of(5).permutation(count);
            assertThat(Arrays.stream(order).sorted().toArray())
                    .isEqualTo(IntStream.range(0, count).toArray());
        }
        assertThat(Key.of(5).permutation(100)).isNotEqualTo(Key.of(6).permutation(100));
    }

    @Test
    void allPermutationsAreEquallyLikely() {
        int[] counts = new int[27];
        for (int i = 0; i < 60_000; i++) {
            int[] order = Key.of(7).child(i).permutation(3);
            counts[9 * order[0] + 3 * order[1] + order[2]]++;
        }
        int[] found = Arrays.stream(counts).filter(count -> count > 0).toArray();
        assertThat(found).hasSize(6);
        assertThat(Arrays.stream(found).min().orElseThrow()).isGreaterThan(9_600);
        assertThat(Arrays.stream(found).max().orElseThrow()).isLessThan(10_400);
    }

    private static double mean(LongToDoubleFunction draw) {
        double sum = 0;
        for (int i = 0; i < COUNT; i++) {
            sum += draw.applyAsDouble(i);
        }
        return sum / COUNT;
    }
}
