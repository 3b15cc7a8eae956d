package dev.gnomon.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.check.FormatException;
import dev.gnomon.data.Dataset;
import dev.gnomon.data.Idx;
import dev.gnomon.model.Model;
import dev.gnomon.tensor.Tensor;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files of many versions of Keras, as people left them: they load and still know what they learned.
class OtherVersionsTest {
    @TempDir private Path folder;

    private static Path data(String path) {
        String root = System.getenv("GNOMON_DATA");
        Assumptions.assumeTrue(
                root != null, "GNOMON_DATA does not name the folder of the shared test data");
        return Path.of(Objects.requireNonNull(root), path);
    }

    @ParameterizedTest
    @CsvSource({
        "3.3.3__AlbanyArmenta0711__mnist_model, mnist, 1, 0.9735",
        "3.9.2__fahmi54321__fashion_mnist_model, fashion-mnist, 255, 0.8236",
        "3.14.1__S4US__mnist, mnist, 255, 0.9374"
    })
    void theyKnowWhatTheyLearned(String name, String set, double divisor, double accuracy) {
        try (Model model = Model.load(data("keras-models/" + name + ".keras"))) {
            var images = Idx.read(data(set + "/t10k-images-idx3-ubyte.gz"));
            var labels = Idx.read(data(set + "/t10k-labels-idx1-ubyte.gz"));
            var pixels = images.withSampleShape(model.inputShapes().getFirst().sample().dims());
            Tensor scores = model.predict(pixels.scaled(1 / divisor, 0));
            int right = 0;
            for (int i = 0; i < labels.rows(); i++) {
                int best = 0;
                for (int k = 1; k < 10; k++) {
                    best = scores.get(i, k) > scores.get(i, best) ? k : best;
                }
                right += best == labels.intAt(i) ? 1 : 0;
            }
            assertThat(right / 10_000.0).isEqualTo(accuracy);
        }
    }

    /// Keras 2.13 to 2.15 wrote `.keras` too.
    @Test
    void keras2() {
        Path file = data("keras-models/2.14.0__Kzarama__mnist.keras");
        Path again = folder.resolve("again.keras");
        try (Model model = Model.load(file)) {
            assertThat(model.inputShapes().getFirst().sample().dims()).containsExactly(8, 8, 1);
            Dataset data =
                    new RandomModels(1)
                            .data(
                                    model.compile(
                                            new dev.gnomon.optimizer.SGD(),
                                            new dev.gnomon.loss.MeanSquaredError()));
            model.save(again);
            try (Model loaded = Model.load(again)) {
                assertThat(loaded.predict(data, 32)).isEqualTo(model.predict(data, 32));
            }
        }
    }

    @Test
    void legacyFilesAreRefusedPlainly() {
        Path file = data("keras-models/2.3.1__ikukang__mnist_cnn.h5");
        assertThatThrownBy(() -> Model.load(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(file + ": files of models end in .keras");
    }
}
