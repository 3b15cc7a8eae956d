package dev.gnomon.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.check.FormatException;
import dev.gnomon.data.Column;
import dev.gnomon.file.Json;
import dev.gnomon.file.KerasArchive;
import dev.gnomon.layer.ActivationLayer;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Input;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.tensor.Tensor;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Own layers, activations and losses are found by name; what a file says beyond our settings is kept; all that is not
/// understood is told at once.
class OwnSettingsTest {
    @TempDir private Path folder;

    private static final Tensor X = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

    @Test
    void ownLayersAreFoundByName() {
        Path file = folder.resolve("own.keras");
        try (Model model =
                Sequential.of(
                        Input.of(3),
                        new OwnNames.Gain(0.5),
                        new Dense(2).withActivation(OwnNames.BENT),
                        new ActivationLayer(OwnNames.BENT))) {
            model.compile(new Adam(), OwnNames.FOURTH);
            model.setWeight("gain/factor", Tensor.of(new float[] {1, 2, 3}, 3));
            model.save(file);
            ObjectNode own = (ObjectNode) KerasArchive.read(file).config().at("/config/layers/1");
            assertThat(own.path("registered_name").stringValue()).isEqualTo("my>Gain");
            assertThat(own.path("config").path("power").doubleValue()).isEqualTo(0.5);
            try (Model loaded = Model.load(file)) {
                assertThat(loaded.predict(Column.of(X))).isEqualTo(model.predict(Column.of(X)));
                assertThat(loaded.layer("gain").layer()).isEqualTo(new OwnNames.Gain(0.5));
                assertThat(Objects.requireNonNull(loaded.compiled()).losses())
                        .isEqualTo(Objects.requireNonNull(model.compiled()).losses());
            }
        }
    }

    @Test
    void namesCanBeGivenWithTheCall() {
        Path file = folder.resolve("unknown.keras");
        KerasNames names = KerasNames.known().with("some>Unknown", OwnNames.Unknown.class);
        try (Model model = Sequential.of(Input.of(3), new OwnNames.Unknown(3), new Dense(1))) {
            KerasFormat.save(model, file, names);
            try (Model loaded = KerasFormat.load(file, names)) {
                assertThat(loaded.predict(X)).isEqualTo(model.predict(X));
            }
        }
        assertThatThrownBy(() -> Model.load(file))
                .isInstanceOf(FormatException.class)
                .hasMessage(
                        file
                                + ": unknown (Unknown): the layer Unknown, registered as"
                                + " \"some>Unknown\", is not known. An own one is registered with"
                                + " KerasNames.with(\"package>Name\", Name.class).");
    }

    private Path changed(Path file, java.util.function.Consumer<ArrayNode> change) {
        KerasArchive archive = KerasArchive.read(file);
        ObjectNode config = archive.config();
        change.accept((ArrayNode) config.at("/config/layers"));
        Path other = folder.resolve("changed.keras");
        new KerasArchive(archive.metadata(), config, archive.weights(), Map.of()).write(other);
        return other;
    }

    private Path plain() {
        Path file = folder.resolve("plain.keras");
        try (Model model = Sequential.of(Input.of(3), new Dense(4), new Dense(1))) {
            model.save(file);
        }
        return file;
    }

    private static ObjectNode config(ArrayNode layers, int index) {
        return (ObjectNode) layers.get(index).path("config");
    }

    @Test
    void whatASettingLacksIsKept() {
        Path file =
                changed(
                        plain(),
                        layers -> {
                            config(layers, 0).put("optional", false);
                            config(layers, 1).put("trainable", false).put("extra", false);
                            config(layers, 1).putNull("quantization_config");
                            ((ObjectNode) config(layers, 1).path("dtype").path("config"))
                                    .put("name", "mixed_bfloat16");
                            config(layers, 2)
                                    .set(
                                            "kernel_initializer",
                                            Json.parse(
                                                    "{\"module\": \"keras.initializers\", \"class_name\": \"GlorotUniform\","
                                                            + " \"config\": {\"seed\": 7, \"input_axes\": null}, \"registered_name\": null}",
                                                    "test"));
                            ((ObjectNode) layers.get(2)).put("note", "of the layer");
                        });
        Path again = folder.resolve("again.keras");
        JsonNode before = KerasArchive.read(file).config();
        try (Model model = Model.load(file)) {
            assertThat(model.layer(0).isTrainable()).isFalse();
            model.save(again);
            assertThat(KerasArchive.read(again).config()).isEqualTo(before);
            model.layer(0).unfreeze();
            model.save(again);
        }
        JsonNode after = KerasArchive.read(again).config();
        assertThat(after.at("/config/layers/1/config/trainable").booleanValue()).isTrue();
        assertThat(after.at("/config/layers/1/config/dtype"))
                .isEqualTo(before.at("/config/layers/1/config/dtype"));
    }

    @Test
    void allThatIsUnknownIsToldAtOnce() {
        Path file =
                changed(
                        plain(),
                        layers -> {
                            ((ObjectNode) layers.get(1)).put("class_name", "LSTM");
                            config(layers, 2)
                                    .put("activation", "wild")
                                    .put("units", "many")
                                    .put("rotation", 3);
                        });
        assertThatThrownBy(() -> Model.load(file))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(file + ": 4 things are not understood:")
                .hasMessageContaining("dense (LSTM): the layer LSTM is not known.")
                .hasMessageContaining("dense_1/activation (Dense): the activation \"wild\"")
                .hasMessageContaining("dense_1/units (Dense): a whole number was expected")
                .hasMessageContaining(
                        "dense_1/rotation (Dense): the value 3 of this field is not supported.");
    }

    @Test
    void weightsThatAFileLacksAreNotAllocated() {
        Path file = changed(plain(), layers -> config(layers, 1).put("units", 2_000_000_000));
        assertThatThrownBy(() -> Model.load(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(
                        "dense (Dense): its weights have 8000000000 numbers, which are more than the file has");
    }
}
