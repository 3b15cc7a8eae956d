package dev.gnomon.data;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.gnomon.check.ConfigException;
import dev.gnomon.check.DataException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class BatchesTest {
    private static Dataset numbered(int size, int width) {
        float[] x = new float[size * width];
        for (int i = 0; i < x.length; i++) {
            x[i] = i;
        }
        return Dataset.of(
                Column.of(x, size, width), Column.labels(IntStream.range(0, size).toArray()));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "3,1", "7,3", "8,8", "13,64", "100,13", "101,17", "1000,128", "0,4"})
    void givesEverySampleOnceInOrder(int size, int batchSize) {
        var data = numbered(size, 3).withSampleWeight(Column.of(new float[size], size));
        int[] order = BatchOrder.shuffled(9).epoch(size, 2);
        var seen = new ArrayList<Integer>();
        try (var batches = new Batches(data, order, batchSize, 0)) {
            assertThat(batches.count()).isEqualTo((size + batchSize - 1) / batchSize);
            int number = 0;
            while (batches.next()) {
                assertThat(batches.index()).isEqualTo(number++);
                check(batches);
                Arrays.stream(batches.rows()).forEach(seen::add);
            }
            assertThat(batches.next()).isFalse();
        }
        assertThat(seen).isEqualTo(Arrays.stream(order).boxed().toList());
    }

    private static void check(Batches batches) {
        var x = batches.input("x");
        var y = batches.target("y");
        assertThat(x.address() % 64).isZero();
        assertThat(y.address() % 64).isZero();
        assertThat(x.byteSize()).isEqualTo(4L * 3 * batches.size());
        assertThat(y.byteSize()).isEqualTo(4L * batches.size());
        assertThat(requireNonNull(batches.sampleWeight("y")).byteSize())
                .isEqualTo(4L * batches.size());
        for (int i = 0; i < batches.size(); i++) {
            assertThat(y.getAtIndex(ValueLayout.JAVA_FLOAT, i)).isEqualTo(batches.row(i));
            for (int j = 0; j < 3; j++) {
                assertThat(x.getAtIndex(ValueLayout.JAVA_FLOAT, 3 * i + j))
                        .isEqualTo(3 * batches.row(i) + j);
            }
        }
    }

    @Test
    void aResumedEpochGoesOnWhereItStopped() {
        var data = numbered(50, 1);
        var order = BatchOrder.shuffled(3);
        int[] whole = order.epoch(50, 7);
        try (var batches = new Batches(data, order.epoch(50, 7), 8, 4)) {
            assertThat(batches.next()).isTrue();
            assertThat(batches.index()).isEqualTo(4);
            assertThat(batches.rows()).containsExactly(Arrays.copyOfRange(whole, 32, 40));
        }
        assertThat(order.epoch(50, 8)).isNotEqualTo(whole);
        assertThat(BatchOrder.sequential().epoch(3, 5)).containsExactly(0, 1, 2);
        try (var none = new Batches(data, whole, 8, 7)) {
            assertThat(none.next()).isFalse();
        }
    }

    @Test
    void theBatchInUseStaysWhileTheNextIsFilled() throws InterruptedException {
        var data = numbered(400, 100);
        try (var batches = new Batches(data, BatchOrder.sequential().epoch(400, 0), 4, 0)) {
            for (int batch = 0; batches.next(); batch++) {
                if (batch % 20 == 0) {
                    Thread.sleep(5);
                }
                assertThat(batches.input("x").getAtIndex(ValueLayout.JAVA_FLOAT, 399))
                        .isEqualTo(batch * 400 + 399);
            }
        }
    }

    @Test
    void aFaultOfFillingReachesTheCaller() {
        var arena = Arena.ofShared();
        var memory = arena.allocate(400);
        var x = Column.of(memory, dev.gnomon.tensor.DType.FLOAT32, dev.gnomon.tensor.Shape.of(100));
        arena.close();
        try (var batches = new Batches(Dataset.of(x), new int[] {1, 2, 3}, 2, 0)) {
            assertThatThrownBy(batches::next)
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith(
                            "Batches: a batch could not be filled: java.lang.IllegalStateException")
                    .hasRootCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void anInterruptLosesNoBatchAndStaysSet() {
        var data = numbered(1000, 10);
        try (var batches = new Batches(data, BatchOrder.sequential().epoch(1000, 0), 10, 0)) {
            Thread.currentThread().interrupt();
            int count = 0;
            while (batches.next()) {
                count++;
            }
            assertThat(count).isEqualTo(100);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void closingEarlyEndsTheThread() {
        for (int i = 0; i < 50; i++) {
            var batches =
                    new Batches(numbered(100, 10), BatchOrder.sequential().epoch(100, 0), 3, 0);
            if (i % 2 == 0) {
                batches.next();
            }
            batches.close();
            batches.close();
            assertThatThrownBy(batches::next)
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("Batches: next() was called after close().");
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(t -> t.getName().equals("gnomon-batches"));
    }

    @Test
    void saysWhatIsWrong() {
        var data = numbered(10, 1);
        int[] order = BatchOrder.sequential().epoch(10, 0);
        assertThatThrownBy(() -> new Batches(data, order, 0, 0).close())
                .isInstanceOf(ConfigException.class)
                .hasMessage("Batches: the batch size must be at least 1, but is 0.");
        assertThatThrownBy(() -> new Batches(data, order, 4, 4).close())
                .isInstanceOf(ConfigException.class)
                .hasMessage("Batches: the start batch must be from 0 to 3, but is 4.");
        try (var batches = new Batches(data, order, 4, 0)) {
            assertThatThrownBy(batches::size)
                    .isInstanceOf(ConfigException.class)
                    .hasMessage(
                            "Batches: there is no batch now; call next() first and see that it returns true.");
            batches.next();
            assertThatThrownBy(() -> batches.input("image"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("Batch: there is no input \"image\"; known: x.");
        }
    }

    @Test
    void goingFromBatchToBatchAllocatesNothing() {
        var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var data =
                Dataset.of(
                        Column.of(new byte[4096 * 784], 4096, 28, 28),
                        Column.labels(new int[4096]));
        int[] order = BatchOrder.shuffled(1).epoch(4096, 0);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            try (var batches = new Batches(data, order, 8, 0)) {
                batches.next();
                long before = bean.getTotalThreadAllocatedBytes();
                while (batches.next()) {
                    batches.input("x");
                    batches.target("y");
                }
                least = Math.min(least, bean.getTotalThreadAllocatedBytes() - before);
            }
        }
        assertThat(least).as("bytes allocated by 511 batches").isLessThan(511 * 16);
    }
}
