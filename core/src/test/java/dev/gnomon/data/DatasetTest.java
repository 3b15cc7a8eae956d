package dev.gnomon.data;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.check.ConfigException;
import dev.gnomon.check.DataException;
import dev.gnomon.random.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DatasetTest {
    private static final long SEED = Long.getLong("gnomon.test.seed", 20_252L);

    private static Dataset numbered(int size) {
        int[] numbers = IntStream.range(0, size).toArray();
        float[] x = new float[2 * size];
        for (int i = 0; i < size; i++) {
            x[2 * i] = i;
            x[2 * i + 1] = -i;
        }
        return Dataset.of(Column.of(x, size, 2), Column.labels(numbers));
    }

    private static int[] numbers(Dataset dataset) {
        for (int row = 0; row < dataset.size(); row++) {
            assertThat(dataset.images().valueAt(row, 0)).isEqualTo(dataset.labels().intAt(row));
        }
        return dataset.labels().ints();
    }

    @Test
    void partsKeepInputsAndTargetsTogether() {
        var data = numbered(10);
        assertThat(numbers(data.take(3))).containsExactly(0, 1, 2);
        assertThat(numbers(data.skip(7))).containsExactly(7, 8, 9);
        assertThat(numbers(data.slice(2, 4))).containsExactly(2, 3);
        assertThat(numbers(data.select(new int[] {9, 0, 9}))).containsExactly(9, 0, 9);
    }

    @Test
    void shuffledIsAPermutationFixedByItsSeed() {
        var data = numbered(1000);
        int[] first = numbers(data.shuffled(1));
        assertThat(numbers(data.shuffled(1))).containsExactly(first);
        assertThat(numbers(data.shuffled(2))).isNotEqualTo(first);
        assertThat(Arrays.stream(first).sorted().toArray()).containsExactly(numbers(data));
    }

    @Test
    void splitsExactly() {
        var sizes = numbered(18_000).split(0.8, 0.1, 0.1).stream().mapToInt(Dataset::size);
        assertThat(sizes).containsExactly(14_400, 1_800, 1_800);
        assertThat(numbered(60_000).split(0.9, 0.1).getLast().size()).isEqualTo(6_000);
        assertThat(numbered(10).split(1 / 3.0, 1 / 3.0, 1 / 3.0).stream().mapToInt(Dataset::size))
                .containsExactly(3, 4, 3);
        assertThat(numbered(10).split(0.5, 0.2).stream().mapToInt(Dataset::size))
                .containsExactly(5, 2);
    }

    @Test
    void splitsOfAnySizeLoseNothing() {
        for (int round = 0; round < 200; round++) {
            var key = Key.of(SEED + round);
            int size = 20 + key.intAt(0, 1000);
            double first = 0.1 + 0.4 * key.uniformAt(1);
            double second = 0.1 + 0.3 * key.uniformAt(2);
            var parts = numbered(size).split(first, second, 1 - first - second);
            var all = parts.stream().flatMapToInt(part -> Arrays.stream(part.labels().ints()));
            assertThat(all.toArray())
                    .as("seed %d", SEED + round)
                    .containsExactly(IntStream.range(0, size).toArray());
        }
    }

    @Test
    void stratifiedPartsHoldEachClassInEqualShares() {
        for (int round = 0; round < 30; round++) {
            var key = Key.of(SEED + round);
            int size = 100 + key.intAt(0, 900);
            int[] labels = new int[size];
            var counts = new HashMap<Integer, Integer>();
            for (int i = 0; i < size; i++) {
                labels[i] = key.intAt(1 + i, 3) * key.intAt(size + 1 + i, 3);
                counts.merge(labels[i], 1, Integer::sum);
            }
            int[] rows = IntStream.range(0, size).toArray();
            var data = Dataset.of(Column.labels(rows), Column.labels(labels));
            double[] fractions = {0.7, 0.2, 0.1};
            var parts = data.stratifiedSplit(key.bits(), fractions);
            var plain = data.split(fractions);
            var seen = new ArrayList<Integer>();
            for (int part = 0; part < 3; part++) {
                assertThat(parts.get(part).size()).isEqualTo(plain.get(part).size());
                int[] own = parts.get(part).labels().ints();
                double fraction = fractions[part];
                counts.forEach((label, count) ->
                        assertThat((double) Arrays.stream(own).filter(l -> l == label).count())
                                .as("seed %s, class %d", key, label)
                                .isBetween(count * fraction - 2, count * fraction + 2));
                Arrays.stream(parts.get(part).images().ints()).forEach(seen::add);
            }
            assertThat(seen).hasSize(size).doesNotHaveDuplicates();
        }
    }

    @Test
    void stratifiedSplitOfEvenClassesIsExactAndFixedByItsSeed() {
        int[] labels = IntStream.range(0, 1000).map(i -> i / 100).toArray();
        var data = Dataset.of(Column.of(new float[1000], 1000), Column.labels(labels));
        var parts = data.stratifiedSplit(5, 0.8, 0.2);
        for (int label = 0; label < 10; label++) {
            int wanted = label;
            assertThat(Arrays.stream(parts.getLast().labels().ints()).filter(l -> l == wanted))
                    .hasSize(20);
        }
        assertThat(data.stratifiedSplit(5, 0.8, 0.2).getLast().labels().ints())
                .containsExactly(parts.getLast().labels().ints());
    }

    @Test
    void scalesTheOnlyInputAndKeepsTheRest() {
        var data =
                Dataset.of(Column.of(new byte[] {0, (byte) 255}, 2), Column.labels(0, 1))
                        .withClassNames("no", "yes")
                        .withSampleWeight(Column.of(new float[] {1, 2}, 2))
                        .scaled(1 / 255.0);
        assertThat(data.images().tensor().values()).containsExactly(0, 1);
        assertThat(data.classNames()).containsExactly("no", "yes");
        assertThat(requireNonNull(data.skip(1).sampleWeight()).tensor().values())
                .containsExactly(2);
        var own = data.withSampleWeight("y", Column.of(new float[] {3, 4}, 2)).skip(1);
        assertThat(requireNonNull(own.sampleWeights().get("y")).tensor().values())
                .containsExactly(4);
        assertThatThrownBy(() -> data.withSampleWeight("z", Column.of(new float[2], 2)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Dataset: there is no target \"z\"; known: y.");
        assertThatThrownBy(() -> data.withSampleWeight("y", Column.of(new float[4], 2, 2)))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "Dataset: sampleWeight of \"y\" needs one number for each sample, but a sample is [2]. Give"
                                + " arrays of the same samples, one row for each.");
    }

    @Test
    void severalInputsAndTargetsKeepTheirOrder() {
        var inputs = new LinkedHashMap<String, Column>();
        inputs.put("image", Column.of(new float[6], 2, 3));
        inputs.put("angle", Column.of(new float[2], 2));
        var data =
                Dataset.of(inputs, new LinkedHashMap<>())
                        .withTarget("hour", Column.labels(1, 2))
                        .withTarget("minute", Column.labels(3, 4));
        assertThat(data.inputs().keySet()).containsExactly("image", "angle");
        assertThat(data.target("minute").intAt(1)).isEqualTo(4);
        assertThatThrownBy(data::images)
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "Dataset.images: there must be one input, but there are 2 (image, angle). Ask for one by name:"
                                + " input(\"…\").");
        assertThatThrownBy(() -> data.target("second"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Dataset: there is no target \"second\"; known: hour, minute.");
    }

    @Test
    void refusesPartsOfOtherLengthsAllAtOnce() {
        assertThatThrownBy(() ->
                        Dataset.of(Column.of(new float[100], 100), Column.labels(new int[99])))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "Dataset: every part needs the same number of rows, but input \"x\" has 100 rows, target \"y\""
                                + " has 99 rows. Give arrays of the same samples, one row for each.");
        assertThatThrownBy(() -> numbered(3).withSampleWeight(Column.of(new float[8], 4, 2)))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "Dataset: (1) every part needs the same number of rows, but input \"x\" has 3 rows, target"
                                + " \"y\" has 3 rows, sampleWeight has 4 rows. (2) sampleWeight needs one number for each"
                                + " sample, but a sample is [2]. Give arrays of the same samples, one row for each.");
    }

    @Test
    void refusesFractionsThatCannotBe() {
        var data = numbered(10);
        assertThatThrownBy(() -> data.split(0.8, 0.3))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "split: the fractions must add up to at most 1, but [0.8, 0.3] add up to more.");
        assertThatThrownBy(() -> data.split(0.8, Double.NaN))
                .isInstanceOf(ConfigException.class)
                .hasMessage("split: fraction 2 must be above 0 and at most 1, but is NaN.");
        assertThatThrownBy(() -> data.split(0.99, 0.01))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "split: part 2 (0.01 of 10 samples) would be empty. Use a larger fraction or more samples.");
        assertThatThrownBy(() -> data.take(11))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Dataset: samples 0 to 11 were asked for, but there are 10.");
    }

    @Test
    void theDigestIsThatOfTheContent() {
        var data = numbered(10);
        assertThat(data.sha256()).hasSize(64).isEqualTo(numbered(10).sha256());
        assertThat(data.select(BatchOrder.sequential().epoch(10, 0)).sha256())
                .isEqualTo(data.sha256());
        assertThat(data.shuffled(1).sha256()).isNotEqualTo(data.sha256());
        assertThat(data.scaled(2).sha256()).isNotEqualTo(data.sha256());
        assertThat(data.withTarget("z", data.labels()).sha256()).isNotEqualTo(data.sha256());
    }

    @Test
    void iteratesInBatchesInOrder() {
        var seen = new ArrayList<Integer>();
        var sizes = new ArrayList<Integer>();
        for (var batch : numbered(10).batches(4)) {
            sizes.add(batch.size());
            assertThat(batch.input("x").byteSize()).isEqualTo(8L * batch.size());
            Arrays.stream(batch.rows()).forEach(seen::add);
        }
        assertThat(sizes).isEqualTo(List.of(4, 4, 2));
        assertThat(seen).isEqualTo(IntStream.range(0, 10).boxed().toList());
    }

    @Test
    void classNumbersBecomeOneHotRows() {
        var data = Dataset.of(Column.of(new float[3], 3, 1), Column.labels(2, 0, 1));
        var rows = data.oneHot(3).labels();
        assertThat(rows.shape().dims()).containsExactly(3, 3);
        assertThat(rows.tensor().values()).containsExactly(0, 0, 1, 1, 0, 0, 0, 1, 0);
        assertThatThrownBy(() -> data.oneHot(2))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "Dataset.oneHot: the label of row 0 is 2.0, but classes are whole numbers from 0 to 1. Count"
                                + " classes from 0, or say how many there are.");
        assertThatThrownBy(() -> data.oneHot(0))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Dataset.oneHot: classes must be at least 1, but is 0.");
        assertThatThrownBy(() -> data.oneHot(3).oneHot(3))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "each sample must have one class number, but the labels are [3, 3]");
    }

    @Test
    void numbersMustBeFinite() {
        var x = Column.of(new float[] {1, 2, 3, Float.NaN}, 2, 2);
        var data = Dataset.of(x, Column.labels(0, 1));
        assertThatThrownBy(() -> data.requireFinite("d.npz"))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "d.npz: row 1 of input \"x\" holds NaN at element 1. Mend the value or leave the row out; training"
                                + " would spread it to all weights.");
        assertThat(data.take(1).requireFinite("d.npz").size()).isEqualTo(1);
    }
}
