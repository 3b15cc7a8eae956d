package dev.gnomon.preset;

import static dev.gnomon.activation.Activation.SILU;

import dev.gnomon.data.transform.Augmentation;
import dev.gnomon.data.transform.Fill;
import dev.gnomon.data.transform.RandomCrop;
import dev.gnomon.data.transform.RandomFlip;
import dev.gnomon.layer.ActivationLayer;
import dev.gnomon.layer.BatchNormalization;
import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.MaxPooling2D;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.layer.Softmax;
import dev.gnomon.layer.SymbolicTensor;
import dev.gnomon.loss.CategoricalCrossentropy;
import dev.gnomon.loss.Losses;
import dev.gnomon.metric.Metrics;
import dev.gnomon.model.Compiled;
import dev.gnomon.model.Functional;
import dev.gnomon.model.Model;
import dev.gnomon.optimizer.OptimizerOptions;
import dev.gnomon.optimizer.SGD;
import dev.gnomon.schedule.CosineDecay;
import dev.gnomon.tensor.Tensor;
import java.util.List;

/// Networks that reach an accuracy in little time: frozen first filters that whiten, then blocks of two convolutions that
/// begin as the identity. Jordan, 94% on CIFAR-10 in 3.29 Seconds on a Single GPU, 2024, where most of this is from; the
/// first filters here are known before any data.
final class FastNetworks {
    private static final int CLASSES = 10;

    /// The four patterns of 2×2 pixels: even, left against right, upper against lower, and crosswise.
    private static final int[][] PATTERNS = {
        {1, 1, 1, 1}, {1, -1, 1, -1}, {1, 1, -1, -1}, {1, -1, -1, 1}
    };

    /// Brightness, red against blue, green against both.
    private static final double[][] COLOURS = {{1, 1, 1}, {1, 0, -1}, {1, -2, 1}};

    private static final double[][] GREY = {{1}};

    /// One over the deviation of each pattern in each colour over photographs; in CIFAR-10 the patterns are all but
    /// uncorrelated (the largest correlation is 0.12).
    private static final double[][] COLOUR_SCALES = {
        {0.31, 1.7, 1.6, 4.2}, {1, 8, 7.4, 22}, {2.3, 14, 14, 30}
    };

    /// The same for MNIST and Fashion-MNIST.
    private static final double[][] GREY_SCALES = {{0.5, 1.7, 1.7, 4}};

    private FastNetworks() {}

    static Model fastCnn(long seed) {
        var image = Input.of(28, 28, 1).named("image");
        var x = new Rescaling(1 / 78.0, -33 / 78.0).apply(image);
        return network("fast_cnn", seed, image, x, 32, 64);
    }

    static Model cifarFast(long seed) {
        var image = Input.of(32, 32, 3).named("image");
        var x = new Rescaling(1 / 63.0, -2).apply(image);
        return network("cifar_fast", seed, image, x, 64, 256, 256);
    }

    /// @param scaled the picture, with values about 0
    /// @param widths the filters of each block
    static Model network(
            String name, long seed, SymbolicTensor image, SymbolicTensor scaled, int... widths) {
        int channels = image.shape().last();
        var whitening = new Conv2D(8 * channels, 2).named("whitening");
        var x = new ActivationLayer(SILU).apply(whitening.apply(scaled));
        for (int block = 1; block <= widths.length; block++) {
            int filters = widths[block - 1];
            x = Blocks.withoutBias(filters, 3).named("block" + block + "_conv1").apply(x);
            x = new MaxPooling2D(2).apply(x);
            x = normalized(x);
            x = Blocks.withoutBias(filters, 3).named("block" + block + "_conv2").apply(x);
            x = normalized(x);
        }
        x = new Flatten().apply(new MaxPooling2D(3).apply(x));
        x = new Dense(CLASSES).withUseBias(false).apply(x);
        x = new Softmax().named("class").apply(new Rescaling(1 / 9.0).apply(x));
        var model = Functional.named(name, List.of(image), List.of(x));
        model.initialize(seed);
        model.setWeight("whitening/kernel", whitening(channels == 1));
        model.layer("whitening").freeze();
        for (int block = 1; block <= widths.length; block++) {
            beginAsIdentity(model, "block" + block + "_conv1/kernel");
            beginAsIdentity(model, "block" + block + "_conv2/kernel");
        }
        return model;
    }

    /// Batch normalization and SiLU. Few steps must be enough for the moving statistics.
    private static SymbolicTensor normalized(SymbolicTensor x) {
        var normalization =
                new BatchNormalization().withMomentum(0.6).withEpsilon(1e-5).withScale(false);
        return new ActivationLayer(SILU).apply(normalization.apply(x));
    }

    /// Every pattern in every colour with its scale, then all of them negated: `[2, 2, channels, 8 · channels]`.
    private static Tensor whitening(boolean grey) {
        double[][] colours = grey ? GREY : COLOURS;
        double[][] scales = grey ? GREY_SCALES : COLOUR_SCALES;
        int channels = colours.length;
        int patterns = PATTERNS.length * channels;
        float[] kernel = new float[4 * channels * 2 * patterns];
        for (int pattern = 0; pattern < patterns; pattern++) {
            double[] colour = colours[pattern / 4];
            double length = 0;
            for (double part : colour) {
                length += part * part;
            }
            double factor = scales[pattern / 4][pattern % 4] / (2 * Math.sqrt(length));
            for (int place = 0; place < 4 * channels; place++) {
                double value =
                        factor * PATTERNS[pattern % 4][place / channels] * colour[place % channels];
                kernel[place * 2 * patterns + pattern] = (float) value;
                kernel[place * 2 * patterns + patterns + pattern] = (float) -value;
            }
        }
        return Tensor.of(kernel, 2, 2, channels, 2 * patterns);
    }

    /// The first filters each pass on one channel as it is; filters beyond the channels keep their random values.
    private static void beginAsIdentity(Model model, String path) {
        Tensor kernel = model.weight(path);
        int channels = kernel.shape().dim(2);
        int filters = kernel.shape().dim(3);
        float[] values = kernel.values().clone();
        for (int filter = 0; filter < Math.min(channels, filters); filter++) {
            for (int i = 0; i < 9 * channels; i++) {
                boolean same = i / channels == 4 && i % channels == filter;
                values[i * filters + filter] = same ? 1 : 0;
            }
        }
        model.setWeight(path, new Tensor(kernel.shape(), values));
    }

    /// SGD whose rate climbs for the first 23 % of the steps and falls to 0 along a cosine; smoothed labels.
    ///
    /// @param peak the highest rate: 1 suits batches of 512; it stays what it is for others
    static Compiled settings(double peak, int steps) {
        int climb = (int) Math.round(0.23 * steps);
        var rate = new CosineDecay(0.2 * peak, Math.max(1, steps - climb)).withWarmup(peak, climb);
        var optimizer =
                new SGD(rate)
                        .withMomentum(0.85)
                        .withNesterov(true)
                        .withOptions(OptimizerOptions.NONE.withWeightDecay(0.005));
        return new Compiled(
                optimizer,
                Losses.of(new CategoricalCrossentropy().withLabelSmoothing(0.2)),
                Metrics.of(Metrics.accuracy()));
    }

    /// Shifts by up to two pixels, and each picture both ways in two epochs.
    static List<Augmentation> pictures() {
        return List.of(
                new RandomFlip(RandomFlip.Mode.HORIZONTAL).withAlternating(true),
                new RandomCrop(2).withFill(Fill.REFLECT));
    }
}
