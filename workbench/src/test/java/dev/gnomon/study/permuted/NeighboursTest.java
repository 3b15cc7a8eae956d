package dev.gnomon.study.permuted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gnomon.data.Column;
import dev.gnomon.data.PixelPermutation;
import dev.gnomon.random.Key;
import org.junit.jupiter.api.Test;

class NeighboursTest {
    private static final int SIDE = 8;

    /// Pictures of one shade each.
    private static Column even(int count) {
        byte[] pixels = new byte[count * SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) Key.of(1).intAt(i / (SIDE * SIDE), 256);
        }
        return Column.of(pixels, count, SIDE, SIDE, 1);
    }

    /// Pictures without any order.
    private static Column noise(int count) {
        byte[] pixels = new byte[count * SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) Key.of(2).intAt(i, 256);
        }
        return Column.of(pixels, count, SIDE, SIDE, 1);
    }

    @Test
    void inEvenPicturesAPixelTellsAllOfAnother() {
        assertThat(Neighbours.told(even(50), 50, 3))
                .hasSize(3)
                .allSatisfy(share -> assertThat(share).isCloseTo(1, within(1e-9)));
    }

    @Test
    void inNoiseAPixelTellsNothing() {
        assertThat(Neighbours.told(noise(400), 400, 1).getFirst()).isLessThan(0.01);
    }

    @Test
    void weightsOfASlopeAreAlikeUntilTheyArePermuted() {
        float[] slope = new float[SIDE * SIDE * 2];
        for (int i = 0; i < slope.length; i++) {
            slope[i] = i / 2 % SIDE + 1;
        }
        var permutation = PixelPermutation.of(3, SIDE * SIDE);
        float[] permuted = PermutedTrial.undone(slope, SIDE, SIDE, permutation.inverse());
        assertThat(Neighbours.inMaps(slope, SIDE, SIDE)).isGreaterThan(0.8);
        assertThat(Neighbours.inMaps(permuted, SIDE, SIDE)).isBetween(-0.3, 0.3);
        assertThat(PermutedTrial.undone(permuted, SIDE, SIDE, permutation)).isEqualTo(slope);
    }

    @Test
    void weightsOfNothingSayNothing() {
        assertThat(Neighbours.inMaps(new float[SIDE * SIDE], SIDE, SIDE)).isZero();
    }
}
