package dev.gnomon.cli;

import static dev.gnomon.cli.CommandFixture.process;
import static dev.gnomon.cli.CommandFixture.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.activation.Activation;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import dev.gnomon.optimizer.Adam;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Training on clocks that are drawn anew for each epoch.
class FreshClocksTest {
    @TempDir private Path folder;

    @BeforeEach
    void makeModel() {
        try (var model =
                Sequential.of(
                                Input.of(16, 16, 1),
                                new Rescaling(1 / 255.0),
                                new Flatten(),
                                new Dense(720).withActivation(Activation.SOFTMAX))
                        .initialize(1)
                        .compile(new Adam(), new SparseCategoricalCrossentropy())) {
            model.save(folder.resolve("n.keras"));
        }
    }

    private static String[] words(String out, String... more) {
        String[] words = {
            "train",
            "n.keras",
            "--data",
            "clocks",
            "--clocks",
            "200",
            "--fresh",
            "--style",
            "any",
            "--epochs",
            "6",
            "--batch-size",
            "8",
            "--checkpoint-every",
            "0",
            "--json",
            "--out",
            out
        };
        return Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new);
    }

    @Test
    void eachEpochHasItsOwnAndARunGoesOnWithThem() throws Exception {
        var whole = run(folder, words("whole.keras")).succeeds();
        var figures = whole.json();
        assertThat(whole.out()).contains("200 samples, 6 epochs");
        assertThat(figures.path("history").path("val_loss").size()).isEqualTo(6);
        var judged = run(folder, "evaluate", "whole.keras", "--data", "clocks", "--json");
        assertThat(judged.succeeds().out()).startsWith("test part, 20 samples");
        assertThat(judged.json().path("common_sense_error_minutes"))
                .isEqualTo(figures.path("test").path("common_sense_error_minutes"));

        var killed =
                process(folder, words("killed.keras"))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("killed.txt").toFile())
                        .start();
        Path checkpoint = folder.resolve("killed.checkpoint.keras");
        while (killed.isAlive() && !Files.exists(checkpoint)) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        killed.destroyForcibly().waitFor();
        run(folder, words("killed.keras", "--resume")).succeeds();
        assertThat(Files.readAllBytes(folder.resolve("killed.keras")))
                .isEqualTo(Files.readAllBytes(folder.resolve("whole.keras")));
    }

    @Test
    void refusesAValidationSplit() throws Exception {
        var refused = run(folder, words("x.keras", "--validation-split", "0.1"));
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("fresh clocks have a validation part of their own");
    }

    @Test
    void aNetworkWithoutItsOptimizerIsStillJudged() throws Exception {
        var whole = run(folder, words("whole.keras")).succeeds();
        run(folder, words("bare.keras", "--no-optimizer")).succeeds();
        assertThat(Files.size(folder.resolve("bare.keras")))
                .isLessThan(Files.size(folder.resolve("whole.keras")) / 2);
        byte[] bare = Files.readAllBytes(folder.resolve("bare.keras"));
        var again = run(folder, words("bare.keras", "--no-optimizer", "--resume")).succeeds();
        assertThat(again.out()).doesNotContain("Epoch 1");
        assertThat(Files.readAllBytes(folder.resolve("bare.keras"))).isEqualTo(bare);
        var judged = run(folder, "evaluate", "bare.keras", "--data", "clocks", "--json").succeeds();
        assertThat(judged.out()).startsWith("Common-sense error on 20 pictures");
        assertThat(judged.json().path("common_sense_error_minutes"))
                .isEqualTo(whole.json().path("test").path("common_sense_error_minutes"));
        var others =
                run(
                        folder,
                        "evaluate",
                        "bare.keras",
                        "--data",
                        "clocks",
                        "--clocks",
                        "60",
                        "--clock-seed",
                        "7",
                        "--part",
                        "all");
        assertThat(others.succeeds().out()).contains("Common-sense error on 60 pictures");
    }

    @Test
    void aTrainingBeginsWithTheWeightsOfAFile() throws Exception {
        run(folder, words("bare.keras", "--no-optimizer")).succeeds();
        var more =
                run(
                        folder,
                        "train",
                        "n.keras",
                        "--weights",
                        "bare.keras",
                        "--data",
                        "clocks",
                        "--clocks",
                        "200",
                        "--fresh",
                        "--style",
                        "any",
                        "--clock-seed",
                        "2",
                        "--epochs",
                        "1",
                        "--learning-rate",
                        "0",
                        "--json",
                        "--out",
                        "more.keras");
        more.succeeds();
        try (var bare = Model.load(folder.resolve("bare.keras"));
                var after = Model.load(folder.resolve("more.keras"))) {
            assertThat(after.weight("dense/kernel")).isEqualTo(bare.weight("dense/kernel"));
        }
        assertThat(run(folder, "train", "mlp", "--weights", "bare.keras").err())
                .contains(
                        "--weights: \"dense/kernel\" is [784, 300] in mlp, but [256, 720] in bare.keras. Both must have");
        assertThat(run(folder, "train", "mlp", "--weights", "no.keras").err())
                .contains("--weights: there is no file no.keras.");
    }

    @Test
    void aPresetKnowsItsClocks() throws Exception {
        String[] train = {
            "train",
            "clock_any",
            "--data",
            "clocks",
            "--clocks",
            "40",
            "--epochs",
            "1",
            "--overwrite"
        };
        run(folder, train).succeeds();
        Path cache = folder.resolve("cache/gnomon/clocks");
        assertThat(cache.resolve("r6-20-80-mixed-1-any")).isDirectory();
        try (var model = Model.load(folder.resolve("clock_any.keras"))) {
            assertThat(model.provenance())
                    .containsEntry("style", "any")
                    .containsEntry("views", "mixed")
                    .containsEntry("fresh", "true");
        }
        var kept = Stream.concat(Arrays.stream(train), Stream.of("--no-fresh", "--views", "any"));
        run(folder, kept.toArray(String[]::new)).succeeds();
        assertThat(cache.resolve("r6-40-80-any-1-any")).isDirectory();
    }
}
