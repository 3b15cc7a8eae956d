package dev.gnomon.cli;

import static dev.gnomon.cli.CommandFixture.process;
import static dev.gnomon.cli.CommandFixture.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.data.ClockDataset;
import dev.gnomon.data.clock.ClockSpec;
import dev.gnomon.data.clock.Views;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StudyCommandTest {
    @TempDir private Path folder;

    @BeforeEach
    void render() {
        ClockDataset.render(
                new ClockSpec(40, 75, Views.UPRIGHT, 3), folder.resolve("clocks"), 1, _ -> {});
    }

    private static String[] words(String out, String... more) {
        String[] words = {
            "study", "run", "tell-the-time", "--quick", "--data", "clocks", "--out", out, "--json"
        };
        return Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new);
    }

    /// The lines without clock times.
    private static List<String> timeless(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.replaceAll("\"seconds\": [-0-9.eE]+", ""))
                .map(line -> line.replaceAll("<td class=\"number\">\\d+</td></tr>", ""))
                .map(line -> line.replaceAll("takes from [\\d.]+ to [\\d.]+ seconds", ""))
                .toList();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void goesOnWhereItWasKilledAndWritesTheSameReport() throws Exception {
        var whole = run(folder, words("whole"));
        var figures = whole.succeeds().json();
        assertThat(figures.path("rows").asInt()).isEqualTo(16);
        assertThat(whole.out()).contains("Training 1/16: an epoch is done, about");
        assertThat(figures.path("pages").asInt()).isBetween(4, 10);
        assertThat(figures.path("best").path("codec").asString()).isNotEmpty();
        assertThat(figures.path("best").path("test_error").isNumber()).isTrue();

        for (int kill = 0; kill < 2; kill++) {
            var killed =
                    process(folder, words("killed", "--resume"))
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("killed.txt").toFile())
                            .start();
            Path results = folder.resolve("killed/results.jsonl");
            int wanted = 3 + 5 * kill;
            while (killed.isAlive()
                    && (!Files.exists(results) || Files.readAllLines(results).size() < wanted)) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            killed.destroyForcibly().waitFor();
        }
        assertThat(Files.exists(folder.resolve("killed/report.html"))).isFalse();
        var resumed = run(folder, words("killed", "--resume"));
        assertThat(resumed.succeeds().out()).contains("Going on after ");
        for (String file : List.of("results.jsonl", "report.html")) {
            assertThat(timeless(folder.resolve("killed").resolve(file)))
                    .isEqualTo(timeless(folder.resolve("whole").resolve(file)));
        }
        try (var files = Files.list(folder.resolve("killed"))) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrder(
                            "report.html", "report.pdf", "results.csv", "results.jsonl", "figures");
        }
        try (var pdf = Loader.loadPDF(folder.resolve("killed/report.pdf").toFile())) {
            assertThat(new PDFTextStripper().getText(pdf))
                    .contains("Telling the time", "soft-classes-720", "--quick --seeds 1")
                    .doesNotContain("NaN", "Infinity");
        }

        assertThat(run(folder, words("killed")).err())
                .contains("killed holds a run or a report already", "--resume", "--overwrite");
        var other = run(folder, words("killed", "--resume", "--seeds", "2"));
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("seeds was \"1\" and is now \"2\"");
        assertThat(run(folder, words("killed", "--resume", "--overwrite")).err())
                .contains("Give --resume or --overwrite, not both.");
        ClockDataset.render(
                new ClockSpec(40, 75, Views.UPRIGHT, 4), folder.resolve("clocks"), 1, _ -> {});
        assertThat(run(folder, words("killed", "--resume")).err())
                .contains("is another one: fingerprint was");
    }

    @Test
    void aRunThatWasKilledInItsFirstTrainingIsSeen() throws Exception {
        ClockDataset.render(
                new ClockSpec(40, 150, Views.UPRIGHT, 3), folder.resolve("clocks"), 1, _ -> {});
        Files.createDirectories(folder.resolve("first/figures"));
        Files.createFile(folder.resolve("first/figures/old.svg"));
        Files.createFile(folder.resolve("first/mine.checkpoint.keras"));
        Path checkpoint = folder.resolve("first/codec=classes-24-size=75-seed=1.trial.keras");
        Files.write(checkpoint, new byte[] {1, 2, 3});
        assertThat(run(folder, words("first")).err())
                .contains("first holds a run or a report already");
        assertThat(checkpoint).exists();
        assertThat(run(folder, words("first", "--overwrite")).succeeds().out())
                .contains("16 trainings to do.");
        assertThat(checkpoint).doesNotExist();
        assertThat(folder.resolve("first/figures/old.svg")).doesNotExist();
        assertThat(folder.resolve("first/figures/samples.svg")).isNotEmptyFile();
        assertThat(folder.resolve("first/mine.checkpoint.keras")).exists();
        String table = Files.readString(folder.resolve("first/results.csv"));
        Files.delete(folder.resolve("first/results.csv"));
        run(folder, words("first", "--resume")).succeeds();
        assertThat(folder.resolve("first/results.csv")).hasContent(table);
    }

    @Test
    void aReportOfOthersIsNotReplaced() throws Exception {
        Files.createDirectories(folder.resolve("other"));
        Path report = Files.writeString(folder.resolve("other/report.html"), "mine");
        assertThat(run(folder, words("other")).err()).contains("other holds a run or a report");
        assertThat(report).hasContent("mine");
    }

    @Test
    void refusesWhatIsNoStudyAndNoClocks() throws Exception {
        var unknown = run(folder, "study", "run", "tell-time");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("no study \"tell-time\"", "tell-the-time");
        var missing =
                run(folder, "study", "run", "tell-the-time", "--data", "nowhere", "--out", "x");
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("nowhere");
        assertThat(Files.exists(folder.resolve("x"))).isFalse();
        ClockDataset.render(
                new ClockSpec(20, 40, Views.UPRIGHT, 3), folder.resolve("small"), 1, _ -> {});
        var small = run(folder, "study", "run", "tell-the-time", "--data", "small");
        assertThat(small.code()).isEqualTo(2);
        assertThat(small.err()).contains("75×75 or 150×150, but these are 40×40");
        ClockDataset.render(
                new ClockSpec(5, 75, Views.UPRIGHT, 3), folder.resolve("few"), 1, _ -> {});
        var few = run(folder, "study", "run", "tell-the-time", "--data", "few", "--out", "x");
        assertThat(few.code()).isEqualTo(2);
        assertThat(few.err()).contains("there are 5 clocks, but at least 10 are needed");
        assertThat(Files.exists(folder.resolve("x"))).isFalse();
        assertThat(run(folder, "study", "list").succeeds().out()).contains("tell-the-time");
    }
}
