package dev.gnomon.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.loss.CategoricalCrossentropy;
import dev.gnomon.model.Model;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.Tensor;
import dev.gnomon.train.Fit;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FastNetworksTest {
    private static final int SAMPLES = 8;

    @TempDir private Path folder;

    private static Preset preset(String name) {
        return Objects.requireNonNull(Presets.find(name));
    }

    private static Dataset noise(Model model) {
        int[] dims = model.inputShapes().getFirst().bind(SAMPLES).dims();
        byte[] pixels = new byte[SAMPLES * dims[1] * dims[2] * dims[3]];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) Key.of(4).intAt(i, 256);
        }
        return Dataset.of(Column.of(pixels, dims), Column.labels(0, 1, 2, 3, 4, 5, 6, 7))
                .oneHot(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast_cnn", "cifar_fast"})
    void trainsAndComesBackFromItsFile(String name) {
        Path file = folder.resolve(name + ".keras");
        try (var model = preset(name).compiled(1, 4)) {
            var data = noise(model);
            Tensor filters = model.weight("whitening/kernel");
            model.fit(preset(name).augmented(data), Fit.epochs(2).withBatchSize(4).withoutLint());
            assertThat(model.weight("whitening/kernel")).isEqualTo(filters);
            model.save(file);
            try (var loaded = Model.load(file)) {
                assertThat(loaded.predictOnBatch(data.images()))
                        .isEqualTo(model.predictOnBatch(data.images()));
                assertThat(
                                Objects.requireNonNull(loaded.compiled())
                                        .losses()
                                        .list()
                                        .getFirst()
                                        .loss())
                        .isEqualTo(new CategoricalCrossentropy().withLabelSmoothing(0.2));
            }
        }
    }

    @Test
    void whiteningFiltersAreOrthogonalAndComeInPairs() {
        try (var model = preset("cifar_fast").model(1)) {
            float[] kernel = model.weight("whitening/kernel").values();
            for (int a = 0; a < 12; a++) {
                for (int b = 0; b < 12; b++) {
                    double product = 0;
                    double size = 0;
                    for (int i = 0; i < 12; i++) {
                        product += kernel[i * 24 + a] * kernel[i * 24 + b];
                        size += Math.abs(kernel[i * 24 + a] * kernel[i * 24 + b]);
                        assertThat(kernel[i * 24 + 12 + a]).isEqualTo(-kernel[i * 24 + a]);
                    }
                    assertThat(product / size).isCloseTo(a == b ? 1 : 0, within(1e-6));
                }
            }
        }
    }

    @Test
    void blocksBeginAsTheIdentity() {
        try (var model = preset("cifar_fast").model(1);
                var other = preset("cifar_fast").model(2)) {
            float[] square = model.weight("block1_conv2/kernel").values();
            for (int i = 0; i < square.length; i++) {
                boolean one = i / 64 / 64 == 4 && i / 64 % 64 == i % 64;
                assertThat(square[i]).isEqualTo(one ? 1 : 0);
            }
            assertThat(other.weight("block1_conv2/kernel").values()).isEqualTo(square);
            assertThat(other.weight("block1_conv1/kernel").values())
                    .as("filters beyond the channels are drawn from the seed")
                    .isNotEqualTo(model.weight("block1_conv1/kernel").values());
        }
    }
}
