package dev.gnomon.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gnomon.check.ConfigException;
import dev.gnomon.check.DataException;
import dev.gnomon.tensor.DType;
import dev.gnomon.tensor.Shape;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class KnownDataSetTest {
    @TempDir private Path folder;

    private void small(int images, int labels, int label) throws IOException {
        var mnist = Files.createDirectories(folder.resolve("mnist"));
        byte[] classes = new byte[labels];
        classes[labels - 1] = (byte) label;
        for (String part : new String[] {"train", "t10k"}) {
            Files.write(
                    mnist.resolve(part + "-images-idx3-ubyte"),
                    IdxTest.idx(0x08, new byte[images * 784], images, 28, 28));
            Files.write(
                    mnist.resolve(part + "-labels-idx1-ubyte.gz"),
                    IdxTest.gzip(IdxTest.idx(0x08, classes, labels)));
        }
    }

    @Test
    void readsFilesPackedOrNot() throws IOException {
        small(3, 3, 7);
        assertThat(KnownDataSet.MNIST.isIn(folder)).isTrue();
        var mnist = Mnist.load(folder);
        assertThat(mnist.train().images().shape()).isEqualTo(Shape.of(3, 28, 28));
        assertThat(mnist.test().labels().ints()).containsExactly(0, 0, 7);
        assertThat(mnist.test().classNames()).hasSize(10);
    }

    @Test
    void refusesFilesThatDoNotFit() throws IOException {
        small(4, 3, 7);
        assertThatThrownBy(() -> Mnist.load(folder))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "Dataset: every part needs the same number of rows, but input \"x\" has 4 rows, target \"y\""
                                + " has 3 rows. Give arrays of the same samples, one row for each.");
        small(3, 3, 10);
        assertThatThrownBy(() -> Mnist.load(folder))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "MNIST: row 2 of train-labels-idx1-ubyte.gz in "
                                + folder.resolve("mnist")
                                + " holds class 10, but there are 10 classes, from 0. Fetch the file again.");
    }

    @Test
    void saysWhatIsMissingAndWhereItIs() throws IOException {
        String come = " (as they are, or unpacked). Fetch them with gnomon data fetch ";
        String other = ". Another data folder is named with --data-dir or GNOMON_DATA.";
        assertThatThrownBy(() -> FashionMnist.load(folder))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "Fashion-MNIST: the folder "
                                + folder.resolve("fashion-mnist")
                                + " does not exist; wanted in it are train-images-idx3-ubyte.gz,"
                                + " train-labels-idx1-ubyte.gz, t10k-images-idx3-ubyte.gz, t10k-labels-idx1-ubyte.gz"
                                + come
                                + "fashion-mnist; they come from "
                                + "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"
                                + other);
        small(3, 3, 7);
        Files.delete(folder.resolve("mnist/t10k-images-idx3-ubyte"));
        assertThat(KnownDataSet.MNIST.isIn(folder)).isFalse();
        assertThatThrownBy(() -> Mnist.load(folder))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "MNIST: the folder "
                                + folder.resolve("mnist")
                                + " lacks t10k-images-idx3-ubyte.gz"
                                + come
                                + "mnist; they come from "
                                + "https://ossci-datasets.s3.amazonaws.com/mnist/"
                                + other);
    }

    @Test
    void isFoundByName() {
        assertThat(KnownDataSet.named("fashion-mnist")).isSameAs(KnownDataSet.FASHION_MNIST);
        assertThatThrownBy(() -> KnownDataSet.named("minst"))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "Data: there is no known data set \"minst\"; known: mnist, fashion-mnist, cifar-10, cifar-100.");
    }

    @Test
    void verifyTellsMissingFromChanged() throws IOException {
        small(3, 3, 7);
        Files.delete(folder.resolve("mnist/t10k-labels-idx1-ubyte.gz"));
        var checks = KnownDataSet.MNIST.verify(folder);
        assertThat(checks)
                .extracting(FileCheck::state)
                .containsExactly(
                        FileCheck.State.CHANGED,
                        FileCheck.State.CHANGED,
                        FileCheck.State.CHANGED,
                        FileCheck.State.MISSING);
        assertThat(checks.getFirst().detail())
                .startsWith("has SHA-256 ")
                .endsWith(
                        "but should have ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db");
        assertThat(checks.getLast())
                .hasToString(folder.resolve("mnist/t10k-labels-idx1-ubyte.gz") + ": is not there");
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, , , /home/u/.cache/gnomon",
        "Linux, /var/cache/u, , /var/cache/u/gnomon",
        "Linux, relative, , /home/u/.cache/gnomon",
        "Mac OS X, , , /home/u/Library/Caches/gnomon",
        "Windows 11, , , /home/u/AppData/Local/gnomon",
        "Windows 11, , /local, /local/gnomon",
    })
    void theDataFolderIsInTheUsersCache(String system, String xdg, String local, Path expected) {
        var environment = new HashMap<String, String>();
        environment.put("GNOMON_DATA", "");
        environment.put("XDG_CACHE_HOME", xdg == null ? "" : xdg);
        environment.put("LOCALAPPDATA", local == null ? "" : local);
        assertThat(DataFolder.resolve(null, environment, system, Path.of("/home/u")))
                .isEqualTo(expected);
    }

    @Test
    void theDataFolderIsThatOfTheArgumentOrTheVariable() {
        var environment = Map.of("GNOMON_DATA", "/data");
        var home = Path.of("/home/u");
        assertThat(DataFolder.resolve(null, environment, "Linux", home))
                .isEqualTo(Path.of("/data"));
        assertThat(DataFolder.resolve(Path.of("mine"), environment, "Linux", home))
                .isEqualTo(Path.of("mine"));
    }

    static List<KnownDataSet> idxSets() {
        return List.of(KnownDataSet.MNIST, KnownDataSet.FASHION_MNIST);
    }

    @ParameterizedTest
    @MethodSource("idxSets")
    void theRealSetsAreRight(KnownDataSet set) {
        assumeThat(System.getenv("GNOMON_DATA"))
                .as("set GNOMON_DATA to a folder with the data sets to run this test")
                .isNotBlank();
        var dataFolder = DataFolder.resolve(null);
        assertThat(set.verify(dataFolder)).allMatch(FileCheck::isRight);
        var data = set.load(dataFolder);
        assertThat(data.train().images().shape()).isEqualTo(Shape.of(60_000, 28, 28));
        assertThat(data.test().size()).isEqualTo(10_000);
        assertThat(data.train().images().dtype()).isEqualTo(DType.UINT8);
        double sum = 0;
        double squares = 0;
        for (var batch : data.train().batches(1000)) {
            var x = batch.input("x").toArray(ValueLayout.JAVA_FLOAT);
            for (float value : x) {
                sum += value;
                squares += value * value;
            }
        }
        double mean = sum / (60_000 * 784);
        boolean digits = set.equals(KnownDataSet.MNIST);
        assertThat(mean).isEqualTo(digits ? 33.318421 : 72.940352, offset(1e-6));
        assertThat(Math.sqrt(squares / (60_000 * 784) - mean * mean))
                .isEqualTo(digits ? 78.567490 : 90.021182, offset(1e-6));
        var first = new ArrayList<Integer>();
        for (int row = 0; row < 5; row++) {
            first.add(data.train().labels().intAt(row));
        }
        assertThat(first)
                .containsExactly(
                        digits ? new Integer[] {5, 0, 4, 1, 9} : new Integer[] {9, 0, 0, 3, 0});
    }

    @Test
    void aFilePackedAgainOrUnpackedIsRight() throws IOException {
        assumeThat(System.getenv("GNOMON_DATA"))
                .as("set GNOMON_DATA to a folder with the data sets to run this test")
                .isNotBlank();
        var mnist = Files.createDirectories(folder.resolve("mnist"));
        for (var file : KnownDataSet.MNIST.files().subList(1, 4)) {
            try (var in =
                    new GZIPInputStream(
                            Files.newInputStream(
                                    DataFolder.resolve(null)
                                            .resolve("mnist")
                                            .resolve(file.name())))) {
                byte[] bytes = in.readAllBytes();
                boolean pack = file.name().contains("labels");
                Files.write(
                        mnist.resolve(pack ? file.name() : file.name().replace(".gz", "")),
                        pack ? IdxTest.gzip(bytes) : bytes);
            }
        }
        var checks = KnownDataSet.MNIST.verify(folder);
        assertThat(checks.subList(1, 4)).allMatch(FileCheck::isRight);
        assertThat(checks.get(1).detail())
                .startsWith("packed again; its content has SHA-256 65a50cbb");
    }
}
