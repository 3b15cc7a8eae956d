package dev.gnomon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What `gnomon summary` says of memory.
class SummaryCommandTest {
    @Test
    void planTellsTheMemoryOfAFitWithItsParts() {
        var result =
                CommandFixture.here(
                        "summary", "mlp", "--plan", "--samples", "70", "--threads", "2", "--json");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("native memory of a fit: ")
                .contains("  parameters 1.1, optimizer state 2.1, workspace ");
        var bytes = result.json().path("predicted_bytes");
        var parts =
                List.of(
                        "parameters",
                        "optimizer_state",
                        "workspace",
                        "scratch",
                        "tail_plan",
                        "batches");
        long sum = 0;
        for (String part : parts) {
            assertThat(bytes.path(part).asLong()).as(part).isPositive();
            sum += bytes.path(part).asLong();
        }
        assertThat(bytes.path("total").asLong()).isEqualTo(sum);
        assertThat(result.json().path("predicted_peak_mb").asDouble()).isEqualTo(sum / 1e6);
        assertThat(bytes.path("batches").asLong()).isEqualTo(2 * 4 * 32 * (28 * 28 + 1));
    }

    @Test
    void samplesMustBePositive() {
        var result = CommandFixture.here("summary", "mlp", "--plan", "--samples", "0");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("--samples must be at least 1, but is 0.");
    }
}
