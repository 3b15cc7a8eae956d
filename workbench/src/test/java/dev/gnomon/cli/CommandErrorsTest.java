package dev.gnomon.cli;

import static dev.gnomon.cli.CommandFixture.here;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.data.Column;
import dev.gnomon.data.Npy;
import dev.gnomon.data.Npz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bad input gets exit code 2, a sentence or two on standard error, and writes nothing.
class CommandErrorsTest {
    @TempDir private static Path folder;

    @BeforeAll
    static void makeFiles() throws IOException {
        Path data = CommandFixture.data(folder.resolve("d.npz"), 40, 10);
        CommandFixture.network(folder.resolve("n.keras"));
        Npz.write(
                folder.resolve("small.npz"),
                Map.of("x", Column.of(new byte[40 * 4], 40, 4), "y", CommandFixture.labels(40)));
        Npz.write(
                folder.resolve("classes.npz"),
                Map.of("x", CommandFixture.pictures(2), "y", Column.labels(3, 17)));
        Npz.write(
                folder.resolve("rows.npz"),
                Map.of("x", CommandFixture.pictures(5), "y", CommandFixture.labels(4)));
        Npz.write(
                folder.resolve("weight.npz"),
                Map.of(
                        "x",
                        CommandFixture.pictures(2),
                        "y",
                        CommandFixture.labels(2),
                        "sample_weight_nope_test",
                        CommandFixture.labels(2)));
        Npz.write(
                folder.resolve("short.npz"),
                Map.of(
                        "x",
                        CommandFixture.pictures(2),
                        "y",
                        CommandFixture.labels(2),
                        "sample_weight",
                        CommandFixture.labels(1)));
        Npz.write(folder.resolve("names.npz"), Map.of("a", CommandFixture.pictures(5)));
        Npy.write(folder.resolve("x.npy"), CommandFixture.pictures(5));
        cut(data, "cut.npz");
        cut(folder.resolve("n.keras"), "cut.keras");
        cut(folder.resolve("x.npy"), "cut.npy");
        Files.createDirectories(folder.resolve("empty/mnist"));
        Files.createDirectories(folder.resolve("idx"));
        Files.write(folder.resolve("idx/train-images-idx3-ubyte"), new byte[] {0, 0, 8, 3, 0});
        Files.write(folder.resolve("idx/train-labels-idx1-ubyte"), new byte[] {0, 0, 8, 1, 0});
        Files.writeString(folder.resolve("junk.png"), "junk");
        Files.writeString(folder.resolve("bad.csv"), "a,b\n1,x\n");
        float[] values = new float[2 * 784];
        values[784 + 2] = Float.NaN;
        Npz.write(
                folder.resolve("nan.npz"),
                Map.of("x", Column.of(values, 2, 28, 28), "y", CommandFixture.labels(2)));
        Files.createDirectories(folder.resolve("pictures/a"));
        Files.writeString(folder.resolve("pictures/a/1.png"), "junk");
        Files.createDirectories(folder.resolve("clocks"));
        Npy.write(folder.resolve("clocks/images.npy"), CommandFixture.pictures(1));
    }

    private static void cut(Path file, String name) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(folder.resolve(name), Arrays.copyOf(bytes, bytes.length / 2));
    }

    /// `@` stands for the test's folder.
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "train mlp --out @o.keras | Name the data, for example --data mnist.",
                "train --data @d.npz | Name a model: a preset",
                "train nope --data @d.npz | There is no preset and no file \"nope\". Presets: mlp, ",
                "train mlp --data @nope --out @o.keras | and no data set of that name; known are mnist",
                "train mlp --data cifar-10 --data-dir @empty --out @o.keras | does not exist; wanted in it are data_batch_1.bin",
                "train mlp --data cifar-100 --data-dir @empty --out @o.keras | Fetch them with gnomon data fetch cifar-100",
                "train mlp --data @bad.csv --out @o.keras | bad.csv: line 2, column \"b\" holds \"x\"",
                "train mlp --data @nan.npz --out @o.keras | nan.npz: row 1 of input \"input_layer\" holds NaN at element 2.",
                "train mlp --data mnist --data-dir @empty --out @o.keras | lacks train-images-idx3-ubyte.gz",
                "train mlp --data mnist --data-dir @none --out @o.keras | does not exist; wanted in it are",
                "train mlp --data @cut.npz --out @o.keras | It is cut short or no .npz file",
                "train mlp --data @idx --out @o.keras | train-images-idx3-ubyte: ",
                "train mlp --data @empty --out @o.keras | holds no pictures (.bmp, .gif, .jpeg, .jpg, .png) in folders of classes. Nor does",
                "train mlp --data @pictures --out @o.keras | a/1.png: is no picture of a known kind",
                "train mlp --data @x.npy --out @o.keras | this is none of them",
                "train mlp --data @small.npz --out @o.keras | samples of shape [4], but the model needs [28, 28]",
                "train mlp --data @classes.npz --out @o.keras | row 1 of the labels has the class 17",
                "train mlp --data @rows.npz --out @o.keras | holds 5 samples, but there are labels for 4",
                "train mlp --data @weight.npz --out @o.keras | the array \"sample_weight_nope_test\" is for no output of the model; it has the outputs [",
                "train mlp --data @short.npz --out @o.keras | short.npz: Dataset: every part needs the same number of rows",
                "train mlp --data @names.npz --out @o.keras | lacks the arrays x and y",
                "train mlp --data @d.npz --loss categorical_crossentropy --out @o.keras | use sparse_categorical_crossentropy",
                "train mlp --data @d.npz --loss nope --out @o.keras | Unknown loss \"nope\". Known are:",
                "train mlp --data @d.npz --optimizer nope --out @o.keras | Unknown optimizer \"nope\"",
                "train mlp --data @d.npz --metrics nope --out @o.keras | Unknown metric \"nope\"",
                "train mlp --data @d.npz --epochs -1 --out @o.keras | --epochs must be at least 1, but is -1.",
                "train mlp --data @d.npz --epochs x --out @o.keras | 'x' is not an int. See: gnomon train --help",
                "train mlp --data @d.npz --batch-size 0 --out @o.keras | --batch-size must be at least 1",
                "train mlp --data @d.npz --validation-split 1 --out @o.keras | and below 1, but is 1.0.",
                "train mlp --data @d.npz --threads 0 --out @o.keras | --threads must be at least 1",
                "train mlp --data @d.npz --clocks 5 --out @o.keras | belong to --data clocks",
                "train mlp --data @d.npz --fresh --out @o.keras | --fresh draws clocks and belongs to --data clocks",
                "train clock_cnn --data clocks --clocks 0 --fresh --out @o.keras | --clocks must be at least 1, but is 0",
                "train clock_cnn --data clocks --clocks 2000000 --epochs 2000 --fresh --out @o.keras | Ask for fewer of either",
                "train mlp --data @d.npz --style held-out --out @o.keras | --style and --clock-seed belong to --data clocks",
                "data render-clocks --style none --out @o | for option '--style'",
                "train cifar_cnn --data clocks --out @o.keras | but clocks are pictures of 32×32",
                "train mlp --data @d.npz --out @none/o.keras | since there is no folder",
                "train mlp --data @d.npz --out @o.h5 | --out must name a .keras file",
                "train mlp --data @d.npz --log @none/l.csv --out @o.keras | --log: ",
                "train mlp --data @d.npz --early-stopping -3 --out @o.keras | --early-stopping must be at least 0",
                "train mlp --data @classes.npz --test-each-epoch --out @o.keras | --test-each-epoch: the data have no test part.",
                "train fast_cnn --data @classes.npz --out @o.keras | the label of row 1 is 17.0, but classes are whole numbers from 0 to 9",
                "train mlp --data @d.npz --checkpoint-every -1 --out @o.keras | --checkpoint-every must be at least 0",
                "train mlp --data @d.npz --tensorboard x | comes with a later version",
                "train mlp --data @d.npz --precision float16 | expected one of [FLOAT32, MIXED_BFLOAT16]",
                "evaluate @cut.keras --data @d.npz | It is cut short or no .keras file",
                "evaluate @n.keras --data @d.npz --part nope | --part must be one of train, validation, test, all, but is nope",
                "evaluate @n.keras --data @d.npz --part all | these are no clocks. Name train, validation or test.",
                "evaluate @n.keras --data @d.npz --part validation | The data have no validation part.",
                "evaluate @n.keras | Name the data",
                "predict @n.keras --input @cut.npy | The file is cut short",
                "predict @n.keras --input @junk.png | junk.png: is no picture of a known kind",
                "predict @n.keras --input @none.npy | There is no file",
                "predict @n.keras --input @names.npz | lacks the array \"x\"",
                "predict @n.keras --input @x.npy --output @y.txt | the model has one output",
                "predict @n.keras --input @x.npy --output @none/y.npy | since there is no folder",
                "predict @n.keras | Missing required option: '--input=X'",
                "summary @none.keras | There is no preset and no file",
                "bench mlp --batch 0 | --batch must be at least 1",
                "bench mlp --seconds 0 | --seconds must be above 0",
                "bench mlp --profile @none/t.json | since there is no folder",
                "data render-clocks --count 0 --out @o | count must be at least 1",
                "data render-clocks --out @d.npz | cannot be made: there is a file",
                "data verify nope | there is no known data set",
                "data fetch nope | there is no known data set \"nope\"; known: mnist",
                "data fetch mnist --data-dir @empty --source ftp://x/ | a source must be a web address that ends in a slash",
                "data render-clocks --count 2 --size 16 --out @clocks | holds clocks already. Add --overwrite to replace them",
                "bench mlp --augment --seconds 0.1 | --augment needs a model of pictures",
                "serve | gnomon serve comes with a later version of Gnomon.",
                "verify m.keras | gnomon verify comes with a later version of Gnomon.",
                "trian | Did you mean train? See: gnomon --help"
            })
    void badInput(String command, String sentence) {
        var result = here(command.strip().replace("@", folder + "/").split(" ", -1));
        assertThat(result.err()).contains(sentence).doesNotContain("\tat ").hasLineCount(1);
        assertThat(result.out()).doesNotContain("Wrote");
        assertThat(result.code()).isEqualTo(2);
        assertThat(folder.toFile().list())
                .noneMatch(name -> name.startsWith("o") || name.endsWith(".tmp"));
    }

    @Test
    void missingFilesAreAFailedCheck() {
        var result = here("data", "verify", "mnist", "--data-dir", folder.toString(), "--json");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.json().path("mnist").asBoolean(true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "doctor",
                "data",
                "data list",
                "data verify",
                "data fetch",
                "data render-clocks",
                "train",
                "evaluate",
                "predict",
                "summary",
                "check",
                "bench"
            })
    void helpShowsAnExample(String command) {
        var result = here((command + " --help").strip().split(" ", -1));
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("Example: gnomon " + command);
    }
}
