package dev.gnomon.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.check.ConfigException;
import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.model.Model;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.optimizer.SGD;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A training that is broken off and run again is the one that was left alone, byte for byte.
class BackupTest {
    private static final int SAMPLES = 60;

    @TempDir private Path folder;

    /// Breaks off as a fault would: nothing is told of an end.
    private record BreakOff(long at) implements Callback {
        @Override
        public void onTrainBatchEnd(Training training, int batch) {
            if (training.iteration() == at) {
                throw new IllegalStateException("broken off");
            }
        }
    }

    private Fit settings(Path place) {
        return Fit.epochs(9)
                .withBatchSize(7)
                .withSeed(11)
                .withValidationSplit(0.3)
                .withCallbacks(
                        new EarlyStopping().withPatience(2).withRestoreBestWeights(true),
                        new ReduceLROnPlateau().withPatience(1).withFactor(0.5),
                        new ModelCheckpoint(place.resolve("best.keras").toString())
                                .withSaveBestOnly(true),
                        new CSVLogger(place.resolve("log.csv")),
                        new BackupAndRestore(place.resolve("run.keras")).withEveryBatches(1));
    }

    private Dataset data() {
        return TinyTraining.data(SAMPLES);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 6, 7, 11, 12, 13, 16, 17})
    void brokenOffAfterAnyStep(int at) throws IOException {
        Path whole = Files.createDirectory(folder.resolve("whole"));
        Path parts = Files.createDirectory(folder.resolve("parts"));
        History expected;
        try (var model = TinyTraining.model(new Adam(0.1))) {
            expected = model.fit(data(), settings(whole));
            model.save(whole.resolve("end.keras"));
            assertThat(model.state().iteration()).isGreaterThan(at);
        }
        try (var model = TinyTraining.model(new Adam(0.1))) {
            var broken = settings(parts).withCallbacks(new BreakOff(at));
            assertThatThrownBy(() -> model.fit(data(), broken))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(parts.resolve("run.keras")).exists(); // written before the first batch
        try (var model = TinyTraining.model(new Adam(0.1))) {
            assertThat(model.fit(data(), settings(parts))).isEqualTo(expected);
            model.save(parts.resolve("end.keras"));
        }
        assertThat(parts.toFile().list())
                .containsExactlyInAnyOrder("best.keras", "log.csv", "end.keras");
        for (String file : parts.toFile().list()) {
            assertThat(parts.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
    }

    @Test
    void aBackupIsAModelLikeAnyOther() {
        Path file = folder.resolve("run.keras");
        var settings =
                Fit.epochs(2).withCallbacks(new BackupAndRestore(file).withDeleteAtEnd(false));
        try (var model = TinyTraining.model()) {
            model.fit(data(), settings);
            try (var loaded = Model.load(file)) {
                assertThat(loaded.weights()).isEqualTo(model.weights());
                assertThat(Objects.requireNonNull(loaded.state().run()).history().epochs())
                        .hasSize(2);
                var before = loaded.weights();
                assertThat(loaded.fit(data(), settings).epochs()).hasSize(2); // all is done
                assertThat(loaded.weights()).isEqualTo(before);
            }
        }
    }

    @Test
    void anotherRunIsRefused() throws IOException {
        Path file = folder.resolve("run.keras");
        var keep = new BackupAndRestore(file).withDeleteAtEnd(false);
        var settings = Fit.epochs(1).withBatchSize(10).withSeed(3).withCallbacks(keep);
        try (var model = TinyTraining.model()) {
            model.fit(data(), settings);
        }
        byte[] before = Files.readAllBytes(file);
        try (var model = TinyTraining.model()) {
            assertThatThrownBy(() -> model.fit(data(), settings.withSeed(4)))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage(
                            "The run was begun with other settings or data: seed 3 is now seed 4. Give fit what the run was"
                                    + " begun with, or begin anew.");
            var weighted = settings.withClassWeight(Map.of(0, 2.0));
            assertThatThrownBy(() -> model.fit(data(), weighted))
                    .hasMessageContaining("classWeight {} is now classWeight {0=2.0}");
        }
        Files.write(file, Arrays.copyOf(before, 1000));
        try (var model = TinyTraining.model(new SGD())) {
            assertThatThrownBy(() -> model.fit(data(), settings))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith(
                            "BackupAndRestore: the run cannot go on from " + file + ": ")
                    .hasMessageEndingWith(" Name another file, or remove this one to begin anew.");
        }
    }

    @Test
    void otherDataOrAnotherRateAreRefused() {
        var keep = new BackupAndRestore(folder.resolve("run.keras")).withDeleteAtEnd(false);
        var settings = Fit.epochs(1).withCallbacks(keep);
        try (var model = TinyTraining.model(new SGD(0.1))) {
            model.fit(data(), settings);
        }
        try (var model = TinyTraining.model(new SGD(0.1))) {
            var other = Dataset.of(Column.of(new float[6 * SAMPLES], SAMPLES, 6), data().labels());
            assertThatThrownBy(() -> model.fit(other, settings))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("60 samples, fingerprint ");
        }
        try (var model = TinyTraining.model(new SGD(0.9))) {
            assertThatThrownBy(() -> model.fit(data(), settings))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("value=0.1")
                    .hasMessageContaining("value=0.9");
        }
    }

    @Test
    void aSavedModelIsNoBackup() throws IOException {
        Path file = folder.resolve("precious.keras");
        var settings = Fit.epochs(1).withCallbacks(new BackupAndRestore(file));
        try (var model = TinyTraining.model()) {
            model.fit(data(), Fit.epochs(1));
            model.save(file);
        }
        byte[] before = Files.readAllBytes(file);
        try (var model = TinyTraining.model()) {
            var weights = model.weights();
            assertThatThrownBy(() -> model.fit(data(), settings))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage(
                            "BackupAndRestore: the run cannot go on from "
                                    + file
                                    + ": "
                                    + file
                                    + ": this is a saved model, not the backup of a run. Name another file, or remove this one"
                                    + " to begin anew.");
            assertThat(model.weights()).isEqualTo(weights);
        }
        assertThat(file).hasBinaryContent(before);
    }

    /// What ModelCheckpoint writes at the end of an epoch goes on with the next one.
    @Test
    void aCheckpointOfAnEpochGoesOnWithTheNext() {
        Path file = folder.resolve("epoch.keras");
        var settings = Fit.epochs(2).withCallbacks(new ModelCheckpoint(file.toString()));
        try (var model = TinyTraining.model()) {
            model.fit(data(), settings);
            try (var loaded = Model.load(file)) {
                assertThat(loaded.state().epoch()).isEqualTo(2);
                loaded.restore(loaded.state());
                var history = loaded.fit(data(), Fit.epochs(3));
                assertThat(history.epochs()).hasSize(1);
                assertThat(history.last().loss()).isPositive();
            }
        }
    }

    @Test
    void aFolderThatIsNotThereIsToldAtTheFirstBackup() {
        var nowhere = new BackupAndRestore(folder.resolve("none/run.keras"));
        try (var model = TinyTraining.model()) {
            assertThatThrownBy(() -> model.fit(data(), Fit.epochs(1).withCallbacks(nowhere)))
                    .hasMessageContaining("run.keras: cannot be written: there is no folder");
        }
    }
}
