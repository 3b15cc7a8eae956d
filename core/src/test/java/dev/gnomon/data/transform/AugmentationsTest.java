package dev.gnomon.data.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gnomon.check.ConfigException;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AugmentationsTest {
    private static final Shape SHAPE = Shape.of(4, 6, 2);

    private static float[] picture() {
        float[] picture = new float[4 * 6 * 2];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = 1 + i;
        }
        return picture;
    }

    private static float[] of(long seed, Augmentation... augmentations) {
        float[] from = picture();
        float[] to = new float[from.length];
        var chain = new AugmentationChain(SHAPE, 0, augmentations);
        return chain.apply(Key.rootBits(seed), from, to) ? to : from;
    }

    private static float[] moved(Augmentation augmentation, AffineMap map, Fill fill) {
        assertThat(augmentation).isNotNull();
        float[] to = new float[picture().length];
        map.apply(new Picture(4, 6, 2), new AffineStep.Edge(fill, -1), picture(), to);
        return to;
    }

    private static float at(float[] picture, int row, int column) {
        return picture[(row * 6 + column) * 2];
    }

    @Test
    void flipsGiveThePictureOrOneOfItsMirrors() {
        Set<Float> corners = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            float[] flipped = of(seed, new RandomFlip());
            corners.add(flipped[0]);
            assertThat(flipped).containsExactlyInAnyOrder(picture());
        }
        var p = picture();
        assertThat(corners)
                .containsExactlyInAnyOrder(at(p, 0, 0), at(p, 0, 5), at(p, 3, 0), at(p, 3, 5));
        Set<Float> across = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            across.add(of(seed, new RandomFlip(RandomFlip.Mode.HORIZONTAL))[0]);
        }
        assertThat(across).containsExactlyInAnyOrder(at(p, 0, 0), at(p, 0, 5));
    }

    @Test
    void cutoutCoversOneSquareAnywhere() {
        Set<Integer> sizes = new HashSet<>();
        Set<Integer> places = new HashSet<>();
        var p = picture();
        for (int seed = 0; seed < 400; seed++) {
            float[] cut = of(seed, new Cutout(3).withValue(-1));
            int covered = 0;
            int first = -1;
            for (int i = 0; i < cut.length; i++) {
                if (cut[i] == -1) {
                    covered++;
                    first = first < 0 ? i / 2 : first;
                } else {
                    assertThat(cut[i]).isEqualTo(p[i]);
                }
            }
            sizes.add(covered / 2);
            places.add(first);
        }
        assertThat(sizes).containsExactlyInAnyOrder(4, 6, 9);
        assertThat(places).contains(0, 1, 4, 6, 10).doesNotContain(5, 23);
    }

    @Test
    void cropsShiftByWholePixels() {
        Set<Float> corners = new HashSet<>();
        for (int seed = 0; seed < 400; seed++) {
            corners.add(of(seed, new RandomCrop(2).withFillValue(-1))[0]);
        }
        var p = picture();
        assertThat(corners)
                .containsExactlyInAnyOrder(
                        -1f,
                        at(p, 0, 0),
                        at(p, 0, 1),
                        at(p, 0, 2),
                        at(p, 1, 0),
                        at(p, 1, 1),
                        at(p, 1, 2),
                        at(p, 2, 0),
                        at(p, 2, 1),
                        at(p, 2, 2));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsBeyondTheEdgeIsFilledIn(Fill fill) {
        var map = new AffineMap();
        map.shift(2, 0);
        float[] result = moved(new RandomTranslation(0, 1), map, fill);
        var p = picture();
        float[] wanted =
                switch (fill) {
                    case REFLECT -> new float[] {at(p, 1, 1), at(p, 1, 0)};
                    case NEAREST -> new float[] {at(p, 1, 0), at(p, 1, 0)};
                    case WRAP -> new float[] {at(p, 1, 4), at(p, 1, 5)};
                    case CONSTANT -> new float[] {-1, -1};
                };
        assertThat(new float[] {at(result, 1, 0), at(result, 1, 1)}).containsExactly(wanted);
        assertThat(at(result, 1, 2)).isEqualTo(at(p, 1, 0));
    }

    @Test
    void halfAPixelIsTheMeanOfTwo() {
        var map = new AffineMap();
        map.shift(0.5, 0);
        float[] result = moved(new RandomTranslation(0, 1), map, Fill.REFLECT);
        var p = picture();
        assertThat(at(result, 2, 3)).isEqualTo((at(p, 2, 2) + at(p, 2, 3)) / 2);
    }

    @Test
    void aQuarterTurnIsExactToRounding() {
        var map = new AffineMap();
        map.rotate(Math.PI / 2);
        float[] square = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        float[] turned = new float[9];
        map.apply(new Picture(3, 3, 1), new AffineStep.Edge(Fill.CONSTANT, 0), square, turned);
        float[] wanted = {3, 6, 9, 2, 5, 8, 1, 4, 7};
        for (int i = 0; i < 9; i++) {
            assertThat(turned[i]).isCloseTo(wanted[i], within(1e-5f));
        }
    }

    @Test
    void turnsByAnyAngle() {
        for (double angle = -7; angle < 7; angle += 0.1) {
            float[] turned = new float[11 * 11];
            float[] picture = new float[11 * 11];
            for (int x = 0; x < 11; x++) {
                for (int y = 0; y < 11; y++) {
                    picture[11 * y + x] = x - 5;
                }
            }
            var map = new AffineMap();
            map.rotate(angle);
            map.apply(
                    new Picture(11, 11, 1), new AffineStep.Edge(Fill.NEAREST, 0), picture, turned);
            // Three to the right of the centre there was seen what is now three along the angle.
            assertThat(turned[11 * 5 + 8]).isCloseTo((float) (3 * Math.cos(angle)), within(1e-5f));
            assertThat(turned[11 * 2 + 5]).isCloseTo((float) (3 * Math.sin(angle)), within(1e-5f));
        }
    }

    @Test
    void zoomingOutShowsMore() {
        float[] gray = new float[81];
        gray[40] = 1;
        float[] small = new float[81];
        var map = new AffineMap();
        map.scale(0.5, 0.5);
        map.apply(new Picture(9, 9, 1), new AffineStep.Edge(Fill.CONSTANT, 0), gray, small);
        assertThat(small[40]).isEqualTo(1);
        assertThat(small[41]).isZero();
        map.reset();
        map.scale(2, 2);
        map.apply(new Picture(9, 9, 1), new AffineStep.Edge(Fill.CONSTANT, 0), gray, small);
        assertThat(small[41]).isEqualTo(0.5f);
    }

    @Test
    void mapsAreJoinedToOne() {
        var all =
                new Augmentation[] {
                    new RandomFlip(),
                    new RandomTranslation(0.3, 0.3),
                    new RandomRotation(0.1),
                    new RandomZoom(0.2)
                };
        assertThat(of(3, all)).isEqualTo(of(3, all)).isNotEqualTo(of(4, all));
        // A flip and a whole shift joined are the flip and then the shift.
        float[] joined = of(11, new RandomFlip(), new RandomCrop(1, Fill.REFLECT, 0));
        float[] from = picture();
        float[] to = new float[from.length];
        new RandomFlip().prepare(SHAPE).apply(EpochBits.child(Key.rootBits(11), 0), from, to);
        new RandomCrop(1, Fill.REFLECT, 0)
                .prepare(SHAPE)
                .apply(EpochBits.child(Key.rootBits(11), 1), to, from);
        assertThat(joined).isEqualTo(from);
    }

    @Test
    void anAugmentationOfOnesOwn() {
        Augmentation noise =
                _ ->
                        (bits, from, to) -> {
                            for (int i = 0; i < to.length; i++) {
                                to[i] = from[i] + (float) Key.uniformAt(bits, i);
                            }
                        };
        float[] result = of(5, noise, new RandomFlip(), noise);
        float sum = 0;
        for (float value : result) {
            sum += value;
        }
        assertThat(sum / result.length).isBetween(24.5f + 0.8f, 24.5f + 1.2f);
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> new RandomTranslation(2, 0))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "RandomTranslation: the factors must be from 0 to 1, but are 2.0 and 0.0.");
        assertThatThrownBy(() -> new RandomRotation(-0.1))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "RandomRotation: factor is a share of the whole circle, from 0 to 1, but is -0.1.");
        assertThatThrownBy(() -> new RandomZoom(1))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "RandomZoom: the factors must be at least 0 and below 1, but are 1.0 and -1.0.");
        assertThatThrownBy(() -> new Cutout(0))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Cutout: size must be at least 1, but is 0.");
        assertThatThrownBy(() -> new RandomCrop(0))
                .isInstanceOf(ConfigException.class)
                .hasMessage("RandomCrop: padding must be at least 1, but is 0.");
    }
}
