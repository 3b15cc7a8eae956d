package dev.gnomon.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.check.DataException;
import dev.gnomon.tensor.DType;
import dev.gnomon.tensor.Shape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Columns whose samples are made when a batch is filled.
@Timeout(120)
class OnDemandTest {
    @TempDir private Path folder;

    private static Column numbered(int rows, int width) {
        return Column.of(
                rows,
                Shape.of(width),
                DType.INT32,
                (row, sample) -> {
                    for (int i = 0; i < width; i++) {
                        sample.setAtIndex(ValueLayout.JAVA_INT_UNALIGNED, i, row * width + i);
                    }
                });
    }

    @Test
    void isLikeAColumnInMemory() {
        int[] values = new int[30];
        for (int i = 0; i < 30; i++) {
            values[i] = i;
        }
        var stored = Column.of(values, 10, 3);
        var made = numbered(10, 3);
        assertThat(made).hasToString("Column[10, 3] of int32");
        assertThat(made.tensor().values()).isEqualTo(stored.tensor().values());
        assertThat(made.slice(2, 9).select(new int[] {3, 0}).scaled(2, 1).tensor().values())
                .isEqualTo(
                        stored.slice(2, 9).select(new int[] {3, 0}).scaled(2, 1).tensor().values());
        assertThat(made.intAt(4, 2)).isEqualTo(14);
        assertThat(Dataset.of(made).sha256()).isEqualTo(Dataset.of(stored).sha256());
        assertThat(made.cached().dtype()).isEqualTo(DType.INT32);
        Npy.write(folder.resolve("made.npy"), made);
        assertThat(Npy.read(folder.resolve("made.npy")).intAt(5, 1)).isEqualTo(16);
    }

    @Test
    void severalThreadsFillABatch() {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        var slow =
                Column.of(
                        64,
                        Shape.of(1),
                        DType.FLOAT32,
                        (row, sample) -> {
                            threads.add(Thread.currentThread().getName());
                            try {
                                Thread.sleep(1);
                            } catch (InterruptedException e) {
                                throw new IOException(e);
                            }
                            sample.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 0, row);
                        });
        List<Integer> seen = new ArrayList<>();
        try (var batches = new Batches(Dataset.of(slow), BatchOrder.identity(64), 16, 0)) {
            while (batches.next()) {
                for (float value : batches.input("x").toArray(ValueLayout.JAVA_FLOAT)) {
                    seen.add((int) value);
                }
            }
            assertThat(batches.waitedNanos()).isPositive();
        }
        assertThat(seen).hasSize(64).isSorted();
        assertThat(threads)
                .hasSizeGreaterThanOrEqualTo(
                        Math.min(2, Runtime.getRuntime().availableProcessors()))
                .allMatch(name -> name.startsWith("gnomon-samples"));
    }

    @Test
    void aSampleThatCannotBeReadIsNamed() {
        var broken =
                Column.of(
                        9,
                        Shape.of(1),
                        DType.UINT8,
                        (row, _) -> {
                            if (row == 5) {
                                throw new IOException("the disk is gone");
                            }
                        });
        String message = "Column: row 5 of 9 cannot be read: the disk is gone.";
        assertThatThrownBy(broken::tensor).isInstanceOf(DataException.class).hasMessage(message);
        try (var batches = new Batches(Dataset.of(broken), BatchOrder.identity(9), 3, 0)) {
            assertThat(batches.next()).isTrue();
            assertThatThrownBy(batches::next).isInstanceOf(DataException.class).hasMessage(message);
        }
    }

    /// A process with a heap of 64 MB takes batches from 600 MB of mapped and 600 MB of made samples.
    @Test
    void aSetLargerThanTheHeapStreams() throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Streaming.class.getName(),
                                folder.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said.strip()).endsWith("sum 4800000");
        assertThat(process.exitValue()).isZero();
    }

    /// What the process runs.
    static final class Streaming {
        private static final int ROWS = 2400;
        private static final int WIDTH = 250_000;

        private Streaming() {}

        public static void main(String[] args) {
            Path file = Path.of(args[0]).resolve("large.npy");
            var made =
                    Column.of(
                            ROWS,
                            Shape.of(WIDTH),
                            DType.UINT8,
                            (row, sample) -> sample.fill((byte) (row % 2)));
            Npy.write(file, made);
            var mapped = Npy.read(file);
            var data = Dataset.of(made, mapped);
            double sum = 0;
            int[] order = BatchOrder.shuffled(1).epoch(ROWS, 0);
            float[] part = new float[2000];
            try (var batches = new Batches(data, order, 4, 0)) {
                while (batches.next()) {
                    sum += sum(batches.input("x"), part, batches.size());
                    sum += sum(batches.target("y"), part, batches.size());
                }
            }
            System.out.println("sum " + (long) sum);
        }

        /// The first 2,000 values of each sample.
        private static double sum(MemorySegment batch, float[] part, int size) {
            double sum = 0;
            for (int i = 0; i < size; i++) {
                MemorySegment.copy(
                        batch, ValueLayout.JAVA_FLOAT, 4L * i * WIDTH, part, 0, part.length);
                for (float value : part) {
                    sum += value;
                }
            }
            return sum;
        }
    }
}
