package dev.gnomon.cli;

import static dev.gnomon.cli.CommandFixture.names;
import static dev.gnomon.cli.CommandFixture.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gnomon.data.Npy;
import dev.gnomon.data.Npz;
import dev.gnomon.data.transform.Flip;
import dev.gnomon.data.transform.RandomFlip;
import dev.gnomon.file.Json;
import dev.gnomon.model.Model;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands as processes: what users type does what the contract says.
class CommandsTest {
    @TempDir private static Path folder;

    private static CommandFixture.Result trained = new CommandFixture.Result(-1, "", "");

    @BeforeAll
    static void train() throws IOException, InterruptedException {
        CommandFixture.data(folder.resolve("d.npz"), 150, 40);
        trained =
                run(
                        folder,
                        "train",
                        "mlp",
                        "--data",
                        "d.npz",
                        "--epochs",
                        "2",
                        "--out",
                        "m.keras",
                        "--log",
                        "log.csv",
                        "--json");
    }

    @Test
    void trainTellsEpochsAndFigures() throws IOException {
        trained.succeeds();
        assertThat(trained.out())
                .contains("Epoch 1/2: accuracy ", "Epoch 2/2: ", "Test: ", "Wrote m.keras");
        var json = trained.json();
        assertThat(names(json))
                .containsExactly(
                        "history",
                        "test",
                        "seconds",
                        "epoch_seconds",
                        "samples_per_second",
                        "parameters",
                        "seed",
                        "threads",
                        "out");
        assertThat(json.path("history").path("loss")).hasSize(2);
        assertThat(json.path("history").path("accuracy")).hasSize(2);
        assertThat(json.path("epoch_seconds")).hasSize(2);
        assertThat(json.path("test").propertyNames()).containsExactly("accuracy", "loss");
        assertThat(json.path("parameters").asInt()).isEqualTo(266_610);
        assertThat(Files.readAllLines(folder.resolve("log.csv")))
                .hasSize(3)
                .first()
                .isEqualTo("epoch,accuracy,loss");
    }

    @Test
    void evaluateTakesTheTestPart() throws IOException, InterruptedException {
        var result = run(folder, "evaluate", "m.keras", "--data", "d.npz", "--confusion", "--json");
        var json = result.succeeds().json();
        assertThat(result.out()).startsWith("test part, 40 samples: ").contains("Confusion");
        assertThat(names(json)).containsExactly("accuracy", "loss");
        assertThat(json.path("loss").asDouble())
                .isCloseTo(trained.json().path("test").path("loss").asDouble(), within(1e-5));
    }

    @Test
    void evaluateAveragesMirrorImages() throws IOException, InterruptedException {
        var result = run(folder, "evaluate", "m.keras", "--data", "d.npz", "--mirrored", "--json");
        var json = result.succeeds().json();
        var labels = CommandFixture.labels(40);
        var pictures = CommandFixture.pictures(40);
        double loss = 0;
        try (var model = Model.load(folder.resolve("m.keras"))) {
            float[][] as = model.predict(pictures).rows();
            float[][] mirrored =
                    model.predict(pictures.map(new Flip(RandomFlip.Mode.HORIZONTAL))).rows();
            for (int i = 0; i < 40; i++) {
                int label = labels.intAt(i);
                loss -= Math.log((as[i][label] + mirrored[i][label]) / 2) / 40;
            }
        }
        assertThat(json.path("loss").asDouble()).isCloseTo(loss, within(1e-5));
        assertThat(json.path("loss").asDouble())
                .isNotCloseTo(trained.json().path("test").path("loss").asDouble(), within(1e-4));
    }

    @Test
    void aFastPresetIsTestedAfterEachEpochAndEvaluatedAsItWasTested()
            throws IOException, InterruptedException {
        var json =
                run(
                                folder,
                                "train",
                                "fast_cnn",
                                "--data",
                                "d.npz",
                                "--epochs",
                                "3",
                                "--batch-size",
                                "50",
                                "--test-each-epoch",
                                "--out",
                                "fast.keras",
                                "--json")
                        .succeeds()
                        .json();
        assertThat(json.path("history").propertyNames())
                .containsExactlyInAnyOrder("accuracy", "loss", "test_accuracy", "test_loss");
        assertThat(json.path("history").path("test_loss")).hasSize(3);
        assertThat(json.path("history").path("test_loss").path(2))
                .isEqualTo(json.path("test").path("loss"));
        assertThat(
                        json.path("epoch_seconds")
                                .valueStream()
                                .mapToDouble(each -> each.asDouble())
                                .sum())
                .isBetween(0.0, json.path("seconds").asDouble());
        var evaluated =
                run(folder, "evaluate", "fast.keras", "--data", "d.npz", "--confusion", "--json")
                        .succeeds()
                        .json();
        assertThat(evaluated.path("loss").asDouble())
                .isCloseTo(json.path("test").path("loss").asDouble(), within(1e-5));
        assertThat(evaluated.path("accuracy")).isEqualTo(json.path("test").path("accuracy"));
        run(folder, "check", "fast.keras", "--data", "d.npz").succeeds();
    }

    @Test
    void predictWritesAnArrayAndReadsPictures() throws IOException, InterruptedException {
        Npy.write(folder.resolve("x.npy"), CommandFixture.pictures(40));
        run(folder, "predict", "m.keras", "--input", "x.npy", "--output", "y.npy", "--quiet")
                .succeeds();
        assertThat(Npy.read(folder.resolve("y.npy")).shape().dims()).containsExactly(40, 10);
        ImageIO.write(
                new BufferedImage(28, 28, BufferedImage.TYPE_INT_RGB),
                "png",
                folder.resolve("black.png").toFile());
        var table = run(folder, "predict", "m.keras", "--input", "black.png", "--json").succeeds();
        assertThat(table.out()).containsPattern("black.png  \\d +0\\.\\d{4}");
        assertThat(table.json().path("samples").asInt()).isEqualTo(1);
    }

    @Test
    void aFileTrainsOn() throws IOException, InterruptedException {
        run(
                        folder,
                        "train",
                        "m.keras",
                        "--data",
                        "d.npz",
                        "--epochs",
                        "1",
                        "--out",
                        "more.keras",
                        "--quiet")
                .succeeds();
        try (var once = Model.load(folder.resolve("m.keras"));
                var more = Model.load(folder.resolve("more.keras"))) {
            assertThat(once.state().iteration()).isEqualTo(10);
            assertThat(more.state().iteration()).isEqualTo(15);
        }
    }

    @Test
    void quietIsSilentAndAnOldFileIsKept() throws IOException, InterruptedException {
        var quiet = run(folder, "train", "mlp", "--data", "d.npz", "--epochs", "1", "--quiet");
        assertThat(quiet.succeeds().out()).isEmpty();
        byte[] bytes = Files.readAllBytes(folder.resolve("mlp.keras"));
        var again = run(folder, "train", "mlp", "--data", "d.npz", "--epochs", "1");
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("mlp.keras is already there. Add --overwrite");
        assertThat(folder.resolve("mlp.keras")).hasBinaryContent(bytes);
    }

    @Test
    void aTrainingOfClocksThatDivergesIsKept() throws IOException, InterruptedException {
        String[] train = {
            "train",
            "clock_cnn",
            "--data",
            "clocks",
            "--clocks",
            "40",
            "--epochs",
            "2",
            "--learning-rate",
            "1e38",
            "--test-each-epoch",
            "--out",
            "c.keras",
            "--json"
        };
        var diverged = run(folder, train);
        assertThat(diverged.code()).isZero();
        assertThat(diverged.err()).contains("the training has diverged");
        assertThat(diverged.json().path("test").path("loss").isNull()).isTrue();
        assertThat(diverged.json().path("history").path("test_loss").path(1).isNull()).isTrue();
        var judged = run(folder, "evaluate", "c.keras", "--data", "clocks");
        assertThat(judged.code()).isEqualTo(2);
        assertThat(judged.err()).contains("The model answers NaN for clock 0");
    }

    @Test
    void clocksAreRenderedOnceAndReadAgain() throws IOException, InterruptedException {
        String[] train = {
            "train",
            "clock_reader",
            "--data",
            "clocks",
            "--clocks",
            "40",
            "--style",
            "held-out",
            "--epochs",
            "1",
            "--out",
            "c.keras",
            "--json"
        };
        var first = run(folder, train).succeeds();
        assertThat(first.out()).contains("Rendering clocks", "Common-sense error on 4", "read ");
        var test = first.json().path("test");
        assertThat(test.propertyNames())
                .contains(
                        "common_sense_error_minutes",
                        "median_error_minutes",
                        "p90_error_minutes",
                        "within_1_minute",
                        "within_5_minutes",
                        "largest_error_minutes",
                        "errors_above_30_minutes");
        assertThat(folder.resolve("cache/gnomon/clocks")).isDirectoryContaining("glob:**-held-out");

        var evaluated = run(folder, "evaluate", "c.keras", "--data", "clocks", "--json").succeeds();
        assertThat(evaluated.out()).doesNotContain("Rendering").startsWith("test part, 4 samples");
        assertThat(run(folder, "evaluate", "c.keras", "--data", "clocks", "--mirrored").err())
                .contains("a mirrored one tells another time");
        assertThat(evaluated.json().path("common_sense_error_minutes"))
                .isEqualTo(test.path("common_sense_error_minutes"));

        var others =
                run(
                        folder,
                        "evaluate",
                        "c.keras",
                        "--data",
                        "clocks",
                        "--clock-seed",
                        "2",
                        "--part",
                        "all");
        assertThat(others.succeeds().out())
                .contains("all part, 40 samples", "on 40 pictures", "above 30 minutes");

        run(folder, "data", "render-clocks", "--count", "20", "--out", "rendered", "--json")
                .succeeds();
        assertThat(Npy.read(folder.resolve("rendered/images.npy")).shape().dims())
                .containsExactly(20, 75, 75);
        assertThat(Npy.read(folder.resolve("rendered/labels.npy")).shape().dims())
                .containsExactly(20, 2);
        var outputs =
                run(
                        folder,
                        "predict",
                        "c.keras",
                        "--input",
                        "rendered/images.npy",
                        "--output",
                        "c.npz");
        outputs.succeeds();
        assertThat(Npz.read(folder.resolve("c.npz")).keySet())
                .containsExactly("points", "time_class", "time");
    }

    @Test
    void doctorTellsWhatThereIs() throws IOException, InterruptedException {
        var result = run(folder, "doctor", "--json").succeeds();
        assertThat(result.out())
                .contains("JDK", "cores", "Instructions", "Kernels", "Precision", "Memory")
                .contains("Data folder")
                .contains("(does not exist)", folder.resolve("cache/gnomon").toString());
        assertThat(names(result.json()))
                .containsAll(List.of("jdk", "cores", "kernels", "data_folder", "data_sets"));
    }

    @Test
    void benchMeasuresStepsBesideTheMachine() throws IOException, InterruptedException {
        var json = run(folder, "bench", "mlp", "--seconds", "0.3", "--json").succeeds().json();
        assertThat(names(json))
                .containsExactly(
                        "workload",
                        "batch",
                        "precision",
                        "threads",
                        "steps",
                        "step_ms_median",
                        "step_ms_best",
                        "samples_per_second",
                        "gflops",
                        "limit_gflops",
                        "peak_rss_mb",
                        "predicted_peak_mb");
        assertThat(json.path("limit_gflops").asDouble()).isBetween(0.1, 20_000.0);
    }

    @Test
    void aProfileAddsUpToTheStepAndItsTraceIsJson() throws IOException, InterruptedException {
        var result =
                run(folder, "bench", "mlp", "--seconds", "0.3", "--profile", "trace.json")
                        .succeeds();
        var rows =
                result.out()
                        .lines()
                        .filter(line -> line.matches(" +[0-9.]+ +[0-9.]+ % .*"))
                        .toList();
        double[] millis =
                rows.stream()
                        .mapToDouble(line -> Double.parseDouble(line.strip().split(" +", 2)[0]))
                        .toArray();
        double step = millis[millis.length - 1];
        assertThat(rows.getLast()).endsWith("the step");
        assertThat(Arrays.stream(millis).sum() - step).isCloseTo(step, within(0.05 * step));
        assertThat(result.out()).contains("wait for each other", "GFLOP/s", "Wrote trace.json.");
        var events =
                Json.parse(Files.readString(folder.resolve("trace.json")), "trace.json")
                        .path("traceEvents");
        assertThat(events.valueStream().map(event -> event.path("name").asString()))
                .contains("step 0", "step 9")
                .anyMatch(name -> name.startsWith("matmul + bias + relu"));
        events.forEach(event -> {
            if (event.path("ph").asString().equals("X")) {
                assertThat(event.path("dur").asDouble()).isPositive();
                assertThat(event.path("ts").asDouble()).isNotNegative();
            }
        });
    }

    @Test
    void aKilledTrainingLeavesAWholeFile() throws IOException, InterruptedException {
        Path file = folder.resolve("killed.keras");
        Files.copy(folder.resolve("m.keras"), file);
        var process =
                CommandFixture.process(
                                folder,
                                "train",
                                "mlp",
                                "--data",
                                "d.npz",
                                "--epochs",
                                "1",
                                "--quiet",
                                "--out",
                                "killed.keras")
                        .start();
        while (process.isAlive() && !isBeingWritten(file)) {
            Thread.onSpinWait();
        }
        process.destroyForcibly().waitFor();
        try (var model = Model.load(file)) {
            assertThat(model.countParams()).isEqualTo(266_610);
        }
    }

    private static boolean isBeingWritten(Path file) throws IOException {
        try (var files = Files.newDirectoryStream(folder, "." + file.getFileName() + ".*.tmp")) {
            return files.iterator().hasNext();
        }
    }
}
