package dev.gnomon.cli;

import static dev.gnomon.cli.CommandFixture.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The network in `models`, which reads clocks it was not trained on.
class ShippedReaderTest {
    private static final String FILE = "models/clock_any.keras";

    @TempDir private Path folder;

    /// The file, in this module's parent.
    private static Path file() {
        return Path.of("..", FILE).toAbsolutePath().normalize();
    }

    private JsonNode judged(String... data) throws Exception {
        String[] words = new String[data.length + 3];
        words[0] = "evaluate";
        words[1] = file().toString();
        words[2] = "--json";
        System.arraycopy(data, 0, words, 3, data.length);
        return run(folder, words).succeeds().json();
    }

    @Test
    void isSmall() throws Exception {
        assertThat(Files.size(file())).isLessThan(3_000_000);
    }

    @Test
    void readsPicturesOfARealSet() throws Exception {
        String data = System.getenv("GNOMON_DATA");
        assumeThat(data).as("set GNOMON_DATA to a folder with clock-samples").isNotNull();
        Path samples =
                Path.of(Objects.requireNonNull(data)).toAbsolutePath().resolve("clock-samples");
        var errors = judged("--data", samples.toString());
        assertThat(errors.path("median_error_minutes").asDouble()).isLessThanOrEqualTo(1);
        assertThat(errors.path("within_5_minutes").asDouble()).isGreaterThan(0.7);
    }

    @Test
    void readsClocksOfFormsThatTrainingNeverDrew() throws Exception {
        var errors =
                judged(
                        "--data",
                        "clocks",
                        "--style",
                        "held-out",
                        "--views",
                        "upright",
                        "--clocks",
                        "300",
                        "--clock-seed",
                        "7",
                        "--part",
                        "all");
        assertThat(errors.path("median_error_minutes").asDouble()).isLessThanOrEqualTo(1);
        assertThat(errors.path("within_5_minutes").asDouble()).isGreaterThan(0.7);
    }
}
