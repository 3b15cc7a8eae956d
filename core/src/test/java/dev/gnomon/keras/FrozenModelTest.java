package dev.gnomon.keras;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.file.KerasArchive;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Input;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A frozen model within a model: Keras ignores the word of a Sequential itself and reads that of its layers.
class FrozenModelTest {
    @Test
    void isWrittenWithAllItsLayersFrozenAndCanBeUnfrozen(@TempDir Path folder) {
        Path file = folder.resolve("frozen.keras");
        var inner = Sequential.of(Input.of(4), new Dense(3), new Dense(2));
        try (var model = Sequential.of(Input.of(4), inner.named("inner"), new Dense(1))) {
            model.layer("inner").freeze();
            model.save(file);
        }
        var layers =
                KerasArchive.read(file).config().at("/config/layers/1/config/layers").valueStream();
        assertThat(layers.filter(layer -> layer.at("/class_name").asString("").equals("Dense")))
                .hasSize(2)
                .allMatch(layer -> !layer.at("/config/trainable").asBoolean(true));
        try (var loaded = Model.load(file)) {
            assertThat(loaded.trainablePaths()).containsExactly("dense/kernel", "dense/bias");
            loaded.layer("inner").unfreeze();
            assertThat(loaded.trainablePaths()).hasSize(6);
        }
    }
}
