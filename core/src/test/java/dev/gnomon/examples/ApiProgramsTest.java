package dev.gnomon.examples;

import static dev.gnomon.activation.Activation.RELU;
import static dev.gnomon.activation.Activation.SOFTMAX;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.data.Npz;
import dev.gnomon.data.TrainTest;
import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Dropout;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.MaxPooling2D;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.loss.Loss;
import dev.gnomon.loss.Losses;
import dev.gnomon.loss.MeanSquaredError;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Metrics;
import dev.gnomon.model.Functional;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.optimizer.AdamW;
import dev.gnomon.optimizer.SGD;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import dev.gnomon.train.Fit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Five programs as a user writes them. They may get shorter, never longer.
class ApiProgramsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private static Model classic() {
        return Sequential.of(
                Input.of(28, 28, 1),
                new Rescaling(1 / 255.0),
                new Conv2D(32, 3).withActivation(RELU),
                new Conv2D(64, 3).withActivation(RELU),
                new MaxPooling2D(2),
                new Dropout(0.25),
                new Flatten(),
                new Dense(128).withActivation(RELU),
                new Dropout(0.5),
                new Dense(10).withActivation(SOFTMAX));
    }

    @Test
    void theClassicScriptOnHandwrittenDigits() {
        theClassicScript(SmallData.digits());
    }

    @Test
    void theClassicScriptOnDrawnSquares() {
        var data = SmallData.squares(800, 28, 10);
        theClassicScript(new TrainTest(data.take(600), data.skip(600)));
    }

    private void theClassicScript(TrainTest mnist) {
        var model = classic();

        model.compile(new Adam(), new SparseCategoricalCrossentropy(), Metrics.accuracy());
        var history =
                model.fit(
                        mnist.train(),
                        Fit.epochs(3).withBatchSize(128).withValidationSplit(0.1).withSeed(1));
        var figures = model.evaluate(mnist.test());
        model.save(folder.resolve("mnist.keras"));

        assertThat(figures.toString())
                .matches("\\{accuracy=0\\.\\d+, loss=\\d\\.\\d+}|\\{accuracy=1.0, .*");
        assertThat(figures.get("accuracy")).isGreaterThan(0.5);
        assertThat(history.series())
                .containsOnlyKeys("accuracy", "loss", "val_accuracy", "val_loss");
        assertThat(history.epochs()).hasSize(3);
        assertThat(Model.load(folder.resolve("mnist.keras")).evaluate(mnist.test()))
                .isEqualTo(figures);
    }

    @Test
    void twoHeadsWithLossesAndWeightsByOutputName() {
        var image = Input.of(75, 75, 1).named("image");
        var x = new Conv2D(32, 5).withStrides(3).withActivation(RELU).apply(image);
        x = new MaxPooling2D(3).apply(x);
        x = new Flatten().apply(x);
        var hour = new Dense(12).withActivation(SOFTMAX).named("hour").apply(x);
        var minute = new Dense(2).named("minute").apply(x);
        var clock = Functional.of(List.of(image), List.of(hour, minute));
        clock.compile(
                new AdamW(3e-4),
                Losses.perOutput()
                        .with("hour", new SparseCategoricalCrossentropy())
                        .weight(1)
                        .with("minute", new MeanSquaredError())
                        .weight(2));

        var squares = SmallData.squares(96, 75, 12);
        var data =
                Dataset.of(squares.images())
                        .withTarget("hour", squares.labels())
                        .withTarget("minute", Column.of(new float[192], 96, 2));
        var history = clock.fit(data, Fit.epochs(2));
        assertThat(history.series()).containsOnlyKeys("hour_loss", "loss", "minute_loss");
        assertThat(history.epochs().getFirst().loss()).isGreaterThan(history.last().loss());
        var last = clock.evaluate(data);
        assertThat(last.loss())
                .isCloseTo(
                        last.get("hour_loss") + 2 * last.get("minute_loss"),
                        org.assertj.core.api.Assertions.within(1e-4 * last.loss()));
    }

    @Test
    void aModelFromPythonCutFineTunedAndGivenBack() {
        var golden = SmallData.folder().resolve("keras-golden");
        var arrays = Npz.read(golden.resolve("s4_cnn.npz"));
        var greek =
                Dataset.of(
                        Objects.requireNonNull(arrays.get("x")),
                        Objects.requireNonNull(arrays.get("y")));
        var fromPython = golden.resolve("s4_cnn.keras");

        var model = Model.load(fromPython);
        var embed = model.upTo("dense");
        float[][] vectors = embed.predict(greek.images()).rows();
        model.layer("conv2d").freeze();
        var kernel = model.weight("conv2d/kernel");
        var dense = model.weight("dense/kernel");
        model.fit(greek, Fit.epochs(2));
        model.save(folder.resolve("back_to_python.keras"));

        assertThat(vectors).hasDimensions(greek.size(), model.weight("dense/bias").size());
        assertThat(model.weight("conv2d/kernel")).isEqualTo(kernel);
        assertThat(model.weight("dense/kernel")).isNotEqualTo(dense);
        assertThat(embed.weight("dense/kernel")).isEqualTo(model.weight("dense/kernel"));
        var back = Model.load(folder.resolve("back_to_python.keras"));
        assertThat(back.predict(greek.images())).isEqualTo(model.predict(greek.images()));
    }

    @Test
    void anOwnLayerAnOwnLossAnOwnLoop() {
        var model = Sequential.of(Input.of(3), new Dense(16), new Swish(1), new Dense(1));
        var key = Key.of(2);
        var x = new float[300];
        var y = new float[100];
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < 3; j++) {
                x[3 * i + j] = (float) key.normalAt(3L * i + j);
            }
            y[i] = 40 * x[3 * i];
        }
        var data = Dataset.of(Column.of(x, 100, 3), Column.of(y, 100, 1));
        var losses = new ArrayList<Float>();

        Loss circular =
                Loss.of(
                        "circular",
                        (truth, prediction) ->
                                truth.sub(prediction).mul(Math.PI / 360).cos().neg().add(1));
        try (var step = model.trainingStep(circular, new SGD(0.01).withMomentum(0.9))) {
            for (int epoch = 0; epoch < 50; epoch++) {
                for (var batch : data.batches(32)) losses.add(step.run(batch));
            }
        }

        assertThat(losses).hasSize(200);
        assertThat(losses.subList(196, 200).stream().mapToDouble(loss -> loss).sum())
                .isLessThan(losses.subList(0, 4).stream().mapToDouble(loss -> loss).sum());
    }

    @Test
    void lookingInside() {
        var model = classic();
        model.compile(new Adam(), new SparseCategoricalCrossentropy(), Metrics.accuracy());
        var image = SmallData.squares(1, 28, 10).images().withSampleShape(28, 28, 1);

        assertThat(model.summary()).startsWith("Model: \"sequential\"").contains("conv2d (Conv2D)");
        assertThat(model.plan(128).toString()).contains("plan for a batch of 128", "GFLOP");
        var maps = model.upTo("max_pooling2d").predict(image);
        Tensor kernel = model.weight("conv2d/kernel");

        assertThat(maps.shape()).isEqualTo(Shape.of(1, 12, 12, 64));
        assertThat(kernel.shape()).isEqualTo(Shape.of(3, 3, 1, 32));
    }
}
