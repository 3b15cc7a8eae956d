package dev.gnomon.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.check.DataException;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.DType;
import dev.gnomon.tensor.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTest {
    private static final long SEED = Long.getLong("gnomon.test.seed", 20_251L);

    @ParameterizedTest
    @EnumSource(DType.class)
    void readsEveryTypeLittleEndian(DType dtype) {
        byte[] bytes = new byte[3 * dtype.bytes()];
        var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        float[] expected =
                switch (dtype) {
                    case UINT8 ->
                            put(
                                    () -> buffer.put((byte) 0).put((byte) 200).put((byte) 255),
                                    0,
                                    200,
                                    255);
                    case INT8 ->
                            put(
                                    () -> buffer.put((byte) 0).put((byte) -128).put((byte) 127),
                                    0,
                                    -128,
                                    127);
                    case BOOL ->
                            put(() -> buffer.put((byte) 0).put((byte) 1).put((byte) 2), 0, 1, 1);
                    case UINT16 ->
                            put(
                                    () ->
                                            buffer.putShort((short) 1)
                                                    .putShort((short) -1)
                                                    .putShort((short) 258),
                                    1,
                                    65535,
                                    258);
                    case INT16 ->
                            put(
                                    () ->
                                            buffer.putShort((short) 1)
                                                    .putShort((short) -1)
                                                    .putShort((short) 258),
                                    1,
                                    -1,
                                    258);
                    case UINT32 ->
                            put(
                                    () -> buffer.putInt(1).putInt(-1).putInt(1 << 20),
                                    1,
                                    0x1p32f,
                                    1 << 20);
                    case INT32 ->
                            put(() -> buffer.putInt(1).putInt(-1).putInt(1 << 20), 1, -1, 1 << 20);
                    case UINT64 ->
                            put(
                                    () -> buffer.putLong(1).putLong(-1).putLong(1L << 40),
                                    1,
                                    0x1p64f,
                                    0x1p40f);
                    case INT64 ->
                            put(
                                    () -> buffer.putLong(1).putLong(-1).putLong(1L << 40),
                                    1,
                                    -1,
                                    0x1p40f);
                    case FLOAT16 ->
                            put(
                                    () ->
                                            buffer.putShort((short) 0x3C00)
                                                    .putShort((short) 0xC000)
                                                    .putShort((short) 0x0001),
                                    1,
                                    -2,
                                    0x1p-24f);
                    case FLOAT32 ->
                            put(
                                    () -> buffer.putFloat(-0f).putFloat(1.5f).putFloat(1e30f),
                                    -0f,
                                    1.5f,
                                    1e30f);
                    case FLOAT64 ->
                            put(
                                    () -> buffer.putDouble(-0.5).putDouble(0.1).putDouble(1e300),
                                    -0.5f,
                                    0.1f,
                                    Float.POSITIVE_INFINITY);
                };
        var column = Column.of(MemorySegment.ofArray(bytes), dtype, Shape.of(3));
        assertThat(column.tensor().values()).containsExactly(expected);
        assertThat((float) column.valueAt(1, 0)).isEqualTo(expected[1]);
        assertThat(column.dtype()).isEqualTo(dtype);
        assertThat(column.scaled(0.5, 1).tensor().values()[1]).isEqualTo(expected[1] * 0.5f + 1);
    }

    private static float[] put(Runnable write, float... expected) {
        write.run();
        return expected;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 8, 13, 17, 64, 100, 784})
    void gathersRowsOfAnyWidthAtAnyOffset(int width) {
        int count = 37;
        var key = Key.of(SEED).child(width);
        byte[] bytes = new byte[count * width];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) key.intAt(i, 256);
        }
        var column = Column.of(bytes, count, width);
        int[] rows = key.permutation(count);
        try (var arena = Arena.ofConfined()) {
            var target = arena.allocate(4L * (count * width + 5), 64);
            column.copyRows(rows, 2, 30, target, 5);
            for (int i = 0; i < 30; i++) {
                for (int j = 0; j < width; j++) {
                    float value = target.getAtIndex(ValueLayout.JAVA_FLOAT, 5 + i * width + j);
                    assertThat(value).isEqualTo(bytes[rows[2 + i] * width + j] & 0xFF);
                }
            }
            for (int i = 0; i < 5; i++) {
                assertThat(target.getAtIndex(ValueLayout.JAVA_FLOAT, i)).isZero();
            }
        }
    }

    @Test
    void viewsOfViewsAgreeWithArrays() {
        for (int round = 0; round < 50; round++) {
            var key = Key.of(SEED + round);
            int[] model = key.permutation(40);
            var column = Column.labels(model);
            for (int step = 0; step < 6 && model.length > 2; step++) {
                var draw = key.child(step);
                if (draw.intAt(0, 2) == 0) {
                    int from = draw.intAt(1, model.length);
                    int to = from + draw.intAt(2, model.length - from + 1);
                    column = column.slice(from, to);
                    model = Arrays.copyOfRange(model, from, to);
                } else {
                    int[] rows = new int[model.length];
                    int[] selected = new int[model.length];
                    for (int i = 0; i < rows.length; i++) {
                        rows[i] = draw.intAt(3 + i, model.length);
                        selected[i] = model[rows[i]];
                    }
                    column = column.select(rows);
                    model = selected;
                }
                assertThat(column.ints()).as("seed %d", SEED + round).containsExactly(model);
            }
        }
    }

    @Test
    void scalingIsThatOfALayer() {
        byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) i;
        }
        var scaled = Column.of(all, 256).scaled(1 / 255.0, 0);
        assertThat(scaled.dtype()).isEqualTo(DType.FLOAT32);
        float[] values = scaled.tensor().values();
        for (int i = 0; i < 256; i++) {
            assertThat(values[i]).isEqualTo(i * (float) (1 / 255.0));
        }
        var twice = scaled.scaled(255, -7);
        assertThat(twice.tensor().values()[100]).isEqualTo(93);
    }

    @Test
    void wideIntegersAreScaledInDouble() {
        var stamps = MemorySegment.ofArray(new long[] {1_700_000_000_001L, 1_700_000_000_002L});
        var column = Column.of(stamps, DType.INT64, Shape.of(2)).scaled(1, -1_700_000_000_000.0);
        assertThat(column.tensor().values()).containsExactly(1, 2);
    }

    @Test
    void emptyColumnsAndSamplesWork() {
        assertThat(Column.of(new float[0], 0, 28, 28).tensor().shape())
                .isEqualTo(Shape.of(0, 28, 28));
        assertThat(Column.of(new float[0], 5, 0).rows()).isEqualTo(5);
        assertThat(Column.labels(4, 5).slice(1, 1).rows()).isZero();
    }

    @Test
    void aSampleGetsAnotherShape() {
        var column = Column.of(new byte[2 * 28 * 28], 2, 28, 28).withSampleShape(28, 28, 1);
        assertThat(column.shape()).isEqualTo(Shape.of(2, 28, 28, 1));
        assertThatThrownBy(() -> column.withSampleShape(28, 29))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "Column.withSampleShape: a sample of [28, 28, 1] has 784 elements, which do not fit [28, 29].");
    }

    @Test
    void saysWhatIsWrong() {
        assertFault(
                () -> Column.of(new float[5], 2, 3),
                "Column: the shape [2, 3] needs 6 values, but 5 were given.");
        assertFault(
                () -> Column.of(MemorySegment.ofArray(new byte[5]), DType.INT16, Shape.of(3)),
                "Column: the shape [3] of int16 needs 6 bytes, but 5 were given.");
        assertFault(
                () -> Column.of(new float[5], -1, 5),
                "Column: the shape [batch, 5] needs the number of samples as its first size.");
        assertFault(
                () ->
                        Column.of(
                                MemorySegment.ofArray(new byte[5]),
                                DType.FLOAT64,
                                Shape.of(2147483647, 2147483647)),
                "Column: an array of [2147483647, 2147483647] is too large to be addressed.");
        assertFault(
                () ->
                        Column.of(
                                MemorySegment.ofArray(new byte[5]),
                                DType.UINT8,
                                Shape.of(1, 65536, 65536)),
                "Column: one sample of [1, 65536, 65536] has more than 2147483647 elements, which is the limit.");
        assertFault(
                () -> Column.labels(1, 2).select(new int[] {0, 2}),
                "Column.select: row 2 at position 1 does not exist; there are 2 rows, from 0.");
        assertFault(
                () -> Column.labels(1, 2).slice(1, 3),
                "Column.slice: rows 1 to 3 are not within the 2 rows.");
        assertFault(
                () -> Column.of(new float[] {0, 0.5f}, 2).intAt(1),
                "Column: row 1 holds 0.5, where a whole number (a class number, for example) is needed.");
        assertFault(
                () -> Column.of(new float[] {Float.NaN}, 1).intAt(0),
                "Column: row 0 holds NaN, where a whole number (a class number, for example) is needed.");
        assertFault(
                () -> Column.of(new float[6], 2, 3).intAt(1),
                "Column.intAt: one number for each sample is needed, but a sample is [3]. Name the element too:"
                        + " intAt(row, element).");
    }

    private static void assertFault(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(DataException.class).hasMessage(message);
    }
}
