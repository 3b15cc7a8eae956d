package dev.gnomon.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.check.DataException;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.DType;
import dev.gnomon.tensor.Shape;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The fixtures were written by numpy: see make_fixtures.py beside them.
class NpyTest {
    private static final long SEED = Long.getLong("gnomon.test.seed", 20_254L);
    private static final float INF = Float.POSITIVE_INFINITY;

    @TempDir private Path folder;

    static Path fixture(String name) {
        try {
            return Path.of(NpyTest.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static float[] expected(DType dtype) {
        return switch (dtype) {
            case BOOL -> new float[] {1, 0, 1, 0, 0, 1};
            case FLOAT16, FLOAT32, FLOAT64 -> new float[] {0.5f, -1.25f, 0, -0f, 1000, INF};
            case UINT8 -> new float[] {0, 1, 255, 0, 2, 100};
            case INT8 -> new float[] {0, 1, 127, -128, 2, 100};
            case UINT16 -> new float[] {0, 1, 65535, 0, 2, 100};
            case INT16 -> new float[] {0, 1, 32767, -32768, 2, 100};
            case UINT32 -> new float[] {0, 1, 0x1p32f, 0, 2, 100};
            case INT32 -> new float[] {0, 1, 0x1p31f, -0x1p31f, 2, 100};
            case UINT64 -> new float[] {0, 1, 0x1p64f, 0, 2, 100};
            case INT64 -> new float[] {0, 1, 0x1p63f, -0x1p63f, 2, 100};
        };
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void readsWhatNumpyWrites(DType dtype) {
        var column = Npy.read(fixture(dtype.kerasName() + ".npy"));
        assertThat(column.dtype()).isEqualTo(dtype);
        assertThat(column.shape()).isEqualTo(Shape.of(2, 3));
        assertThat(column.tensor().values()).containsExactly(expected(dtype));
        if (dtype.bytes() > 1) {
            var big = Npy.read(fixture(dtype.kerasName() + "_big.npy"));
            assertThat(big.dtype()).isEqualTo(dtype);
            assertThat(big.tensor().values()).containsExactly(expected(dtype));
        }
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void writesTheBytesOfNumpy(DType dtype) throws IOException {
        var source = fixture(dtype.kerasName() + ".npy");
        var copy = folder.resolve("copy.npy");
        Npy.write(copy, Npy.read(source));
        assertThat(copy).hasSameBinaryContentAs(source);
    }

    @ParameterizedTest
    @CsvSource({"scalar, []", "vector, [5]", "empty, '[0, 28, 28]'", "fortran_vector, '[3, 1]'"})
    void writesShapesAsNumpyDoes(String name, String shape) throws IOException {
        var source = fixture(name + ".npy");
        var column = Npy.read(source);
        assertThat(column.shape()).hasToString(shape);
        var copy = folder.resolve("copy.npy");
        Npy.write(copy, column);
        assertThat(Npy.read(copy).tensor()).isEqualTo(column.tensor());
        assertThat(copy).hasSameBinaryContentAs(source);
    }

    @Test
    void readsOtherVersions() {
        assertThat(Npy.read(fixture("version2.npy")).ints()).containsExactly(0, 1, 2);
        assertThat(Npy.read(fixture("version3.npy")).ints()).containsExactly(0, 1, 2);
    }

    @Test
    void viewsAreWrittenAsTheyAppear() throws IOException {
        var file = folder.resolve("view.npy");
        float[] values = new float[100_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        var column = Column.of(values, 1000, 100);
        var view = column.select(new int[] {999, 0, 500}).scaled(2, 1);
        Npy.write(file, view);
        assertThat(Npy.read(file).tensor()).isEqualTo(view.tensor());
        Npy.write(file, column.slice(1, 999));
        assertThat(Npy.read(file).tensor()).isEqualTo(column.slice(1, 999).tensor());
    }

    @Test
    void refusesWhatCannotBeRead() {
        assertFault(
                fixture("fortran.npy"),
                "the array is stored in Fortran order (columns first); C order is needed."
                        + " Save np.ascontiguousarray(array) instead.");
        String cure =
                "' cannot be read; whole numbers, float16, float32, float64 and bool can. Convert the array with"
                        + " .astype('float32') before saving it.";
        assertFault(fixture("complex.npy"), "elements of type '<c8" + cure);
        assertFault(fixture("text.npy"), "elements of type '<U1" + cure);
        assertFault(fixture("objects.npy"), "elements of type '|O" + cure);
        assertFault(
                fixture("fields.npy"),
                "the array has named fields (a structured type), which cannot be read. Save"
                        + " each field as an array of its own.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)"
                        + "|the header at offset 66 needs a comma or }, but has the end.",
                "{'descr': '<f4', 'fortran_order': false, 'shape': (2,)}"
                        + "|the header at offset 44 needs True or False, but has \"false, 'shap\".",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2)}"
                        + "|the header at offset 62 needs a comma, as in (3,), but has \")}\".",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,)}"
                        + "|the header at offset 61 needs a size of at most 19 digits, but has \"-2,)}\".",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2 3)}"
                        + "|the header at offset 63 needs a comma or ), but has \"3)}\".",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999999999999,)}"
                        + "|the header at offset 61 needs a size below 2^63, but has \"999999999999\".",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}"
                        + "|the header at offset 61 needs a size of at most 19 digits, but has \"999999999999\".",
                "{'descr': '<f4', 'fortran_order': False}|the header has no 'shape'.",
                "{'descr': '<f4', 'descr': '<f4', 'shape': ()}"
                        + "|the header at offset 27 needs each of 'descr', 'fortran_order' and 'shape' once, but has \"'descr': '<f\".",
                "{'descr': '<f4', 'x': 3}"
                        + "|the header at offset 27 needs each of 'descr', 'fortran_order' and 'shape' once, but has \"'x': 3}\".",
                "{'descr': '<f4', 'fortran_order': False, 'shape': ()} or exit()"
                        + "|the header at offset 64 needs the end of the header, but has \"or exit()\".",
                "__import__('os').system('ls')|the header at offset 10 needs '{', but has \"__import__('\".",
                "{'descr': '<f\\x34'}|the header at offset 20 needs a plain string in quotes, but has \"'<f\\x34'}\".",
                "{'descr': 4}|the header at offset 20 needs a string in quotes, but has \"4}\".",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (2147483647, 2147483647, 3)}"
                        + "|the sizes [2147483647, 2147483647, 3] of float64 in the header are too large to be true.",
                "{'descr': '<u1', 'fortran_order': False, 'shape': (2147483648,)}"
                        + "|the sizes [2147483648] of uint8 in the header are too large to be true.",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647, 1000)}"
                        + "|the array needs 8589934588000 bytes from offset 79, but the data ends at offset 83. The file is cut"
                        + " short; fetch or write it again.",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (0,)}"
                        + "|the array ends at offset 65, but more bytes follow. The file is damaged or of another kind.",
            })
    void headersAreReadStrictly(String header, String message) throws IOException {
        assertFault(file(header, 4), message);
    }

    @Test
    void headersMayBeWrittenInOtherWays() throws IOException {
        for (String header :
                new String[] {
                    "{'shape': (1,), \"fortran_order\": True , 'descr':'<f4'}",
                    "{ 'descr' : '<i4' , 'fortran_order' : False , 'shape' : ( 1L , 1 ) , }  \n",
                    "{'descr': '<u4', 'fortran_order': False, 'shape': ()}"
                }) {
            assertThat(Npy.read(file(header, 4)).rows()).isEqualTo(1);
        }
    }

    private Path file(String header, int bytes) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        var buffer = ByteBuffer.allocate(10 + text.length + bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put("\u0093NUMPY\u0001\0".getBytes(StandardCharsets.ISO_8859_1))
                .putShort((short) text.length)
                .put(text);
        return Files.write(folder.resolve("header.npy"), buffer.array());
    }

    @Test
    void longHeadersAreNotRead() throws IOException {
        byte[] bytes = Files.readAllBytes(fixture("version2.npy"));
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(8, -1);
        var file = Files.write(folder.resolve("long.npy"), bytes);
        assertFault(
                file, "a header of 4294967295 bytes at offset 8 is too long; 65536 is the limit.");
        bytes[6] = 4;
        Files.write(file, bytes);
        assertFault(
                file,
                "version 4.0 of the .npy format at offset 6 is not known; 1.0, 2.0 and 3.0 are.");
    }

    @Test
    void everyTruncationAndAnyDamageIsADataFault() throws IOException {
        byte[] whole = Files.readAllBytes(fixture("int32_big.npy"));
        for (int length = 0; length < whole.length; length++) {
            var file = Files.write(folder.resolve("cut.npy"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Npy.read(file))
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith(file + ": ");
        }
        for (int round = 0; round < 1000; round++) {
            var key = Key.of(SEED + round);
            byte[] bytes = whole.clone();
            bytes[key.intAt(0, bytes.length)] = (byte) key.intAt(1, 256);
            var file = Files.write(folder.resolve("changed" + round % 7 + ".npy"), bytes);
            try {
                Npy.read(file).tensor();
            } catch (DataException e) {
                assertThat(e).as("seed %d", SEED + round).hasMessageStartingWith(file + ": ");
            }
        }
    }

    private static void assertFault(Path file, String message) {
        assertThatThrownBy(() -> Npy.read(file))
                .isInstanceOf(DataException.class)
                .hasMessage(file + ": " + message);
    }
}
