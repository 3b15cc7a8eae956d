package dev.gnomon.keras;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.activation.Activation;
import dev.gnomon.file.KerasArchive;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Input;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import dev.gnomon.plan.Precision;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The precision of a model is its layers' dtype policy in Keras's files.
final class PrecisionTest {
    @TempDir private Path folder;

    private static Model model() {
        return Sequential.of(
                Input.of(4), new Dense(3).withActivation(Activation.RELU), new Dense(2));
    }

    private String policies(Model model) {
        Path file = folder.resolve("model.keras");
        model.save(file);
        return KerasArchive.read(file).config().findValues("dtype").toString();
    }

    @Test
    void isWrittenAndRead() {
        try (var model = model().withPrecision(Precision.MIXED_BFLOAT16)) {
            assertThat(policies(model))
                    .contains("\"name\":\"mixed_bfloat16\"")
                    .doesNotContain("\"name\":\"float32\"");
        }
        try (var read = Model.load(folder.resolve("model.keras"))) {
            assertThat(read.precision()).isEqualTo(Precision.MIXED_BFLOAT16);
            read.withPrecision(Precision.FLOAT32);
            assertThat(policies(read)).doesNotContain("mixed_bfloat16");
        }
        try (var read = Model.load(folder.resolve("model.keras"))) {
            assertThat(read.precision()).isEqualTo(Precision.FLOAT32);
        }
    }
}
