package dev.gnomon.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.gnomon.data.transform.RandomCrop;
import dev.gnomon.data.transform.RandomFlip;
import dev.gnomon.data.transform.RandomRotation;
import dev.gnomon.data.transform.RandomTranslation;
import dev.gnomon.random.Key;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AugmentedDataTest {
    private static final int SIZE = 40;

    private static Dataset plain(int size) {
        byte[] pixels = new byte[size * 8 * 8 * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) Key.of(1).intAt(i, 256);
        }
        int[] labels = new int[size];
        Arrays.setAll(labels, i -> i);
        return Dataset.of(Column.of(pixels, size, 8, 8, 3), Column.labels(labels));
    }

    private static Dataset augmented(Dataset data) {
        return data.augmented(
                new RandomFlip(), new RandomTranslation(0.1, 0.1), new RandomRotation(0.05));
    }

    /// The samples that a pass gives, by their labels.
    private static Map<Integer, float[]> pass(
            Dataset data, int[] order, int batchSize, int start, @Nullable Key key) {
        var samples = new HashMap<Integer, float[]>();
        try (var batches = new Batches(data, order, batchSize, start, key)) {
            while (batches.next()) {
                float[] x = batches.input("x").toArray(ValueLayout.JAVA_FLOAT);
                float[] y = batches.target("y").toArray(ValueLayout.JAVA_FLOAT);
                int width = x.length / batches.size();
                for (int i = 0; i < batches.size(); i++) {
                    samples.put((int) y[i], Arrays.copyOfRange(x, i * width, (i + 1) * width));
                }
            }
        }
        return samples;
    }

    private static void same(Map<Integer, float[]> some, Map<Integer, float[]> all) {
        assertThat(some).isNotEmpty();
        some.forEach((row, sample) -> assertThat(sample).isEqualTo(all.get(row)));
    }

    @Test
    void orderBatchesPartsAndResumptionChangeNothing() {
        var data = augmented(plain(SIZE));
        var order = BatchOrder.shuffled(5);
        var key = order.augmentationKey(3);
        var all = pass(data, order.epoch(SIZE, 3), 8, 0, key);
        assertThat(all).hasSize(SIZE);
        same(pass(data, BatchOrder.identity(SIZE), 7, 0, key), all);
        same(pass(data, order.epoch(SIZE, 3), 8, 2, key), all);
        same(pass(data.skip(20), BatchOrder.identity(20), 4, 0, key), all);
        same(pass(data.shuffled(9), BatchOrder.identity(SIZE), 4, 0, key), all);
        same(pass(data.select(new int[] {9, 3}).scaled(1), new int[] {1}, 4, 0, key), all);
    }

    @Test
    void epochsAndSeedsDiffer() {
        var data = augmented(plain(SIZE));
        int[] rows = BatchOrder.identity(SIZE);
        var first = pass(data, rows, 8, 0, new BatchOrder(true, 5).augmentationKey(0));
        var second = pass(data, rows, 8, 0, new BatchOrder(true, 5).augmentationKey(1));
        var other = pass(data, rows, 8, 0, new BatchOrder(false, 6).augmentationKey(0));
        assertThat(first.get(0)).isNotEqualTo(second.get(0)).isNotEqualTo(other.get(0));
        assertThat(new BatchOrder(false, 5).augmentationKey(0))
                .isEqualTo(new BatchOrder(true, 5).augmentationKey(0));
    }

    @Test
    void withoutAKeySamplesStayAsTheyAre() {
        var plain = plain(SIZE);
        var data = augmented(plain);
        int[] rows = BatchOrder.identity(SIZE);
        same(pass(data, rows, 8, 0, null), pass(plain, rows, 8, 0, null));
        assertThat(data.images().tensor().values()).isEqualTo(plain.images().tensor().values());
        float[] batch =
                data.batches(SIZE).iterator().next().input("x").toArray(ValueLayout.JAVA_FLOAT);
        assertThat(batch).isEqualTo(plain.images().tensor().values());
    }

    @Test
    void twoAugmentationsDrawNumbersOfTheirOwn() {
        var once = plain(SIZE).augmented(new RandomFlip(RandomFlip.Mode.HORIZONTAL));
        var twice = once.augmented(new RandomFlip(RandomFlip.Mode.HORIZONTAL));
        int[] rows = BatchOrder.identity(SIZE);
        var key = Key.of(2);
        var back = pass(twice, rows, 8, 0, key);
        var plain = pass(plain(SIZE), rows, 8, 0, null);
        long same =
                back.entrySet().stream()
                        .filter(e -> Arrays.equals(e.getValue(), plain.get(e.getKey())))
                        .count();
        assertThat(same).isBetween(5L, (long) SIZE - 5);
    }

    @Test
    void alternatingFlipsShowEveryPictureBothWaysInTwoEpochs() {
        var plain = plain(SIZE);
        var data =
                plain.augmented(
                        new RandomFlip(RandomFlip.Mode.HORIZONTAL).withAlternating(true),
                        new RandomCrop(1));
        boolean[][] flipped = new boolean[6][];
        for (int epoch = 0; epoch < flipped.length; epoch++) {
            flipped[epoch] = flipped(plain, data, BatchOrder.shuffled(5).augmentationKey(epoch));
        }
        for (int row = 0; row < SIZE; row++) {
            for (int epoch = 0; epoch < flipped.length; epoch += 2) {
                assertThat(flipped[epoch][row]).isNotEqualTo(flipped[epoch + 1][row]);
            }
        }
        assertThat(count(flipped[0], flipped[2])).isBetween(5, SIZE - 5);
        assertThat(count(flipped[0], new boolean[SIZE])).isBetween(5, SIZE - 5);
        assertThat(
                        count(
                                flipped[0],
                                flipped(plain, data, new BatchOrder(true, 6).augmentationKey(0))))
                .isBetween(5, SIZE - 5);
    }

    private static int count(boolean[] some, boolean[] others) {
        int same = 0;
        for (int i = 0; i < some.length; i++) {
            same += some[i] == others[i] ? 1 : 0;
        }
        return same;
    }

    /// Which samples are mirrored: a pixel in the middle, shifted or not, is found beside itself.
    private static boolean[] flipped(Dataset plain, Dataset data, Key key) {
        var samples = pass(data, BatchOrder.identity(SIZE), 8, 0, key);
        var before = pass(plain, BatchOrder.identity(SIZE), 8, 0, null);
        boolean[] flipped = new boolean[SIZE];
        for (int row = 0; row < SIZE; row++) {
            float[] from = Objects.requireNonNull(before.get(row));
            float[] to = Objects.requireNonNull(samples.get(row));
            boolean as = isShifted(from, to, false);
            flipped[row] = isShifted(from, to, true);
            assertThat(as).as("row %d is one or the other", row).isNotEqualTo(flipped[row]);
        }
        return flipped;
    }

    private static boolean isShifted(float[] from, float[] to, boolean mirrored) {
        for (int down = -1; down <= 1; down++) {
            for (int right = -1; right <= 1; right++) {
                boolean same = true;
                for (int y = 1; y < 7; y++) {
                    for (int x = 1; x < 7; x++) {
                        int column = mirrored ? 7 - x - right : x + right;
                        same &= to[(y * 8 + x) * 3] == from[((y + down) * 8 + column) * 3];
                    }
                }
                if (same) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void goingFromBatchToBatchAllocatesNothing() {
        var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var data = augmented(plain(4096));
        int[] order = BatchOrder.shuffled(1).epoch(4096, 0);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 8; round++) {
            try (var batches = new Batches(data, order, 8, 0, Key.of(round))) {
                batches.next();
                batches.next();
                long before = bean.getTotalThreadAllocatedBytes();
                while (batches.next()) {
                    batches.input("x");
                }
                least = Math.min(least, bean.getTotalThreadAllocatedBytes() - before);
            }
        }
        assertThat(least).as("bytes allocated by 510 batches").isLessThan(510 * 16);
    }
}
