package dev.gnomon.preset;

import static dev.gnomon.preset.ClockReaders.Width.NARROW;
import static dev.gnomon.preset.ClockReaders.Width.USUAL;

import dev.gnomon.optimizer.Adam;
import dev.gnomon.optimizer.RMSprop;
import dev.gnomon.optimizer.SGD;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The presets by name. What they reach is in `docs/results.md`.
public final class Presets {
    private static final String MNIST = "mnist";
    private static final String FASHION_MNIST = "fashion-mnist";
    private static final String CIFAR_10 = "cifar-10";
    private static final String CLOCKS = "clocks";

    private static final List<Preset> ALL =
            List.of(
                    new Preset(
                            "mlp",
                            "Dense 300, 100, 10",
                            "Géron, Hands-On Machine Learning, chapter 10, with Adam",
                            MNIST,
                            30,
                            32,
                            seed -> PictureNetworks.mlp().initialize(seed),
                            _ -> PictureNetworks.classes(new Adam())),
                    new Preset(
                            "geron_mlp",
                            "Dense 300, 100, 10, trained by SGD",
                            "Géron, Hands-On Machine Learning, chapter 10",
                            FASHION_MNIST,
                            30,
                            32,
                            seed -> PictureNetworks.mlp().initialize(seed),
                            _ -> PictureNetworks.classes(new SGD())),
                    new Preset(
                            "mnist_mlp",
                            "Dense 512, 512, 10 with dropout",
                            "Keras's example mnist_mlp.py",
                            MNIST,
                            20,
                            128,
                            seed -> PictureNetworks.mnistMlp().initialize(seed),
                            _ -> PictureNetworks.classes(new RMSprop())),
                    new Preset(
                            "tuned_mlp",
                            "Dense 99, 10",
                            "a random search over structures of the MLP",
                            FASHION_MNIST,
                            30,
                            32,
                            seed -> PictureNetworks.tunedMlp().initialize(seed),
                            _ -> PictureNetworks.classes(new Adam(0.00042138860510843035))),
                    new Preset(
                            "mnist_cnn",
                            "two convolutions, Dense 128, 10",
                            "Keras's example mnist_cnn.py, with Adam",
                            MNIST,
                            12,
                            128,
                            seed -> PictureNetworks.mnistCnn().initialize(seed),
                            _ -> PictureNetworks.classes(new Adam())),
                    new Preset(
                            "cs365_cnn",
                            "two convolutions of 32 filters, Dense 128, 10",
                            "the course CS 365, recognition with deep networks",
                            MNIST,
                            12,
                            128,
                            seed -> PictureNetworks.cs365Cnn().initialize(seed),
                            _ -> PictureNetworks.classes(new Adam())),
                    new Preset(
                            "geron_cnn",
                            "five convolutions of up to 256 filters, Dense 128, 64, 10",
                            "Géron, Hands-On Machine Learning, chapter 14",
                            FASHION_MNIST,
                            10,
                            32,
                            seed -> PictureNetworks.geronCnn().initialize(seed),
                            _ -> PictureNetworks.classes(new Adam())),
                    new Preset(
                            "tuned_cnn",
                            "two convolutions of 32 filters, Dense 90, 10, all tanh",
                            "a random search over structures of the CNN",
                            FASHION_MNIST,
                            10,
                            32,
                            seed -> PictureNetworks.tunedCnn().initialize(seed),
                            _ -> PictureNetworks.classes(new Adam(0.00150603481780574))),
                    new Preset(
                            "cifar_cnn",
                            "six convolutions of up to 128 filters with batch normalization",
                            "our own",
                            CIFAR_10,
                            12,
                            128,
                            seed -> PictureNetworks.cifarCnn().initialize(seed),
                            PictureNetworks::cifarSettings),
                    new Preset(
                            "fast_cnn",
                            "whitening filters, four convolutions of up to 64 filters",
                            "after Jordan, 94% on CIFAR-10 in 3.29 Seconds",
                            MNIST,
                            1,
                            256,
                            FastNetworks::fastCnn,
                            steps -> FastNetworks.settings(0.5, steps)),
                    new Preset(
                                    "cifar_fast",
                                    "whitening filters, six convolutions of up to 256 filters; pictures flipped and shifted",
                                    "after Jordan, 94% on CIFAR-10 in 3.29 Seconds",
                                    CIFAR_10,
                                    5,
                                    512,
                                    FastNetworks::cifarFast,
                                    steps -> FastNetworks.settings(1, steps))
                            .withAugmentations(FastNetworks.pictures()),
                    new Preset(
                            "clock_plain",
                            "one convolution, Dense 64, one class for each minute of the dial, for 150×150",
                            "a student report of 2020: a baseline to beat",
                            CLOCKS,
                            3,
                            128,
                            seed -> ClockNetworks.plain().initialize(seed),
                            _ -> PictureNetworks.classes(new Adam())),
                    new Preset(
                            "clock_cnn",
                            "three convolutions, Dense 256, one class for each minute of the dial",
                            "our own, a workload of the benchmarks",
                            CLOCKS,
                            10,
                            32,
                            seed -> ClockNetworks.cnn().initialize(seed),
                            _ -> PictureNetworks.classes(new Adam())),
                    new Preset(
                            "clock_reader",
                            "finds the dial and both hands, and tells the time at which the hands agree",
                            "our own",
                            CLOCKS,
                            3,
                            32,
                            seed -> ClockReaders.reader("clock_reader", 75, USUAL, seed),
                            ClockReaders::settings),
                    new Preset(
                            "clock_reader_150",
                            "the same for 150×150",
                            "our own",
                            CLOCKS,
                            3,
                            32,
                            seed -> ClockReaders.reader("clock_reader_150", 150, USUAL, seed),
                            ClockReaders::settings),
                    new Preset(
                                    "clock_any",
                                    "the same, narrower, for 80×80: for clocks of any kind and photographs; new clocks each epoch",
                                    "our own",
                                    CLOCKS,
                                    60,
                                    32,
                                    seed -> ClockReaders.reader("clock_any", 80, NARROW, seed),
                                    ClockReaders::settings)
                            .withClocks(
                                    Map.of(
                                            "style", "any", "views", "mixed", "fresh", "true",
                                            "clocks", "50000")));

    private Presets() {}

    /// All presets, in the order in which they are listed.
    public static List<Preset> all() {
        return ALL;
    }

    /// The preset of a name, or null.
    public static @Nullable Preset find(String name) {
        return ALL.stream().filter(preset -> preset.name().equals(name)).findFirst().orElse(null);
    }
}
