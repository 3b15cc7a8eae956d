package dev.gnomon.model;

import static dev.gnomon.activation.Activation.RELU;
import static dev.gnomon.activation.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Dropout;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.MaxPooling2D;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Metrics;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.plan.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a plan says of itself: stages, calls and what is fused into them; numbers and names of the machine's kernels are
/// left out.
class PlanTextTest {
    private static Model model() {
        return Sequential.of(
                        Input.of(28, 28, 1),
                        new Rescaling(1 / 255.0),
                        new Conv2D(32, 3).withActivation(RELU),
                        new Conv2D(64, 3).withActivation(RELU),
                        new MaxPooling2D(2),
                        new Dropout(0.25),
                        new Flatten(),
                        new Dense(128).withActivation(RELU),
                        new Dropout(0.5),
                        new Dense(10).withActivation(SOFTMAX))
                .withThreads(2);
    }

    private static Model compiled() {
        return model().compile(new Adam(), new SparseCategoricalCrossentropy(), Metrics.accuracy());
    }

    private static List<String> calls(Plan plan) {
        return plan.toString()
                .lines()
                .skip(3)
                .map(line -> line.replaceAll(" \\(.*|, \\d+ (blocks|FLOP).*", ""))
                .map(line -> line.replaceAll(" onednn \\S+", " onednn"))
                .map(line -> line.replaceAll("(conv2d.*) (avx512|amx) .*", "$1 onednn"))
                .map(line -> line.replaceAll("elementwise (java|avx512)", "elementwise"))
                .toList();
    }

    @Test
    void predictionFusesBiasAndActivationIntoTheProducts() {
        try (var model = model()) {
            assertThat(calls(model.plan(128)))
                    .filteredOn(line -> line.startsWith("    ") && !line.contains("pack kernel"))
                    .containsExactly(
                            "    elementwise multiply",
                            "    conv2d + bias + relu onednn",
                            "    conv2d + bias + relu onednn",
                            "    max pool onednn",
                            "    matmul onednn",
                            "    elementwise add add add add add add add add relu",
                            "    matmul + bias onednn",
                            "    softmax java");
        }
    }

    @Test
    void trainingFusesWhatBelongsTogether() {
        try (var model = compiled()) {
            var calls = calls(model.plan(128));
            assertThat(calls)
                    .contains(
                            "stage 0, each shard",
                            "    conv2d + bias + relu onednn",
                            "    matmul onednn",
                            "    elementwise add add add add add add add add relu",
                            "    elementwise dropout gate",
                            "    conv2d kernel gradient + bias gradient onednn",
                            "    conv2d input gradient onednn",
                            "    max pool gradient onednn");
            assertThat(calls)
                    .as("no gradient of the pictures, no single biases and activations")
                    .doesNotContain("    elementwise add", "    elementwise relu")
                    .filteredOn("    conv2d input gradient onednn"::equals)
                    .hasSize(1);
            assertThat(calls)
                    .as("one program updates a weight with both its slots")
                    .filteredOn(line -> line.contains("sqrt add divide subtract"))
                    .hasSize(8);
        }
    }

    @Test
    void namesLayoutBuffersBytesAndFlops() {
        try (var model = compiled()) {
            var plan = model.plan(128);
            assertThat(plan.toString())
                    .contains(
                            "plan for a batch of 128: 16 shards of 8",
                            plan.peakBytes() + " bytes at most",
                            String.format(java.util.Locale.ROOT, "%.3f GFLOP", plan.flops() / 1e9),
                            "layout [batch, height, width, channels]",
                            "FLOP/sample",
                            "/sample)",
                            "optimizer/conv2d/kernel/momentum",
                            "local@");
        }
    }
}
