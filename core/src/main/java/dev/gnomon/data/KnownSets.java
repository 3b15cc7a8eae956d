package dev.gnomon.data;

import java.util.List;
import java.util.stream.IntStream;

/// The table of the known data sets: where they come from, and how to tell that they are right.
///
/// Every SHA-256 here was computed from files whose other checksums are those that their authors published. For the archives
/// of CIFAR there is none: what is checked are the files in them; those of CIFAR-100 by their size and labels alone.
final class KnownSets {
    private static final long CIFAR_10_BYTES = 10_000L * 3073;

    private KnownSets() {}

    private static KnownFile packed(
            String name, long bytes, String sha256, long unpackedBytes, String unpackedSha256) {
        return new KnownFile(name, bytes, sha256, unpackedBytes, unpackedSha256);
    }

    static KnownDataSet mnist() {
        return new KnownDataSet(
                "mnist",
                "MNIST",
                "none stated by Y. LeCun, C. Cortes and C. Burges; commonly handed out under CC BY-SA 3.0",
                List.of(
                        "https://ossci-datasets.s3.amazonaws.com/mnist/",
                        "https://storage.googleapis.com/cvdf-datasets/mnist/"),
                List.of(
                        packed(
                                "train-images-idx3-ubyte.gz",
                                9_912_422,
                                "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
                                47_040_016,
                                "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
                        packed(
                                "train-labels-idx1-ubyte.gz",
                                28_881,
                                "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
                                60_008,
                                "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
                        packed(
                                "t10k-images-idx3-ubyte.gz",
                                1_648_877,
                                "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
                                7_840_016,
                                "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
                        packed(
                                "t10k-labels-idx1-ubyte.gz",
                                4_542,
                                "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
                                10_008,
                                "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2")),
                null,
                IntStream.range(0, 10).mapToObj(String::valueOf).toList());
    }

    static KnownDataSet fashionMnist() {
        return new KnownDataSet(
                "fashion-mnist",
                "Fashion-MNIST",
                "MIT (Zalando SE, 2017)",
                List.of(
                        "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
                        "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
                List.of(
                        packed(
                                "train-images-idx3-ubyte.gz",
                                26_421_880,
                                "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
                                47_040_016,
                                "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
                        packed(
                                "train-labels-idx1-ubyte.gz",
                                29_515,
                                "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
                                60_008,
                                "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
                        packed(
                                "t10k-images-idx3-ubyte.gz",
                                4_422_102,
                                "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
                                7_840_016,
                                "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
                        packed(
                                "t10k-labels-idx1-ubyte.gz",
                                5_148,
                                "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
                                10_008,
                                "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34")),
                null,
                List.of(
                        "T-shirt/top",
                        "Trouser",
                        "Pullover",
                        "Dress",
                        "Coat",
                        "Sandal",
                        "Shirt",
                        "Sneaker",
                        "Bag",
                        "Ankle boot"));
    }

    private static KnownFile cifar(String name, String sha256) {
        return KnownFile.plain(name, CIFAR_10_BYTES, sha256);
    }

    static KnownDataSet cifar10() {
        return new KnownDataSet(
                "cifar-10",
                "CIFAR-10",
                "none stated by A. Krizhevsky, V. Nair and G. Hinton; cite Learning Multiple Layers of Features from Tiny"
                        + " Images, 2009",
                List.of("https://www.cs.toronto.edu/~kriz/"),
                List.of(
                        cifar(
                                "data_batch_1.bin",
                                "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
                        cifar(
                                "data_batch_2.bin",
                                "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
                        cifar(
                                "data_batch_3.bin",
                                "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"),
                        cifar(
                                "data_batch_4.bin",
                                "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"),
                        cifar(
                                "data_batch_5.bin",
                                "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add"),
                        cifar(
                                "test_batch.bin",
                                "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b")),
                new KnownArchive("cifar-10-binary.tar.gz", "cifar-10-batches-bin"),
                List.of(
                        "airplane",
                        "automobile",
                        "bird",
                        "cat",
                        "deer",
                        "dog",
                        "frog",
                        "horse",
                        "ship",
                        "truck"));
    }

    static KnownDataSet cifar100() {
        return new KnownDataSet(
                "cifar-100",
                "CIFAR-100",
                "none stated by A. Krizhevsky, V. Nair and G. Hinton; cite Learning Multiple Layers of Features from Tiny"
                        + " Images, 2009",
                List.of("https://www.cs.toronto.edu/~kriz/"),
                List.of(
                        KnownFile.plain("train.bin", 50_000L * 3074, null),
                        KnownFile.plain("test.bin", 10_000L * 3074, null)),
                new KnownArchive("cifar-100-binary.tar.gz", "cifar-100-binary"),
                Cifar100.Labels.FINE.classNames());
    }
}
