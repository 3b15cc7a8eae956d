package dev.gnomon.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.check.DataException;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Folders with `images.npy` and `labels.npy` as they are handed out, and ones that are not right.
class ClockFolderTest {
    private static final int SIZE = 4;

    @TempDir private Path folder;

    private void write(Column images, Column labels) {
        Npy.write(folder.resolve("images.npy"), images);
        Npy.write(folder.resolve("labels.npy"), labels);
    }

    private static Column images(int count) {
        byte[] pixels = new byte[count * SIZE * SIZE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i / (SIZE * SIZE));
        }
        return Column.of(pixels, count, SIZE, SIZE);
    }

    @Test
    void theTimeIsTheMedianOfThoseThatAreLikeliestTogether() {
        float[] sure = new float[ClockDataset.MINUTES * ClockDataset.MINUTES];
        for (int time = 0; time < ClockDataset.MINUTES; time++) {
            sure[time * ClockDataset.MINUTES + time] = 1;
        }
        int[] told =
                ClockDataset.times(Tensor.of(sure, ClockDataset.MINUTES, ClockDataset.MINUTES));
        assertThat(told).containsExactly(IntStream.range(0, ClockDataset.MINUTES).toArray());
        float[] doubtful = new float[ClockDataset.MINUTES];
        doubtful[718] = 0.18f;
        doubtful[719] = 0.2f;
        doubtful[0] = 0.22f;
        doubtful[300] = 0.4f;
        assertThat(ClockDataset.times(Tensor.of(doubtful, 1, ClockDataset.MINUTES)))
                .containsExactly(719);
    }

    /// Times in ascending order, as the original has them.
    private static int[] ordered(int count) {
        int[] labels = new int[2 * count];
        for (int i = 0; i < count; i++) {
            labels[2 * i] = i * 12 / count;
            labels[2 * i + 1] = i % 60;
        }
        return labels;
    }

    @Test
    void isReadAndShuffledBeforeItIsCut() {
        write(images(100), Column.of(ordered(100), 100, 2));
        var clocks = ClockDataset.read(folder);
        assertThat(clocks.size()).isEqualTo(100);
        assertThat(clocks.time(99)).isEqualTo(11 * 60 + 39);
        var parts = clocks.split(1);
        assertThat(parts.stream().map(ClockDataset::size)).containsExactly(80, 10, 10);
        var test = parts.getLast();
        int late = 0;
        for (int i = 0; i < test.size(); i++) {
            int row = test.images().intAt(i, 0);
            assertThat(test.time(i)).isEqualTo(clocks.time(row));
            late += row >= 90 ? 1 : 0;
        }
        assertThat(late).isLessThan(5);
    }

    @Test
    void smallerPicturesAreMeans() {
        byte[] pixels = {0, 4, 10, 10, 8, 4, 10, 10, 1, 1, 0, 0, 1, 1, 0, 100};
        write(Column.of(pixels, 1, SIZE, SIZE), Column.of(ordered(1), 1, 2));
        var small = ClockDataset.read(folder).resized(2);
        assertThat(small.images().shape()).isEqualTo(Shape.of(1, 2, 2));
        assertThat(small.images().tensor().values()).containsExactly(4, 10, 1, 25);
        assertThat(small.times()).containsExactly(0);
    }

    @Test
    void takesTwelveForZeroAndAnyWholeNumbers() {
        write(images(2), Column.of(new long[] {12, 5, 11, 59}, 2, 2));
        assertThat(ClockDataset.read(folder).time(0)).isEqualTo(5);
        write(images(2), Column.of(new double[] {12, 5, 11, 59}, 2, 2));
        assertThat(ClockDataset.read(folder).time(1)).isEqualTo(719);
        write(images(2), Column.of(new double[] {12, 5.5, 11, 59}, 2, 2));
        assertRefused("labels.npy: row 0 holds the time 12:5.5; wanted are hours");
    }

    @Test
    void takesPicturesWithAChannel() {
        write(images(3).withSampleShape(SIZE, SIZE, 1), Column.of(ordered(3), 3, 2));
        assertThat(ClockDataset.read(folder).images().shape().rank()).isEqualTo(3);
    }

    @Test
    void refusesPointsOfOtherPictures() {
        write(images(3), Column.of(ordered(3), 3, 2));
        for (int rows : new int[] {2, 4}) {
            Npy.write(folder.resolve("points.npy"), Column.of(new float[rows * 14], rows, 14));
            assertRefused(
                    "points.npy: must hold 14 values for each of the 3 pictures, but holds ["
                            + rows
                            + ", 14]. Where it belongs to other pictures, remove it.");
        }
        Npy.write(folder.resolve("points.npy"), Column.of(new float[3 * 14], 3, 14));
        assertThat(ClockDataset.read(folder).hasPoints()).isTrue();
    }

    @Test
    void keepsItsDetailWhenItIsMadeSmaller() {
        write(images(20), Column.of(ordered(20), 20, 2));
        var small = ClockDataset.read(folder).resized(2).split(1).getLast();
        assertThat(small.images().shape()).isEqualTo(Shape.of(2, 2, 2));
        assertThat(small.detail().shape()).isEqualTo(Shape.of(2, SIZE, SIZE));
        assertThat(small.detail().intAt(0, 0)).isEqualTo((int) small.images().valueAt(0, 0));
    }

    @Test
    void refusesOtherPictures() {
        var labels = Column.of(ordered(3), 3, 2);
        write(Column.of(new float[3 * 16], 3, 4, 4), labels);
        assertRefused(
                "images.npy: wanted are grey square pictures, uint8 [n, size, size], but it holds FLOAT32 [3, 4, 4]");
        write(Column.of(new byte[3 * 12], 3, 4, 3), labels);
        assertRefused("but it holds UINT8 [3, 4, 3]");
        write(Column.of(new byte[3 * 48], 3, 4, 4, 3), labels);
        assertRefused("but it holds UINT8 [3, 4, 4, 3]");
        write(Column.of(new byte[3 * 16], 3, 16), labels);
        assertRefused("but it holds UINT8 [3, 16]");
    }

    @Test
    void refusesOtherLabels() {
        write(images(3), Column.of(ordered(4), 4, 2));
        assertRefused(
                "labels.npy must hold hour and minute of each picture, [3, 2], but holds [4, 2]");
        write(images(3), Column.of(new int[3], 3));
        assertRefused("but holds [3]");
        write(images(3), Column.of(new int[9], 3, 3));
        assertRefused("but holds [3, 3]");
        write(images(2), Column.of(new int[] {1, 1, 13, 0}, 2, 2));
        assertRefused("row 1 holds the time 13:0; wanted are hours from 0 to 11");
        write(images(2), Column.of(new int[] {1, 60, 3, 0}, 2, 2));
        assertRefused("row 0 holds the time 1:60");
        write(images(2), Column.of(new int[] {-1, 0, 3, 0}, 2, 2));
        assertRefused("row 0 holds the time -1:0");
    }

    private void assertRefused(String text) {
        assertThatThrownBy(() -> ClockDataset.read(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(text);
    }
}
