package dev.gnomon.data;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.check.DataException;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzTest {
    private static final long SEED = Long.getLong("gnomon.test.seed", 20_255L);

    @TempDir private Path folder;

    private static Column find(Map<String, Column> columns, String name) {
        return requireNonNull(columns.get(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stored.npz", "deflated.npz"})
    void readsWhatNumpyWrites(String name) {
        var arrays = Npz.read(NpyTest.fixture(name));
        assertThat(arrays.keySet()).containsExactly("x", "y");
        assertThat(find(arrays, "x").shape()).isEqualTo(Shape.of(3, 2, 2));
        assertThat(find(arrays, "x").tensor().get(2, 1, 0)).isEqualTo(10);
        assertThat(find(arrays, "y").ints()).containsExactly(0, 2, 1);
    }

    @Test
    void readsWhatItWrites() throws IOException {
        var columns = new LinkedHashMap<String, Column>();
        columns.put(
                "block1/dense/kernel",
                Column.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2).scaled(0.5, 0));
        columns.put("y", Column.of(new long[] {1, -1}, 2));
        columns.put("zero", Column.of(new float[] {2.5f}));
        columns.put("none", Column.of(new byte[0], 0, 3));
        var file = folder.resolve("some.npz");
        for (int round = 0; round < 2; round++) {
            if (round == 0) {
                Npz.write(file, columns);
            } else {
                Npz.writeCompressed(file, columns);
            }
            var back = Npz.read(file);
            assertThat(back.keySet()).containsExactlyElementsOf(columns.keySet());
            columns.forEach((name, column) -> {
                assertThat(find(back, name).tensor()).isEqualTo(column.tensor());
                assertThat(find(back, name).dtype()).isEqualTo(column.dtype());
            });
            byte[] first = Files.readAllBytes(file);
            if (round == 0) {
                Npz.write(file, columns);
                assertThat(file).hasBinaryContent(first);
            }
        }
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stored.npz", "deflated.npz"})
    void everyTruncationAndAnyDamageIsADataFaultOrHarmless(String name) throws IOException {
        byte[] whole = Files.readAllBytes(NpyTest.fixture(name));
        var expected = Npz.read(NpyTest.fixture(name));
        for (int length = 0; length < whole.length; length += 3) {
            var file = Files.write(folder.resolve("cut.npz"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Npz.read(file))
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith(file.toString());
        }
        for (int round = 0; round < 600; round++) {
            var key = Key.of(SEED + round);
            byte[] bytes = whole.clone();
            bytes[key.intAt(0, bytes.length)] ^= (byte) (1 + key.intAt(1, 255));
            var file = Files.write(folder.resolve("changed.npz"), bytes);
            try {
                Npz.read(file)
                        .forEach((array, column) -> {
                            if (expected.containsKey(array)) {
                                assertThat(column.tensor())
                                        .as("%s", key)
                                        .isEqualTo(find(expected, array).tensor());
                            }
                        });
            } catch (DataException e) {
                assertThat(e).as("seed %d", SEED + round).hasMessageStartingWith(file.toString());
            }
        }
    }

    private Path zip(String name, byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return Files.write(folder.resolve("made.npz"), out.toByteArray());
    }

    @Test
    void bytesBehindTheEndAreAFault() throws IOException {
        Path file = folder.resolve("more.npz");
        Npz.write(file, Map.of("x", Column.of(new float[] {1, 2}, 2)));
        assertThat(Npz.read(file)).containsKey("x");
        Files.write(file, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
        assertFault(file, file + ": 3 bytes follow the end of the .npz; fetch or write it again.");
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        var other = zip("readme.txt", new byte[3]);
        assertFault(
                other,
                other
                        + ": \"readme.txt\" is not an .npy array; a file that np.savez writes has nothing else.");
        byte[] vector = Files.readAllBytes(NpyTest.fixture("vector.npy"));
        var cut = zip("v.npy", Arrays.copyOf(vector, vector.length - 1));
        assertFault(
                cut,
                cut
                        + ", array \"v\": the array needs 40 bytes from offset 128, but the data ends at offset 167."
                        + " The file is cut short; fetch or write it again.");
        var more = zip("v.npy", Arrays.copyOf(vector, vector.length + 1));
        assertFault(
                more,
                more
                        + ", array \"v\": the array ends at offset 168, but more bytes follow. The file is damaged"
                        + " or of another kind.");
        var fortran = zip("v.npy", Files.readAllBytes(NpyTest.fixture("fortran.npy")));
        assertFault(
                fortran,
                fortran
                        + ", array \"v\": the array is stored in Fortran order (columns first); C order is"
                        + " needed. Save np.ascontiguousarray(array) instead.");
    }

    @Test
    void aHeaderThatDeclaresMoreThanItsEntryHoldsIsRefusedBeforeMemoryIsTaken() throws IOException {
        byte[] vector = Files.readAllBytes(NpyTest.fixture("vector.npy"));
        String text = new String(vector, StandardCharsets.ISO_8859_1);
        byte[] lying =
                text.replace("(5,), }         ", "(500000000,), } ")
                        .getBytes(StandardCharsets.ISO_8859_1);
        var file = zip("v.npy", lying);
        assertFault(
                file,
                file
                        + ", array \"v\": the array needs 4000000000 bytes from offset 128, but the data ends at"
                        + " offset 168. The file is cut short; fetch or write it again.");
    }

    private static void assertFault(Path file, String message) {
        assertThatThrownBy(() -> Npz.read(file))
                .isInstanceOf(DataException.class)
                .hasMessage(message);
    }
}
