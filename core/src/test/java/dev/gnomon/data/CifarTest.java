package dev.gnomon.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gnomon.check.DataException;
import dev.gnomon.tensor.DType;
import dev.gnomon.tensor.Shape;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarTest {
    @TempDir private Path folder;

    /// Empty files of the right sizes, which take no room; a place in the first one is written.
    private Path sparse(KnownDataSet set, String inner, long at, int... bytes) throws IOException {
        Path sets = Files.createDirectories(set.folder(folder).resolve(inner));
        for (KnownFile file : set.files()) {
            try (var out = new RandomAccessFile(sets.resolve(file.name()).toFile(), "rw")) {
                out.setLength(file.unpackedBytes());
                if (file.equals(set.files().getFirst())) {
                    out.seek(at);
                    for (int value : bytes) {
                        out.write(value);
                    }
                }
            }
        }
        return sets;
    }

    @Test
    void theColoursOfAPixelComeTogether() throws IOException {
        long record = 2L * 3073;
        var sets = sparse(KnownDataSet.CIFAR_10, "cifar-10-batches-bin", record, 7, 11, 12);
        try (var out = new RandomAccessFile(sets.resolve("data_batch_1.bin").toFile(), "rw")) {
            out.seek(record + 1 + 1024);
            out.write(21);
            out.seek(record + 1 + 2048 + 32);
            out.write(200);
        }
        var set = Cifar10.load(folder);
        assertThat(set.train().images().shape()).isEqualTo(Shape.of(50_000, 32, 32, 3));
        assertThat(set.train().images().dtype()).isEqualTo(DType.UINT8);
        assertThat(set.train().labels().shape()).isEqualTo(Shape.of(50_000, 1));
        assertThat(set.test().size()).isEqualTo(10_000);
        assertThat(set.test().classNames()).startsWith("airplane").endsWith("truck");
        var images = set.train().images();
        assertThat(set.train().labels().intAt(2)).isEqualTo(7);
        assertThat(images.intAt(2, 0)).isEqualTo(11);
        assertThat(images.intAt(2, 3)).isEqualTo(12);
        assertThat(images.intAt(2, 1)).isEqualTo(21);
        assertThat(images.intAt(2, 32 * 3 + 2)).isEqualTo(200);
    }

    @Test
    void cifar100HasTwoLabels() throws IOException {
        sparse(KnownDataSet.CIFAR_100, "cifar-100-binary", 3074, 19, 99, 5);
        var fine = Cifar100.load(folder, Cifar100.Labels.FINE).train();
        var coarse = Cifar100.load(folder, Cifar100.Labels.COARSE).train();
        assertThat(fine.labels().intAt(1)).isEqualTo(99);
        assertThat(coarse.labels().intAt(1)).isEqualTo(19);
        assertThat(coarse.images().intAt(1, 0)).isEqualTo(5);
        assertThat(fine.classNames()).hasSize(100).contains("aquarium_fish").endsWith("worm");
        assertThat(coarse.classNames()).hasSize(20).startsWith("aquatic_mammals");
        assertThat(KnownDataSet.CIFAR_100.load(folder).train().classNames()).hasSize(100);
        assertThat(KnownDataSet.CIFAR_100.verify(folder))
                .allMatch(FileCheck::isRight)
                .allMatch(check -> check.detail().startsWith("has the right size; no SHA-256"));
    }

    @Test
    void wrongLabelsAndSizesAreNamed() throws IOException {
        var sets = sparse(KnownDataSet.CIFAR_10, "", 5L * 3073, 10);
        Path first = sets.resolve("data_batch_1.bin");
        assertThatThrownBy(() -> Cifar10.load(folder))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        first
                                + ": record 5 (offset 15365) has the class 10, but there are 10 classes, from 0. The file is"
                                + " damaged or of another kind; fetch it again.");
        for (long size : new long[] {30_729_999, 30_730_001, 0, 30_726_927}) {
            try (var out = new RandomAccessFile(first.toFile(), "rw")) {
                out.setLength(size);
            }
            assertThatThrownBy(() -> Cifar10.load(folder))
                    .isInstanceOf(DataException.class)
                    .hasMessage(
                            first
                                    + ": has "
                                    + size
                                    + " bytes, but 10000 records of 3073 bytes, label and picture, are 30730000. Fetch the"
                                    + " file again.");
        }
        Files.delete(first);
        assertThatThrownBy(() -> Cifar10.load(folder))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "CIFAR-10: the folder "
                                + sets.toAbsolutePath()
                                + " lacks data_batch_1.bin (as they are, or unpacked, or in cifar-10-binary.tar.gz). Fetch"
                                + " them with gnomon data fetch cifar-10; they come from https://www.cs.toronto.edu/~kriz/."
                                + " Another data folder is named with --data-dir or GNOMON_DATA.");
    }

    private static final KnownDataSet SMALL =
            new KnownDataSet(
                    "small",
                    "Small",
                    "ours",
                    List.of("http://localhost/"),
                    List.of(
                            KnownFile.plain("train.bin", 3 * 3074, null),
                            KnownFile.plain("test.bin", 3074, null)),
                    new KnownArchive("small.tar.gz", "inner"),
                    List.of());

    private TrainTest small() {
        return new CifarFiles(SMALL, 2, 1, Cifar100.Labels.FINE.classNames()).load(folder);
    }

    private static Map<String, byte[]> archive() {
        var files = new LinkedHashMap<String, byte[]>();
        files.put("inner/", new byte[0]);
        files.put("inner/fine_label_names.txt", new byte[5]);
        byte[] test = new byte[3074];
        test[1] = 42;
        files.put("inner/test.bin", test);
        files.put("inner/train.bin", new byte[3 * 3074]);
        return files;
    }

    @Test
    void theArchiveIsReadAsItIs() throws IOException {
        Path file = Files.createDirectories(folder.resolve("small")).resolve("small.tar.gz");
        byte[] whole = TestTar.gz(archive());
        Files.write(file, whole);
        assertThat(SMALL.isIn(folder)).isTrue();
        assertThat(small().train().size()).isEqualTo(3);
        assertThat(small().test().labels().intAt(0)).isEqualTo(42);
        assertThat(SMALL.verify(folder)).allMatch(FileCheck::isRight);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(this::small)
                .isInstanceOf(DataException.class)
                .hasMessage(file + ": is cut short; fetch it again.");
        assertThat(SMALL.verify(folder)).noneMatch(FileCheck::isRight);
        var lacking = archive();
        lacking.remove("inner/test.bin");
        Files.write(file, TestTar.gz(lacking));
        assertThatThrownBy(this::small)
                .isInstanceOf(DataException.class)
                .hasMessage(file + ": lacks test.bin. Fetch it again.");
        var longer = archive();
        longer.put("inner/test.bin", new byte[3075]);
        Files.write(file, TestTar.gz(longer));
        assertThatThrownBy(this::small)
                .isInstanceOf(DataException.class)
                .hasMessage(
                        file
                                + ", inner/test.bin: has 3075 bytes, but 1 records of 3074 bytes, labels and picture, are"
                                + " 3074. Fetch the file again.");
        longer.put("inner/test.bin", new byte[3074]);
        longer.put("inner/train.bin", filled(3 * 3074));
        Files.write(file, TestTar.gz(longer));
        assertThatThrownBy(this::small)
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(
                        file
                                + ", inner/train.bin: record 0 (offset 0) has the class 255, but there are 100");
    }

    private static byte[] filled(int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) 255);
        return bytes;
    }

    @Test
    void theRealSetIsRight() throws IOException {
        String data = System.getenv("GNOMON_DATA");
        assumeThat(data)
                .as("set GNOMON_DATA to a folder with the data sets to run this test")
                .isNotBlank();
        Path packed = Path.of(data).resolve("cifar-10");
        assumeThat(packed.resolve("test_batch.med.gz")).exists();
        CifarPacking.unpack(packed, folder.resolve("cifar-10"));
        assertThat(KnownDataSet.CIFAR_10.verify(folder)).allMatch(FileCheck::isRight);
        var train = Cifar10.load(folder).train();
        var moments = train.standardize();
        double[] mean = {0.49139968, 0.48215841, 0.44653091};
        double[] std = {0.24703223, 0.24348513, 0.26158784};
        for (int c = 0; c < 3; c++) {
            assertThat(moments.mean().get(c) / 255).isCloseTo(mean[c], within(1e-8));
            assertThat(moments.std().get(c) / 255).isCloseTo(std[c], within(1e-8));
        }
        assertThat(train.take(10).labels().ints()).containsExactly(6, 9, 9, 4, 1, 1, 2, 7, 8, 3);
    }
}
