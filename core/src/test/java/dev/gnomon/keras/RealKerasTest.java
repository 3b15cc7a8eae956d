package dev.gnomon.keras;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.check.GnomonException;
import dev.gnomon.data.Dataset;
import dev.gnomon.model.Model;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real Keras and this library say the same of random models, and teach them the same, whoever saved them.
///
/// The environment variable `GNOMON_PYTHON` names a Python that has Keras 3 and TensorFlow; without it there is no judge.
/// `-Dgnomon.keras.models=…` says how many models each way, `-Dgnomon.keras.seed=…` which, `-Dgnomon.keras.folder=…` keeps
/// the files.
class RealKerasTest {
    private static final int MODELS = Integer.getInteger("gnomon.keras.models", 12);
    private static final int SEED = Integer.getInteger("gnomon.keras.seed", 1);

    @TempDir private Path temporary;
    private final List<String> faults = new ArrayList<>();

    @BeforeEach
    void needsPython() {
        Assumptions.assumeTrue(
                System.getenv("GNOMON_PYTHON") != null,
                "GNOMON_PYTHON names no Python with Keras, so the files are not judged by real Keras");
    }

    private Path folder(String name) throws IOException {
        String kept = System.getProperty("gnomon.keras.folder");
        return Files.createDirectories((kept == null ? temporary : Path.of(kept)).resolve(name));
    }

    private static void python(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Objects.requireNonNull(System.getenv("GNOMON_PYTHON")));
        command.add(Path.of("src", "test", "python", "keras_judge.py").toAbsolutePath().toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.println(text);
        assertThat(process.waitFor()).as(text).isZero();
    }

    /// What Keras saved is the same here; and written back, it is the same in Keras.
    @Test
    void readsWhatKerasWrote() throws IOException, InterruptedException {
        Path folder = folder("theirs");
        if (JudgedCase.all(folder, "model.keras").isEmpty()) {
            python("write", folder.toString(), "--count", "" + MODELS, "--seed", "" + SEED);
        }
        Path ours = folder("back");
        for (JudgedCase each : JudgedCase.all(folder, "model.keras")) {
            attempt(each, () -> readsBack(each, ours));
        }
        judge(ours);
    }

    /// What this library saved is the same in Keras; and saved there again, it is the same here.
    @Test
    void writesWhatKerasReads() throws IOException, InterruptedException {
        Path folder = folder("ours");
        for (int i = 0; i < MODELS; i++) {
            var models = new RandomModels(SEED + i);
            Path place = folder.resolve("g" + (SEED + i));
            attempt(
                    new JudgedCase(place),
                    () -> {
                        try (Model model = models.model()) {
                            Dataset data = models.data(model);
                            for (int step = models.steps(); step > 0; step--) {
                                model.trainOnBatch(data);
                            }
                            JudgedCase.write(place, model, data);
                        }
                    });
        }
        judge(folder);
    }

    private void judge(Path folder) throws IOException, InterruptedException {
        python("judge", folder.toString());
        for (JudgedCase each : JudgedCase.all(folder, "judged.json")) {
            dev.gnomon.file.Json.parse(
                            Files.readString(each.folder().resolve("judged.json")), "judged")
                    .forEach(fault ->
                            faults.add(
                                    each.folder().getFileName()
                                            + ": Keras: "
                                            + fault.asString("")));
        }
        for (JudgedCase each : JudgedCase.all(folder, "again.keras")) {
            attempt(
                    each,
                    () -> {
                        try (Model model = Model.load(each.folder().resolve("again.keras"))) {
                            each.comparePredictions(
                                    "r",
                                    JudgedCase.predictions(model, each.data(model)),
                                    1e-5,
                                    "saved by Keras again",
                                    faults);
                        }
                    });
        }
        assertThat(faults).isEmpty();
    }

    private void attempt(JudgedCase where, Runnable body) {
        try {
            body.run();
        } catch (GnomonException e) {
            faults.add(where.folder().getFileName() + ": " + e.getMessage());
        } catch (RuntimeException e) {
            var at = e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0];
            faults.add(where.folder().getFileName() + ": " + e + at);
        }
    }

    private void readsBack(JudgedCase theirs, Path ours) {
        Path file = theirs.folder().resolve("model.keras");
        if (!theirs.json().path("finite").asBoolean(true)) {
            return;
        }
        try (Model model = Model.load(file);
                Model fresh = Model.load(file)) {
            Dataset data = theirs.data(model);
            theirs.comparePredictions(
                    "p", JudgedCase.predictions(model, data), 1e-5, "predictions", faults);
            theirs.compareTraining(model, data, faults);
            JudgedCase.write(ours.resolve(theirs.folder().getFileName() + "-kept"), model, data);
            fresh.initialize(1);
            fresh.loadWeights(theirs.folder().resolve("model.weights.h5"));
            theirs.comparePredictions(
                    "p", JudgedCase.predictions(fresh, data), 1e-5, "weights file", faults);
            forget(fresh);
            JudgedCase.write(ours.resolve(theirs.folder().getFileName() + "-fresh"), fresh, data);
        }
    }

    /// Forgets the words of the file, so that everything is written from the settings.
    private static void forget(Model model) {
        model.origin(null);
        for (Model.NamedEntry entry : model.layers()) {
            entry.handle().origin(null);
            if (entry.layer() instanceof Model inner) {
                forget(inner);
            }
        }
    }
}
