package dev.gnomon.cli;

import static dev.gnomon.cli.CommandFixture.process;
import static dev.gnomon.cli.CommandFixture.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.file.Json;
import dev.gnomon.model.Model;
import dev.gnomon.random.Key;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// Real processes are killed, interrupted and short of room; the run goes on as if nothing had happened.
///
/// `-Dgnomon.kills=60` kills more often, `-Dgnomon.kills.seed=7` at other moments.
class ResumeTest {
    private static final int KILLS = Integer.getInteger("gnomon.kills", 5);
    private static final long SEED = Long.getLong("gnomon.kills.seed", 1);

    @TempDir private Path folder;

    @BeforeEach
    void prepare() {
        CommandFixture.data(folder.resolve("d.npz"), 80, 16);
        CommandFixture.network(folder.resolve("n.keras"));
    }

    private static String[] words(String name, String... more) {
        String[] always = {
            "train",
            "n.keras",
            "--data",
            "d.npz",
            "--epochs",
            "40",
            "--batch-size",
            "8",
            "--validation-split",
            "0.25",
            "--early-stopping",
            "40",
            "--threads",
            "1",
            "--checkpoint-every",
            "0",
            "--log",
            name + ".csv",
            "--out",
            name + ".keras",
            "--json"
        };
        List<String> all = new ArrayList<>(Arrays.asList(always));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /// The figures without clock times and names.
    private static ObjectNode figures(CommandFixture.Result result) {
        ObjectNode figures = result.succeeds().json();
        List.of("seconds", "epoch_seconds", "samples_per_second", "out").forEach(figures::remove);
        return figures;
    }

    private void assertSame(String name, CommandFixture.Result found, ObjectNode expected) {
        assertThat(figures(found)).isEqualTo(expected);
        for (String ending : List.of(".keras", ".csv")) {
            assertThat(folder.resolve(name + ending))
                    .hasSameBinaryContentAs(folder.resolve("whole" + ending));
        }
        assertThat(folder.toFile().list())
                .noneMatch(file ->
                        file.contains("checkpoint")
                                || (file.contains(".keras.") && file.endsWith(".tmp")));
    }

    @Test
    void killedEqualsNotKilled() throws IOException, InterruptedException {
        long start = System.nanoTime();
        var expected = figures(run(folder, words("whole")));
        long millis = (System.nanoTime() - start) / 1_000_000;
        var moments = Key.of(SEED).child("kills");
        int killed = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            var process =
                    process(folder, words("killed", "--resume"))
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("printed").toFile())
                            .start();
            long wait = (long) (millis * (0.1 + 0.6 * moments.uniformAt(kill)));
            boolean ended = process.waitFor(wait, TimeUnit.MILLISECONDS);
            killed += ended ? 0 : 1;
            process.destroyForcibly().waitFor();
            if (ended) { // it came to its end between the kills: the next one begins anew
                assertThat(process.exitValue())
                        .as(Files.readString(folder.resolve("printed")))
                        .isZero();
                assertSame("killed", run(folder, words("killed", "--resume")), expected);
                Files.delete(folder.resolve("killed.keras"));
                Files.delete(folder.resolve("killed.csv"));
            }
        }
        assertThat(killed).as("kills that came in time").isPositive();
        assertSame("killed", run(folder, words("killed", "--resume")), expected);
        assertSame("killed", run(folder, words("killed", "--resume")), expected);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void interruptedIsSavedAndGoneOnWith() throws IOException, InterruptedException {
        var expected = figures(run(folder, words("whole")));
        Path printed = folder.resolve("printed");
        var process =
                process(folder, words("stopped"))
                        .redirectErrorStream(true)
                        .redirectOutput(printed.toFile())
                        .start();
        while (process.isAlive() && !Files.readString(printed).contains("Epoch 3/40")) {
            Thread.sleep(5);
        }
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(Files.readString(printed, StandardCharsets.UTF_8))
                .contains(
                        "Interrupted. The run is kept in stopped.checkpoint.keras; the same command with --resume goes on"
                                + " with it.");
        var last = Json.parse(Files.readAllLines(printed).getLast(), "printed");
        assertThat(last.path("checkpoint").asString()).isEqualTo("stopped.checkpoint.keras");
        assertThat(last.path("history").path("loss").size()).isGreaterThan(1);
        assertThat(folder.resolve("stopped.keras")).doesNotExist();
        assertThat(run(folder, words("stopped")).err())
                .startsWith(
                        "stopped.checkpoint.keras holds a run that was interrupted. Add --resume to go on with it");
        assertThat(run(folder, words("stopped", "--resume", "--seed", "2")).err())
                .startsWith(
                        "--resume: the run in stopped.checkpoint.keras is another one: seed was 1 and is now 2.");
        assertThat(run(folder, words("stopped", "--resume", "--precision", "mixed_bfloat16")).err())
                .contains("precision was float32 and is now mixed_bfloat16.");
        Path checkpoint = folder.resolve("stopped.checkpoint.keras");
        try (var elsewhere = Model.load(checkpoint)) {
            var provenance = new LinkedHashMap<>(elsewhere.provenance());
            provenance.put("instructions", "sse2");
            elsewhere.withProvenance(provenance).save(checkpoint);
        }
        var resumed = run(folder, words("stopped", "--resume"));
        assertThat(resumed.out())
                .contains(
                        "The result may differ in the last digits from that of a run left alone: instructions was sse2 and"
                                + " is now ");
        assertSame("stopped", resumed, expected);
    }

    @Test
    void whatIsNoRunToGoOnWithIsRefused() throws IOException, InterruptedException {
        var two = changed(words("done"), "--epochs", "2");
        run(folder, two).succeeds();
        assertThat(run(folder, changed(words("done", "--resume"), "--epochs", "3")).err())
                .startsWith(
                        "--resume: there is no run to go on with; done.keras is the end of one of 2 epochs.");
        Path kept = folder.resolve("done.checkpoint.keras");
        Files.copy(folder.resolve("done.keras"), kept);
        byte[] before = Files.readAllBytes(kept);
        assertThat(run(folder, changed(words("done", "--resume"), "--epochs", "1")).err())
                .startsWith(
                        "--resume: the run in done.checkpoint.keras is in epoch 2 already, but --epochs is 1.");
        var misspelt = changed(words("done", "--overwrite"), "--data", "none.npz");
        assertThat(run(folder, misspelt).code()).isEqualTo(2);
        var itself = words("done", "--overwrite");
        itself[1] = "done.checkpoint.keras";
        assertThat(run(folder, itself).err())
                .startsWith("The run would be kept in done.checkpoint.keras itself.");
        assertThat(kept).hasBinaryContent(before);
        assertThat(run(folder, changed(words("other"), "--log", "d.npz")).err())
                .startsWith("--log: d.npz is there and is no log of a training.");
    }

    @Test
    void aRunThatIsUnderWayIsNotRunTwice() throws IOException, InterruptedException {
        Path printed = folder.resolve("printed");
        var process =
                process(folder, changed(words("one"), "--epochs", "100000"))
                        .redirectErrorStream(true)
                        .redirectOutput(printed.toFile())
                        .start();
        while (process.isAlive() && !Files.readString(printed).contains("Epoch 2/")) {
            Thread.sleep(5);
        }
        var second = run(folder, words("one", "--resume"));
        process.destroyForcibly().waitFor();
        assertThat(second.code()).isEqualTo(2);
        assertThat(second.err())
                .startsWith(
                        "one.checkpoint.keras: another process is training this run now. Wait for its end, or name another"
                                + " --out.");
        assertThat(run(folder, words("one", "--resume", "--seed", "2")).err())
                .startsWith(
                        "--resume: the run in one.checkpoint.keras is another one: "); // the lock
        // ended
    }

    private static String[] changed(String[] words, String option, String value) {
        words[List.of(words).indexOf(option) + 1] = value;
        return words;
    }

    /// A limit on the size of files stands for a full disk: the write fails in the middle.
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFullDiskLosesNothing() throws IOException, InterruptedException {
        Path before = folder.resolve("full.keras");
        Files.writeString(before, "what was there before");
        var limited = new ArrayList<>(List.of("bash", "-c", "ulimit -f 16; exec \"$@\"", "bash"));
        var command = process(folder, words("full")).command();
        limited.addAll(command);
        var process = process(folder).command(limited).redirectErrorStream(true).start();
        String printed;
        try (var in = process.getInputStream()) {
            printed = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(printed)
                .contains("full.checkpoint.keras: cannot be written: ")
                .contains("What was there before is unchanged.");
        assertThat(before).hasContent("what was there before");
        assertThat(folder.toFile().list()).noneMatch(file -> file.endsWith(".tmp"));
    }
}
