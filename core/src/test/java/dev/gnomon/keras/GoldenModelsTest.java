package dev.gnomon.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.data.Npz;
import dev.gnomon.file.Json;
import dev.gnomon.model.Compiled;
import dev.gnomon.model.Model;
import dev.gnomon.plan.Plan;
import dev.gnomon.tensor.Tensor;
import dev.gnomon.train.Logs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Models that real Keras saved: they predict the same here, and training gives the same losses.
class GoldenModelsTest {
    private static Path golden(String file) {
        String root = System.getenv("GNOMON_DATA");
        Assumptions.assumeTrue(
                root != null, "GNOMON_DATA does not name the folder of the shared test data");
        return Path.of(Objects.requireNonNull(root), "keras-golden", file);
    }

    private static Model load(String name) {
        return Model.load(golden(name + ".keras"));
    }

    private static Dataset data(Map<String, Column> arrays, Model model) {
        SequencedMap<String, Column> inputs = new LinkedHashMap<>();
        inputs.put(model.inputNames().getFirst(), Objects.requireNonNull(arrays.get("x")));
        SequencedMap<String, Column> targets = new LinkedHashMap<>();
        for (String output : model.outputNames()) {
            Column truth = arrays.getOrDefault("y_" + output, arrays.get("y"));
            targets.put(output, Objects.requireNonNull(truth));
        }
        return Dataset.of(inputs, targets);
    }

    private static void assertPredictions(
            Model model, Dataset data, Map<String, Column> arrays, String when, double tolerance) {
        model.predict(data, 32)
                .forEach((output, found) -> {
                    Column column =
                            arrays.getOrDefault(when + "_" + output, arrays.get(when + "_out"));
                    if (column == null) {
                        column =
                                arrays.entrySet().stream()
                                        .filter(entry -> entry.getKey().startsWith(when))
                                        .findFirst()
                                        .orElseThrow()
                                        .getValue();
                    }
                    assertClose(found, column.tensor(), tolerance);
                });
    }

    static void assertClose(Tensor found, Tensor expected, double share) {
        assertThat(found.shape()).isEqualTo(expected.shape());
        float scale = 0;
        for (float value : expected.values()) {
            scale = Math.max(scale, Math.abs(value));
        }
        assertThat(found.values())
                .containsExactly(
                        expected.values(), within((float) (share * Math.max(scale, 1e-3))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"geron_mlp", "s4_cnn", "clock"})
    void predictsAsKeras(String name) {
        try (Model model = load(name)) {
            var arrays = Npz.read(golden(name + ".npz"));
            assertPredictions(model, data(arrays, model), arrays, "p5", 1e-5);
            model.loadWeights(golden(name + ".init.weights.h5"));
            assertPredictions(model, data(arrays, model), arrays, "p0", 1e-5);
        }
    }

    /// The file was made on torch, and RMSprop begins with steps of full size whatever the gradient is: `clock` drifts more.
    @ParameterizedTest
    @CsvSource({
        "geron_mlp, ONEDNN, 1e-4", "s4_cnn, ONEDNN, 1e-4", "clock, ONEDNN, 2e-3",
        "geron_mlp, REFERENCE, 1e-4", "s4_cnn, REFERENCE, 1e-4", "clock, REFERENCE, 2e-3"
    })
    void trainsAsKeras(String name, Plan.Kernels kernels, double tolerance) throws IOException {
        try (Model loaded = load(name)) {
            Model model = WithoutDropout.of(loaded).withKernels(kernels);
            Compiled compiled = Objects.requireNonNull(loaded.compiled());
            model.compile(compiled.optimizer(), compiled.losses(), compiled.metrics());
            model.loadWeights(golden(name + ".init.weights.h5"));
            var arrays = Npz.read(golden(name + ".npz"));
            Dataset data = data(arrays, model);
            JsonNode logs = Json.parse(Files.readString(golden(name + ".log.json")), name);
            for (int step = 0; step < 5; step++) {
                assertLogs(model.trainOnBatch(data), logs.get(step), name + " step " + step);
            }
            assertLogs(model.evaluate(data), logs.get(5), name + " at the end");
            assertPredictions(model, data, arrays, "p5", tolerance);
        }
    }

    private static void assertLogs(Logs found, JsonNode expected, String where) {
        for (var entry : expected.properties()) {
            double value = entry.getValue().doubleValue();
            assertThat(found.get(entry.getKey()))
                    .as(where + " " + entry.getKey())
                    .isCloseTo(value, within(1e-4 * Math.max(1, Math.abs(value))));
        }
        assertThat(found.values()).hasSize(expected.size());
    }
}
