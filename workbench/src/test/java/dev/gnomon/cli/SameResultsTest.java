package dev.gnomon.cli;

import static dev.gnomon.cli.CommandFixture.here;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gnomon.model.Model;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What must not change the result does not.
class SameResultsTest {
    @TempDir private Path folder;

    @Test
    void anyNumberOfThreadsGivesTheSameWeights() {
        prepare();
        var one = weights("--threads", "1");
        assertThat(weights("--threads", "2")).isEqualTo(one);
        assertThat(weights("--threads", "3")).isEqualTo(one);
        assertThat(weights("--threads", "1", "--seed", "2")).isNotEqualTo(one);
    }

    @Test
    void kernelsAgree() {
        prepare();
        var fast = history("--kernels", "onednn");
        var reference = history("--kernels", "reference");
        assertThat(fast).hasSize(2);
        for (int i = 0; i < 2; i++) {
            assertThat(fast.get(i).asDouble()).isCloseTo(reference.get(i).asDouble(), within(1e-4));
        }
    }

    @Test
    void aValidationPartIsFoundAgain() {
        prepare();
        train("--validation-split", "0.25");
        var model = folder.resolve("out.keras").toString();
        var data = folder.resolve("d.npz").toString();
        assertThat(here("evaluate", model, "--data", data).out())
                .startsWith("validation part, 20 samples");
        assertThat(here("evaluate", model, "--data", data, "--part", "train").out())
                .startsWith("train part, 60 samples");
    }

    private void prepare() {
        CommandFixture.data(folder.resolve("d.npz"), 80, 0);
        CommandFixture.network(folder.resolve("n.keras"));
    }

    private JsonNode train(String... options) {
        String[] always = {
            "train",
            folder.resolve("n.keras").toString(),
            "--data",
            folder.resolve("d.npz").toString(),
            "--epochs",
            "2",
            "--out",
            folder.resolve("out.keras").toString(),
            "--quiet",
            "--json"
        };
        var words = Arrays.copyOf(always, always.length + options.length);
        System.arraycopy(options, 0, words, always.length, options.length);
        return here(words).succeeds().json();
    }

    private List<JsonNode> history(String... options) {
        return List.copyOf(train(options).path("history").path("loss").values());
    }

    private String weights(String... options) {
        train(options);
        try (var model = Model.load(folder.resolve("out.keras"))) {
            return model.weights().entrySet().stream()
                    .map(weight -> weight.getKey() + Arrays.toString(weight.getValue().values()))
                    .collect(Collectors.joining());
        }
    }
}
