package dev.gnomon.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.check.DataException;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.DType;
import dev.gnomon.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
    private static final long SEED = Long.getLong("gnomon.test.seed", 20_253L);

    @TempDir private Path folder;

    static byte[] idx(int type, byte[] elements, int... dims) {
        var buffer = ByteBuffer.allocate(4 + 4 * dims.length + elements.length);
        buffer.put(new byte[] {0, 0, (byte) type, (byte) dims.length});
        for (int dim : dims) {
            buffer.putInt(dim);
        }
        return buffer.put(elements).array();
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("data.idx"), bytes);
    }

    @Test
    void readsBytesPlainAndZipped() throws IOException {
        byte[] bytes = idx(0x08, new byte[] {1, 2, 3, 4, 5, (byte) 255}, 3, 1, 2);
        for (byte[] content : new byte[][] {bytes, gzip(bytes)}) {
            var column = Idx.read(file(content));
            assertThat(column.shape()).isEqualTo(Shape.of(3, 1, 2));
            assertThat(column.dtype()).isEqualTo(DType.UINT8);
            assertThat(column.tensor().values()).containsExactly(1, 2, 3, 4, 5, 255);
        }
    }

    @Test
    void readsEveryType() throws IOException {
        check(0x09, DType.INT8, new byte[] {-3, 4}, -3, 4);
        check(0x0B, DType.INT16, HexFormat.of().parseHex("fffd0190"), -3, 400);
        check(0x0C, DType.INT32, HexFormat.of().parseHex("fffffffd00100000"), -3, 1 << 20);
        check(
                0x0D,
                DType.FLOAT32,
                HexFormat.of().parseHex("c060000040490fdb"),
                -3.5f,
                (float) Math.PI);
        check(
                0x0E,
                DType.FLOAT64,
                HexFormat.of().parseHex("c00c0000000000003fb999999999999a"),
                -3.5f,
                0.1f);
    }

    private void check(int type, DType dtype, byte[] elements, float... expected)
            throws IOException {
        byte[] bytes = idx(type, elements, 2);
        for (byte[] content : new byte[][] {bytes, gzip(bytes)}) {
            var column = Idx.read(file(content));
            assertThat(column.dtype()).isEqualTo(dtype);
            assertThat(column.tensor().values()).containsExactly(expected);
        }
    }

    @Test
    void readsWhatGrowsBeyondTheFirstMemory() throws IOException {
        byte[] pixels = new byte[40_000_000];
        for (int i = 0; i < pixels.length; i += 997) {
            pixels[i] = (byte) i;
        }
        var column = Idx.read(file(gzip(idx(0x08, pixels, 40_000, 1000))));
        for (int i = 0; i < pixels.length; i += 997) {
            assertThat(column.intAt(i / 1000, i % 1000)).isEqualTo(pixels[i] & 0xFF);
        }
    }

    @Test
    void everyTruncationIsAFaultThatNamesTheFile() throws IOException {
        byte[] plain = idx(0x0B, new byte[12], 3, 2);
        byte[] zipped = gzip(plain);
        for (byte[] whole : new byte[][] {plain, zipped}) {
            for (int length = 0; length < whole.length; length++) {
                var file = file(Arrays.copyOf(whole, length));
                assertThatThrownBy(() -> Idx.read(file))
                        .as("%d of %d bytes", length, whole.length)
                        .isInstanceOf(DataException.class)
                        .hasMessageStartingWith(file + ": ");
            }
        }
    }

    @Test
    void corruptFilesGiveDataFaultsOrArrays() throws IOException {
        byte[] plain = idx(0x0B, new byte[12], 3, 2);
        for (byte[] whole : new byte[][] {plain, gzip(plain)}) {
            for (int round = 0; round < 800; round++) {
                var key = Key.of(SEED + round);
                byte[] bytes = whole.clone();
                bytes[key.intAt(0, bytes.length)] = (byte) key.intAt(1, 256);
                var file = file(bytes);
                try {
                    Idx.read(file).tensor();
                } catch (DataException e) {
                    assertThat(e).as("seed %d", SEED + round).hasMessageStartingWith(file + ": ");
                }
            }
        }
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        assertFault(
                idx(0x08, new byte[5], 2, 3),
                "the array needs 6 bytes from offset 12, but the data ends at offset 17."
                        + " The file is cut short; fetch or write it again.");
        assertFault(
                gzip(idx(0x08, new byte[5], 2, 3)),
                "the array needs 6 bytes from offset 12, but the data ends at"
                        + " offset 17. The file is cut short; fetch or write it again.");
        String trailing =
                "the array ends at offset 18, but more bytes follow. The file is damaged or of another kind.";
        assertFault(idx(0x08, new byte[7], 2, 3), trailing);
        assertFault(gzip(idx(0x08, new byte[7], 2, 3)), trailing);
        assertFault(
                idx(0x0A, new byte[6], 2, 3),
                "the type 0x0a at offset 2 is not one of IDX (0x08, 0x09, 0x0b, 0x0c,"
                        + " 0x0d, 0x0e).");
        assertFault(
                idx(0x08, new byte[1]),
                "the number of axes at offset 3 must be at least 1, but is 0.");
        assertFault(
                new byte[] {0, 0, 8, 3, 0, 0},
                "the header needs 16 bytes, but the data ends at offset 6.");
        assertFault(
                "PNG and so on".getBytes(StandardCharsets.US_ASCII),
                "is not an IDX file: it must begin with two zero bytes, a type and the"
                        + " number of axes.");
        int big = Integer.MAX_VALUE;
        assertFault(
                idx(0x0E, new byte[9], big, big, big),
                "the sizes [2147483647, 2147483647, 2147483647] of float64 in"
                        + " the header are too large to be true.");
        assertFault(
                idx(0x08, new byte[9], -1),
                "the sizes [4294967295] of uint8 in the header are too large to be true.");
        byte[] bomb = gzip(idx(0x08, new byte[9], big, 1000));
        assertFault(
                bomb,
                "the header declares 2147483647000 bytes, more than a gzip file of "
                        + bomb.length
                        + " bytes can hold.");
        var missing = folder.resolve("none.idx");
        assertThatThrownBy(() -> Idx.read(missing))
                .isInstanceOf(DataException.class)
                .hasMessage(missing + ": there is no such file.");
        assertThatThrownBy(() -> Idx.read(folder))
                .isInstanceOf(DataException.class)
                .hasMessage(folder + ": a file is needed here, but this is a folder or a device.");
    }

    private void assertFault(byte[] bytes, String message) throws IOException {
        var file = file(bytes);
        assertThatThrownBy(() -> Idx.read(file))
                .isInstanceOf(DataException.class)
                .hasMessage(file + ": " + message);
    }
}
