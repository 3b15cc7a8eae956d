package dev.gnomon.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.data.Npy;
import dev.gnomon.data.TrainTest;
import dev.gnomon.file.Json;
import dev.gnomon.keras.KerasFormat;
import dev.gnomon.keras.WithoutDropout;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Metrics;
import dev.gnomon.model.Model;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.tensor.Tensor;
import dev.gnomon.train.Fit;
import dev.gnomon.train.History;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The programs of docs/python-and-java.md do the same in Java and, in real Keras, in Python: from the same first weights,
/// without dropout and shuffling, they give the same figures after each epoch and the same predictions.
///
/// The environment variable `GNOMON_PYTHON` names a Python that has Keras 3 and TensorFlow; without it the programs are
/// not compared. With `GNOMON_DATA` the digits are a slice of MNIST, else they are drawn.
class SameInPythonTest {
    /// How far losses may be apart, as a share of their size: float32 sums in another order, over 30 steps and more.
    private static final double LOSS = 1e-3;

    /// How far accuracies may be apart: a sample whose two best scores are nearly equal, or two.
    private static final double ACCURACY = 0.004;

    /// How far predictions may be apart, as a share of the largest.
    private static final double PREDICTION = 1e-3;

    /// How far the accuracies of runs with dropout, shuffling and augmentation may be apart.
    private static final double BAND = 0.12;

    private static final Fit FIXED = Fit.epochs(3).withBatchSize(64).withShuffle(false);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set below
    private static TrainTest digits;

    @SuppressWarnings("NullAway.Init") // set below
    private static Dataset colours;

    @SuppressWarnings("NullAway.Init") // set below
    private static Map<String, List<Double>> javaOn;

    @SuppressWarnings("NullAway.Init") // set below
    private static Map<String, List<Double>> javaOwn;

    @SuppressWarnings("NullAway.Init") // set below
    private static JsonNode results;

    @BeforeAll
    static void runPython() throws IOException, InterruptedException {
        String python = System.getenv("GNOMON_PYTHON");
        Assumptions.assumeTrue(
                python != null,
                "GNOMON_PYTHON names no Python with Keras, so the programs are not compared");
        boolean real = System.getenv("GNOMON_DATA") != null;
        digits = real ? SmallData.digits() : SmallData.drawnDigits();
        colours = SmallData.colours(320);
        write("x", digits.train().images());
        write("y", digits.train().labels());
        write("xt", digits.test().images());
        write("yt", digits.test().labels());
        write("xc", colours.images());
        write("yc", colours.labels());
        javaBegins();
        var script = Path.of("src", "test", "python", "keras_examples.py").toAbsolutePath();
        Process process =
                new ProcessBuilder(
                                Objects.requireNonNull(python),
                                script.toString(),
                                folder.toString())
                        .redirectErrorStream(true)
                        .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        results = read("results.json");
    }

    /// A model that Java has begun to train, for Python to go on with; and what Java itself says when it goes on.
    private static void javaBegins() {
        var file = folder.resolve("java.keras");
        TrainOn.begin(withoutDropout(MnistMlp.build()), digits, file, FIXED);
        javaOn = TrainOn.goOn(file, digits, FIXED).series();
        var own = OwnParts.build();
        KerasFormat.save(own, folder.resolve("own_java.keras"), OwnParts.NAMES);
        javaOwn = OwnParts.run(own, digits, FIXED).series();
    }

    private static void write(String name, Column column) {
        Npy.write(folder.resolve(name + ".npy"), column);
    }

    private static JsonNode read(String name) throws IOException {
        return Json.parse(Files.readString(folder.resolve(name)), name);
    }

    private static Model withoutDropout(Model model) {
        var compiled = Objects.requireNonNull(model.compiled());
        return WithoutDropout.of(model)
                .compile(compiled.optimizer(), compiled.losses(), compiled.metrics());
    }

    private static Model started(String program, Model model) {
        model.loadWeights(folder.resolve(program + ".weights.h5"));
        return model;
    }

    private static Model compiledForStopping() {
        var model = OwnLoop.build();
        model.compile(new Adam(0.003), new SparseCategoricalCrossentropy(), Metrics.accuracy());
        return model;
    }

    // ---- comparing

    private static void assertSame(String program, Map<String, List<Double>> java) {
        var python = new TreeMap<String, List<Double>>();
        for (var entry : results.path(program).properties()) {
            var values = new ArrayList<Double>();
            entry.getValue().forEach(value -> values.add(value.doubleValue()));
            python.put(entry.getKey(), values);
        }
        assertThat(java.keySet()).as(program).isEqualTo(python.keySet());
        for (var entry : python.entrySet()) {
            String figure = program + ": " + entry.getKey();
            List<Double> ours = Objects.requireNonNull(java.get(entry.getKey()));
            assertThat(ours).as(figure).hasSameSizeAs(entry.getValue());
            boolean share = figure.endsWith("accuracy") || figure.endsWith("close");
            for (int i = 0; i < ours.size(); i++) {
                double theirs = entry.getValue().get(i);
                double tolerance = share ? ACCURACY : LOSS * Math.max(0.01, Math.abs(theirs));
                assertThat(ours.get(i)).as(figure + " " + i).isCloseTo(theirs, within(tolerance));
            }
        }
    }

    private static void assertSame(String program, History history, Model model, Column x) {
        assertSame(program, history.series());
        assertSamePredictions(program, model, x, PREDICTION);
    }

    private static void assertSamePredictions(
            String program, Model model, Column x, double tolerance) {
        Collection<Tensor> outputs = model.predict(Dataset.of(x), 32).values();
        int number = 0;
        for (Tensor output : outputs) {
            float[] theirs =
                    Npy.read(folder.resolve(program + number++ + ".npy")).tensor().values();
            float largest = 0;
            for (float value : theirs) {
                largest = Math.max(largest, Math.abs(value));
            }
            assertThat(output.values())
                    .as(program)
                    .containsExactly(theirs, within((float) tolerance * largest));
        }
    }

    // ---- the programs

    @Test
    void mnistMlp() {
        var model = started("mnist_mlp", withoutDropout(MnistMlp.build()));
        var history = MnistMlp.run(model, digits, FIXED);
        assertSame("mnist_mlp", history, model, digits.test().images());
    }

    @Test
    void mnistCnn() {
        var model = started("mnist_cnn", withoutDropout(MnistCnn.build()));
        var history = MnistCnn.run(model, digits, FIXED);
        assertSame("mnist_cnn", history, model, digits.test().images());
    }

    @Test
    void stopAndSave() throws IOException {
        var model = started("stop_and_save", compiledForStopping());
        Path ours = Files.createDirectories(folder.resolve("ours"));
        var fit = Fit.epochs(60).withBatchSize(64).withShuffle(false);
        var history = StopAndSave.run(model, digits, ours, fit);
        assertSame("stop_and_save", history, model, digits.test().images());

        var best = Model.load(ours.resolve("best.keras"));
        assertSamePredictions("stop_and_save", best, digits.test().images(), PREDICTION);
        var theirLog = Files.readAllLines(folder.resolve("log.csv"));
        var ourLog = Files.readAllLines(ours.resolve("log.csv"));
        assertThat(ourLog.getFirst()).isEqualTo(theirLog.getFirst());
        assertThat(ourLog).hasSameSizeAs(theirLog);
    }

    @Test
    void twoHeads() {
        var model = started("two_heads", TwoHeads.build());
        var history = TwoHeads.run(model, digits, FIXED.withBatchSize(60));
        assertSame("two_heads", history, model, digits.test().images());
    }

    @Test
    void trainOnWhatJavaHasBegun() {
        assertSame("train_on", javaOn);
    }

    @Test
    void trainOnWhatPythonHasBegun() {
        var history = TrainOn.goOn(folder.resolve("python.keras"), digits, FIXED);
        assertSame("train_on_python", history.series());
    }

    @Test
    void embeddings() {
        var whole = Model.load(folder.resolve("python.keras"));
        var embed = whole.upTo(whole.layers().size() - 3);
        var rows = new ArrayList<Integer>();
        results.at("/nearest/rows").forEach(row -> rows.add((int) row.doubleValue()));
        assertThat(Embeddings.nearest(embed, digits.test().images(), 0)).isEqualTo(rows);

        var model = Embeddings.withNewHead(embed);
        var theirs = Model.load(folder.resolve("embeddings.keras"));
        for (int i = 0; i < theirs.weightPaths().size(); i++) {
            model.setWeight(model.weightPaths().get(i), theirs.weight(theirs.weightPaths().get(i)));
        }
        var history = Embeddings.run(model, digits, FIXED);
        assertSame("embeddings", history, model, digits.test().images());
    }

    @Test
    void ownParts() {
        var model = started("own_parts", OwnParts.build());
        var history = OwnParts.run(model, digits, FIXED);
        assertSame("own_parts", history, model, digits.test().images());
    }

    @Test
    void ownPartsGoBothWaysInFiles() {
        assertSame("own_java", javaOwn);
        var theirs = KerasFormat.load(folder.resolve("own_parts.keras"), OwnParts.NAMES);
        assertSamePredictions("own_parts", theirs, digits.test().images(), PREDICTION);
        assertThat(Objects.requireNonNull(theirs.compiled()))
                .isEqualTo(Objects.requireNonNull(OwnParts.build().compiled()));
    }

    @Test
    void ownLoop() {
        var model = started("own_loop", OwnLoop.build());
        var losses = OwnLoop.run(model, digits, 3).stream().map(loss -> (double) loss).toList();
        assertSame("own_loop", Map.of("loss", losses));
        assertSamePredictions("own_loop", model, digits.test().images(), PREDICTION);
    }

    @Test
    void weighted() {
        var model = started("weighted", Weighted.build());
        var both = new TreeMap<String, List<Double>>();
        for (var history : Weighted.run(model, digits, false)) {
            history.series()
                    .forEach((figure, values) ->
                            both.computeIfAbsent(figure, _ -> new ArrayList<>()).addAll(values));
        }
        assertSame("weighted", both);
        assertSamePredictions("weighted", model, digits.test().images(), PREDICTION);
    }

    @Test
    void cifar() {
        var model = started("cifar", Cifar.build(30));
        var history = model.fit(colours, Fit.epochs(3).withShuffle(false));
        assertSame("cifar", history.series());
        // First weights that differ by a millionth end in predictions that differ by three
        // thousandths.
        assertSamePredictions("cifar", model, colours.images(), 0.03);
    }

    @Test
    void withDropoutShufflingAndAugmentation() throws IOException {
        JsonNode free = read("free.json");
        var fit = Fit.epochs(8).withBatchSize(64).withSeed(1);
        var mlp = MnistMlp.build();
        MnistMlp.run(mlp, digits, fit);
        var cnn = MnistCnn.build();
        MnistCnn.run(cnn, digits, fit);
        var cifar = Cifar.build(200);
        cifar.fit(Cifar.augmented(colours), Fit.epochs(10).withSeed(1));
        var found =
                Map.of(
                        "mnist_mlp", mlp.evaluate(digits.test()).get("accuracy"),
                        "mnist_cnn", cnn.evaluate(digits.test()).get("accuracy"),
                        "cifar", cifar.evaluate(colours).get("accuracy"));
        found.forEach((program, accuracy) ->
                assertThat(accuracy)
                        .as(program + " " + found + " " + free)
                        .isCloseTo(free.path(program).asDouble(0), within(BAND)));
    }
}
