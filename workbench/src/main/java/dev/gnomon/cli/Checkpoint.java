package dev.gnomon.cli;

import dev.gnomon.check.ConfigException;
import dev.gnomon.data.AtomicFile;
import dev.gnomon.model.Model;
import dev.gnomon.train.BackupAndRestore;
import dev.gnomon.train.TrainingState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How `train` keeps its run while it works, and goes on with it.
///
/// The run is kept in `NAME.checkpoint.keras` beside the file that is written at the end. A finished run is in that file
/// itself, so going on with it trains no more and writes the same again.
final class Checkpoint {
    private static final String ENDING = ".keras";

    /// What may differ between a run and its continuation, since the result does not depend on it, or does so on purpose.
    private static final Set<String> FREE = Set.of("epochs", "threads", "jdk", "system");

    /// What may differ too, though the last digits depend on it.
    private static final Set<String> NEARLY_FREE = Set.of("instructions", "gnomon");

    @Option(
            names = "--resume",
            description =
                    "Go on with a run that was killed or interrupted; without one, begin. The result is the same as if"
                            + " it had not been.")
    private boolean resume;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "SECONDS",
            description = "The least time between two checkpoints (default: 10).")
    private double seconds = 10;

    boolean resume() {
        return resume;
    }

    static Path of(Path out) {
        String name = String.valueOf(out.getFileName());
        return out.resolveSibling(
                name.substring(0, name.length() - ENDING.length()) + ".checkpoint" + ENDING);
    }

    /// Refuses to overwrite a run that can be gone on with.
    void check(Path out, boolean overwrite) {
        if (!(seconds >= 0) || seconds > 1e9) {
            throw new ConfigException(
                    "--checkpoint-every must be at least 0 seconds, but is " + seconds + ".");
        }
        Path file = of(out);
        if (!resume && !overwrite && Files.exists(file)) {
            throw new ConfigException(
                    file
                            + " holds a run that was interrupted. Add --resume to go on with it, or --overwrite to"
                            + " begin anew.");
        }
    }

    /// Refuses to train on the file that the run would be kept in.
    static void checkInput(String model, Path out) {
        if (Path.of(model)
                .toAbsolutePath()
                .normalize()
                .equals(of(out).toAbsolutePath().normalize())) {
            throw new ConfigException(
                    "The run would be kept in "
                            + model
                            + " itself. Name another file with --out, or go on with the run by --resume.");
        }
    }

    /// The file that a run goes on from, or null where there is none.
    @Nullable Path found(Path out) {
        Path file = of(out);
        return !resume ? null : Files.exists(file) ? file : Files.exists(out) ? out : null;
    }

    /// Takes up the run of a file. What the run is made of must be as it was.
    void takeUp(Path file, Path out, Model model, ObjectNode provenance, Output output) {
        try (var saved = ModelFiles.load(file).model()) {
            checkEpochs(file, out, saved, provenance.path("epochs").asInt());
            var before = saved.provenance();
            List<String> changed = new ArrayList<>();
            var keys = new TreeSet<>(before.keySet());
            provenance.properties().forEach(entry -> keys.add(entry.getKey()));
            for (String key : keys) {
                JsonNode value = provenance.get(key);
                String now = value == null ? "nothing" : ModelFiles.text(value);
                String then = before.getOrDefault(key, "nothing");
                if (FREE.contains(key) || now.equals(then)) {
                    continue;
                }
                String change = "%s was %s and is now %s".formatted(key, then, now);
                if (NEARLY_FREE.contains(key)) {
                    output.progressLine(
                            "The result may differ in the last digits from that of a run left alone: "
                                    + change
                                    + ".");
                } else {
                    changed.add(change);
                }
            }
            if (!changed.isEmpty()) {
                throw new ConfigException(
                        "--resume: the run in "
                                + file
                                + " is another one: "
                                + String.join("; ", changed)
                                + ". Give the options it was begun with, or leave out --resume and add --overwrite to begin"
                                + " anew.");
            }
            int epochs = provenance.path("epochs").asInt();
            var state = saved.compiled() == null ? ended(saved, epochs) : saved.state();
            model.restore(state);
            if (file.equals(of(out))) {
                output.progressLine(
                        "Going on in epoch %d, after %d of its batches."
                                .formatted(state.epoch() + 1, state.batch()));
            }
        }
    }

    /// The end of a run whose file was written without the optimizer, so without the state of the run.
    private static TrainingState ended(Model saved, int epochs) {
        var state = saved.state();
        return new TrainingState(state.tensors(), state.iteration(), state.seed(), epochs, 0);
    }

    /// A run may get more epochs, but not fewer than it has begun; one that has ended gets no more.
    private static void checkEpochs(Path file, Path out, Model saved, int epochs) {
        var state = saved.state();
        int begun = state.epoch() + (state.batch() > 0 ? 1 : 0);
        if (epochs < begun) {
            throw new ConfigException(
                    "--resume: the run in "
                            + file
                            + " is in epoch "
                            + begun
                            + " already, but --epochs is "
                            + epochs
                            + ". Give at least as many as it has begun.");
        }
        String then = saved.provenance().get("epochs");
        if (file.equals(out) && !Integer.toString(epochs).equals(then)) {
            throw new ConfigException(
                    "--resume: there is no run to go on with; "
                            + file
                            + " is the end of one of "
                            + then
                            + " epochs. Leave out --resume to begin anew, or train "
                            + file
                            + " itself further: gnomon train "
                            + file
                            + ".");
        }
    }

    /// How the run is kept; the file goes when the model is written.
    BackupAndRestore settings(Path out) {
        return new BackupAndRestore(of(out))
                .withEveryBatches(1)
                .withAtMostEvery(Duration.ofMillis((long) (1000 * seconds)))
                .withDeleteAtEnd(false);
    }

    /// Removes the run that was kept, and what killed processes have left.
    static void delete(Path out) {
        AtomicFile.deleteLeftovers(of(out));
        AtomicFile.deleteLeftovers(out);
        try {
            Files.deleteIfExists(of(out));
        } catch (IOException e) {
            throw new UncheckedIOException(of(out) + ": cannot be removed: " + e + ".", e);
        }
    }
}
