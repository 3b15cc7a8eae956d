package dev.gnomon.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gnomon.check.ConfigException;
import dev.gnomon.check.DataException;
import dev.gnomon.data.ImageFolder.ColorMode;
import dev.gnomon.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTest {
    @TempDir private Path folder;

    private Path file(String text) throws IOException {
        Path file = folder.resolve("d.csv");
        Files.writeString(file, text);
        return file;
    }

    @Test
    void readsNumbersAndLabels() throws IOException {
        Path file = file("\uFEFFa,\"b, c\",kind\r\n1,-2.5,0\n\n3e2,\"4\",2\n");
        assertThat(Csv.header(file)).containsExactly("a", "b, c", "kind");
        assertThat(Csv.read(file).tensor().values()).containsExactly(1, -2.5f, 0, 300, 4, 2);
        var named = Csv.dataset(file, "kind");
        assertThat(named.images().tensor().values()).containsExactly(1, -2.5f, 300, 4);
        assertThat(named.labels().ints()).containsExactly(0, 2);
        assertThat(Csv.dataset(file, -1).sha256()).isEqualTo(named.sha256());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,b;1,2;3,x | line 3, column \"b\" holds \"x\", but a finite number is needed. Fill it in, or leave the line out.",
                "a,b;1,;3,4 | line 2, column \"b\" is empty, but a finite number is needed. Fill it in, or leave the line out.",
                "a,b;NaN,1 | line 2, column \"a\" holds \"NaN\", but a finite number is needed. Fill it in, or leave the line out.",
                "a,b;1e99,1 | line 2, column \"a\" holds \"1e99\", but a finite number is needed. Fill it in, or leave the line out.",
                "a,b;1,2;3 | line 3 has 1 cells, but the header names 2 columns. Mend the line, or leave it out.",
                "a,b;1,2,3 | line 2 has 3 cells, but the header names 2 columns. Mend the line, or leave it out.",
                "a,b;1,-1 | line 2, column \"b\" holds -1, but class numbers are whole, from 0. Number the classes anew, or name another column as the label.",
                "a,b;1,1;1,0.5 | line 3, column \"b\" holds 0.5, but class numbers are whole, from 0. Number the classes anew, or name another column as the label.",
                "1,2;3,4 | line 1 must be a header with the names of the columns, but holds numbers. Add such a line.",
                "b;1 | besides the labels there are no columns; samples need at least one.",
                "a;1 | there is no column \"b\"; the columns are [a]."
            })
    void faultsAreNamed(String text, String message) throws IOException {
        Path file = file(text.replace(';', '\n'));
        assertThatThrownBy(() -> Csv.dataset(file, "b"))
                .isInstanceOf(DataException.class)
                .hasMessage(file + ": " + message);
    }

    @Test
    void otherFaultsAreNamed() throws IOException {
        Path empty = file("");
        assertThatThrownBy(() -> Csv.read(empty))
                .isInstanceOf(DataException.class)
                .hasMessage(empty + ": the file is empty; it needs a header and lines.");
        Path open = file("a,b\n\"1,2\n");
        assertThatThrownBy(() -> Csv.read(open))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(open + ": ");
        Path semicolons = file("a;b\n1;2\n");
        assertThatThrownBy(() -> Csv.read(semicolons))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        semicolons
                                + ": commas must separate the columns, but the header is \"a;b\". Write the file with commas.");
        Path two = file("a,b\n1,2\n");
        assertThatThrownBy(() -> Csv.readLabels(two))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        two + ": one column of class numbers is wanted, but there are 2: [a, b].");
        assertThatThrownBy(() -> Csv.dataset(two, 2))
                .isInstanceOf(DataException.class)
                .hasMessage(two + ": there is no column 2; there are 2, from 0.");
        assertThatThrownBy(() -> Csv.write(two, List.of("a"), Column.of(new float[4], 2, 2)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Csv: 1 names were given for columns of samples of 2 elements.");
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        Path file = folder.resolve("w.csv");
        var column = Column.of(new float[] {1, 0.1f, -3, 1e-20f}, 2, 2);
        Csv.write(file, "x", column);
        assertThat(file).hasContent("x0,x1\n1,0.1\n-3,1.0E-20\n");
        assertThat(Csv.read(file).tensor().values()).isEqualTo(column.tensor().values());
    }

    /// A header and 27 lines of 784 intensities; a header and 27 lines of categories.
    @Test
    void lettersAsTwoFiles() {
        String data = System.getenv("GNOMON_DATA");
        assumeThat(data)
                .as("set GNOMON_DATA to a folder with the data sets to run this test")
                .isNotBlank();
        var letters =
                ImageFolder.of(Path.of(data).resolve("greek"))
                        .withImageSize(28, 28)
                        .withColorMode(ColorMode.GRAYSCALE)
                        .withShuffle(false)
                        .load();
        Path pixels = folder.resolve("pixels.csv");
        Path categories = folder.resolve("categories.csv");
        Csv.write(pixels, "pixel", letters.images());
        Csv.write(categories, "category", letters.labels());
        assertThat(Csv.header(pixels)).hasSize(784).startsWith("pixel0");
        var read =
                Dataset.of(Csv.read(pixels).withSampleShape(28, 28, 1), Csv.readLabels(categories));
        assertThat(read.images().shape()).isEqualTo(Shape.of(27, 28, 28, 1));
        assertThat(read.images().tensor().values()).isEqualTo(letters.images().tensor().values());
        assertThat(read.labels().ints()).isEqualTo(letters.labels().ints());
        assertThat(categories).content().startsWith("category\n0\n").hasLineCount(28);
    }
}
