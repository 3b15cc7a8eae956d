package dev.gnomon.kernel.avx512;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gnomon.kernel.Element;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ColumnSumsTest {
    @BeforeAll
    static void needsTheProcessor() {
        assumeTrue(MachineCode.isSupported(), "this machine has no AVX-512, or is not Linux");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 16",
        "7, 16",
        "16, 16",
        "64, 32",
        "65, 32",
        "1000, 48",
        "129, 64",
        "77, 80",
        "300, 240",
        "33, 256",
        "100, 272",
        "5, 512",
        "63, 1040"
    })
    void addsEachColumnOnce(int rows, int columns) {
        for (Element element : Element.values()) {
            var sums = Objects.requireNonNull(ColumnSums.of(columns, element));
            try (var arena = Arena.ofConfined()) {
                var random = new Random(3);
                MemorySegment x = arena.allocate((long) rows * columns * element.bytes(), 64);
                double[] expected = new double[columns];
                for (int i = 0; i < rows * columns; i++) {
                    int bits = Float.floatToIntBits((float) random.nextGaussian()) & 0xFFFF0000;
                    expected[i % columns] += Float.intBitsToFloat(bits);
                    if (element == Element.FLOAT32) {
                        x.setAtIndex(JAVA_FLOAT, i, Float.intBitsToFloat(bits));
                    } else {
                        x.setAtIndex(JAVA_SHORT, i, (short) (bits >> 16));
                    }
                }
                // what lies behind the totals must not change
                MemorySegment totals = arena.allocate(4L * columns + 64, 64);
                MemorySegment table = arena.allocate(16, 8);
                sums.write(table.address(), x.address(), rows, totals.address());
                for (int i = 0; i < columns; i++) {
                    assertThat((double) totals.getAtIndex(JAVA_FLOAT, i))
                            .as("column %d of %s", i, element)
                            .isCloseTo(expected[i], within(1e-5 * Math.sqrt(rows)));
                }
                for (int i = columns; i < columns + 16; i++) {
                    assertThat(totals.getAtIndex(JAVA_FLOAT, i)).isZero();
                }
            }
        }
    }
}
