package dev.gnomon.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.check.ConfigException;
import dev.gnomon.check.FormatException;
import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Dropout;
import dev.gnomon.layer.Input;
import dev.gnomon.loss.MeanSquaredError;
import dev.gnomon.model.Sequential;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.plan.Plan;
import dev.gnomon.report.Report;
import dev.gnomon.train.Fit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A small study is stopped at every epoch of every training; the results and the report are always the same.
class StudyRunTest {
    private static final int EPOCHS = 3;
    private static final StudySettings SETTINGS =
            new StudySettings(Scale.QUICK, 1, null, null, 1, Plan.Kernels.ONEDNN);

    @TempDir private Path folder;

    /// Widths of a layer; then, with more units, the one that did best.
    private static final class Widths implements Study {
        @Override
        public Agenda agenda(Results done) {
            List<Trial> trials = new ArrayList<>();
            for (int units : new int[] {2, 4}) {
                trials.add(trial(units));
            }
            if (done.size() < 2) {
                return new Agenda(trials, 8);
            }
            trials.add(trial(10 * Integer.parseInt(best(done).factor("units"))));
            return new Agenda(trials, 0);
        }

        private static Trial trial(int units) {
            var factors = new LinkedHashMap<String, String>();
            factors.put("units", Integer.toString(units));
            return new Trial(factors, units, room -> run(room, factors, units));
        }

        private static @Nullable TrialResult run(
                TrialRoom room, SequencedMap<String, String> factors, int units) {
            float[] x = new float[40];
            for (int i = 0; i < x.length; i++) {
                x[i] = i % 7 / 7f;
            }
            var data = Dataset.of(Column.of(x, 20, 2), Column.of(new float[20], 20, 1));
            try (var model =
                    Sequential.of(Input.of(2), new Dense(units), new Dropout(0.2), new Dense(1))) {
                model.initialize(1).compile(new Adam(), new MeanSquaredError());
                var done =
                        new TrialTraining(room)
                                .train(
                                        model,
                                        data,
                                        Fit.epochs(EPOCHS)
                                                .withBatchSize(4)
                                                .withSeed(1)
                                                .withoutLint());
                if (done == null) {
                    return null;
                }
                var figures = new LinkedHashMap<String, Double>();
                figures.put("loss", done.history().last().loss());
                figures.put("seconds", done.seconds());
                var series = new LinkedHashMap<String, List<Double>>();
                done.put(series);
                return new TrialResult(factors, figures, series);
            }
        }

        @Override
        public Report report(Results results) {
            var rows =
                    results.all().stream()
                            .map(result ->
                                    List.of(
                                            result.factor("units"),
                                            String.format(
                                                    Locale.ROOT, "%.9f", result.figure("loss"))))
                            .toList();
            return Report.titled("Widths", "of a layer")
                    .table("Losses.", List.of("units", "loss"), rows);
        }

        @Override
        public TrialResult best(Results results) {
            return results.all().stream()
                    .min(Comparator.comparingDouble(result -> result.figure("loss")))
                    .orElseThrow();
        }

        @Override
        public String objective() {
            return "loss";
        }
    }

    /// Interrupts at the end of an epoch, counted over all trainings.
    private record StopAt(int epoch, AtomicInteger seen) implements StudyWatcher {
        @Override
        public void epochs(int done, int count) {
            if (seen.incrementAndGet() == epoch) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private StudyRun run(Path out) throws Exception {
        Files.createDirectories(out);
        return new StudyRun("widths", new Widths(), SETTINGS, out);
    }

    private static List<String> timeless(Path file) throws Exception {
        return Files.readAllLines(file).stream()
                .map(line -> line.replaceAll("\"seconds\": [-0-9.eE]+", ""))
                .toList();
    }

    @Test
    void aRunThatIsStoppedAnywhereEndsTheSame() throws Exception {
        Path whole = folder.resolve("whole");
        var first = run(whole);
        assertThat(first.run(new StudyWatcher() {})).isTrue();
        assertThat(first.writeReport()).isEqualTo(1);
        assertThat(first.results().values("units")).hasSize(3).startsWith("2", "4");
        for (int epoch = 1; epoch <= 3 * EPOCHS; epoch++) {
            Path stopped = folder.resolve("stopped" + epoch);
            boolean ended = run(stopped).run(new StopAt(epoch, new AtomicInteger()));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(ended).isEqualTo(epoch == 3 * EPOCHS);
            var seen = new AtomicInteger();
            var resumed = run(stopped);
            assertThat(resumed.run(new StopAt(-1, seen))).isTrue();
            assertThat(seen.get()).as("epochs left").isEqualTo(3 * EPOCHS - epoch);
            resumed.writeReport();
            for (String name : List.of("results.jsonl", "report.html")) {
                assertThat(timeless(stopped.resolve(name)))
                        .isEqualTo(timeless(whole.resolve(name)));
            }
            try (var files = Files.list(stopped)) {
                assertThat(files.filter(file -> file.toString().contains("checkpoint"))).isEmpty();
            }
        }
    }

    @Test
    void tellsHowLongItTakes() throws Exception {
        List<String> told = new ArrayList<>();
        run(folder)
                .run(
                        new StudyWatcher() {
                            @Override
                            public void begins(
                                    Trial trial, int number, int count, double share, double left) {
                                told.add(number + "/" + count + " " + (left > 0));
                            }
                        });
        assertThat(told).containsExactly("1/2 false", "2/2 true", "3/3 true");
        assertThat(Files.readAllLines(folder.resolve("results.csv")))
                .hasSize(4)
                .startsWith("units,loss,seconds");
    }

    @Test
    void refusesResultsOfAnotherRunAndDamagedOnes() throws Exception {
        run(folder).run(new StudyWatcher() {});
        var other = new StudySettings(Scale.FULL, 3, null, null, 1, Plan.Kernels.ONEDNN);
        assertThatThrownBy(() -> new StudyRun("widths", new Widths(), other, folder))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "scale was \"quick\" and is now \"full\"; seeds was \"1\" and is now \"3\"");
        Path file = folder.resolve("results.jsonl");
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() - 20));
        assertThatThrownBy(() -> run(folder))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("results.jsonl, line 4");
        Files.writeString(file, text.replaceFirst("\"figures\"", "\"other\""));
        assertThatThrownBy(() -> run(folder))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("line 2: a result needs factors, figures and series");
    }

    @Test
    void spreadsAreThoseOfASample() {
        var spread = Spread.of(1, 2, 6);
        assertThat(spread.mean()).isEqualTo(3);
        assertThat(spread.deviation()).isEqualTo(Math.sqrt(7));
        assertThat(spread.text(1)).isEqualTo("3.0 ± 2.6");
        assertThat(Spread.of(4).text(2)).isEqualTo("4.00");
    }
}
