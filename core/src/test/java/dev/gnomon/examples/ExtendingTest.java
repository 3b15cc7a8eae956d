package dev.gnomon.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Input;
import dev.gnomon.loss.Loss;
import dev.gnomon.loss.MeanSquaredError;
import dev.gnomon.metric.Metric;
import dev.gnomon.metric.Metrics;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import dev.gnomon.optimizer.Optimizer;
import dev.gnomon.optimizer.SGD;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.Tensor;
import dev.gnomon.train.BackupAndRestore;
import dev.gnomon.train.Callback;
import dev.gnomon.train.Fit;
import dev.gnomon.train.LambdaCallback;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The own parts of docs/extending.md: what they compute, and that they are saved and found again.
class ExtendingTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    /// A model of one weight and no bias that is 0 at first.
    private static Model line(Optimizer optimizer, Loss loss, Metric... metrics) {
        var model = Sequential.of(Input.of(1), new Dense(1).withUseBias(false));
        model.setWeight("dense/kernel", Tensor.of(new float[1], 1, 1));
        model.compile(optimizer, loss, metrics);
        return model;
    }

    private static Dataset points(float... y) {
        var x = new float[y.length];
        java.util.Arrays.fill(x, 1);
        return Dataset.of(Column.of(x, y.length, 1), Column.of(y, y.length));
    }

    private static Dataset random(int samples) {
        var key = Key.of(5);
        var x = new float[samples];
        var y = new float[samples];
        for (int i = 0; i < samples; i++) {
            x[i] = (float) key.normalAt(i);
            y[i] = 3 * x[i];
        }
        return Dataset.of(Column.of(x, samples, 1), Column.of(y, samples));
    }

    @Test
    void aLossOfAQuantile() {
        var model = line(new SGD(0.05), new Pinball(0.75));
        assertThat(model.evaluate(points(4, -4)).loss()).isCloseTo(2, within(1e-6));
        model.fit(points(1, 2, 3, 4, 5, 6, 7, 8), Fit.epochs(800));
        assertThat(model.weight("dense/kernel").values()[0]).isBetween(5.9f, 7.1f);
        assertThatThrownBy(() -> new Pinball(1))
                .hasMessage("Pinball: share must be within 0 and 1, but is 1.0.");
    }

    @Test
    void aMetricInDecibels() {
        var model = line(new SGD(), new MeanSquaredError(), new Decibels());
        assertThat(model.evaluate(points(10, -10)).get("decibels")).isCloseTo(20, within(1e-5));
    }

    @Test
    void anOptimizerStepsAndIsSavedWithItsSlots() {
        var model = line(new Lion(0.25), new MeanSquaredError());
        model.trainOnBatch(points(3));
        assertThat(model.weight("dense/kernel").values()).containsExactly(0.25f);
        model.trainOnBatch(points(3));
        assertThat(model.weight("dense/kernel").values()).containsExactly(0.5f);
        // m = 0.01 · -6, then 0.99 · -0.06 + 0.01 · -5.5; what comes next is of the other sign
        assertThat(
                        Objects.requireNonNull(
                                        model.state()
                                                .tensors()
                                                .get("optimizer/dense/kernel/momentum"))
                                .values())
                .containsExactly(new float[] {-0.1144f}, within(1e-6f));

        var file = folder.resolve("lion.keras");
        model.save(file);
        var loaded = Model.load(file);
        assertThat(Objects.requireNonNull(loaded.compiled()).optimizer()).isEqualTo(new Lion(0.25));
        var data = random(50);
        for (var each : new Model[] {model, loaded}) {
            each.fit(data, Fit.epochs(2).withShuffle(false));
        }
        assertThat(loaded.weights()).isEqualTo(model.weights());
    }

    @Test
    void aCallbackWhoseStateOutlivesTheProgram() {
        var data = random(64);
        var straight = line(new SGD(0.01), new MeanSquaredError());
        straight.fit(data, fit(new AverageWeights(0.5)));

        var backup = new BackupAndRestore(folder.resolve("backup.keras"));
        var killed = line(new SGD(0.01), new MeanSquaredError());
        var kill =
                new LambdaCallback()
                        .withEpochBegin((_, epoch) -> {
                            if (epoch == 3) {
                                throw new IllegalStateException("killed");
                            }
                        });
        assertThatThrownBy(() -> killed.fit(data, fit(new AverageWeights(0.5), kill, backup)))
                .hasMessage("killed");
        var again = line(new SGD(0.01), new MeanSquaredError());
        again.fit(data, fit(new AverageWeights(0.5), backup));
        assertThat(again.weights()).isEqualTo(straight.weights());

        var plain = line(new SGD(0.01), new MeanSquaredError());
        plain.fit(data, fit());
        assertThat(straight.weights()).isNotEqualTo(plain.weights());
    }

    private static Fit fit(Callback... callbacks) {
        return Fit.epochs(6).withSeed(2).withCallbacks(callbacks);
    }

    @Test
    void anAugmentationDrawsAnewInEachEpoch() {
        var step = new Noise(2).prepare(dev.gnomon.tensor.Shape.of(4000));
        var noise = new float[4000];
        step.apply(7, new float[4000], noise);
        double sum = 0;
        double squares = 0;
        for (float value : noise) {
            sum += value;
            squares += value * value;
        }
        assertThat(sum / 4000).isCloseTo(0, within(0.15));
        assertThat(squares / 4000).isCloseTo(4, within(0.4));

        var data = random(64);
        var one = line(new SGD(0.01), new MeanSquaredError());
        one.fit(data.augmented(new Noise(0.1)), fit());
        var two = line(new SGD(0.01), new MeanSquaredError());
        two.fit(data.augmented(new Noise(0.1)), fit());
        assertThat(one.weights()).isEqualTo(two.weights());
    }

    @Test
    void ownPartsAreFoundByTheirNames() {
        var model = Sequential.of(Input.of(2), new Swish(2), new Scale(), new Dense(1));
        model.compile(new Lion(0.01), new Pinball(0.5), new Decibels());
        var file = folder.resolve("own.keras");
        model.save(file);
        var loaded = Model.load(file);
        assertThat(loaded.layer("swish").layer()).isEqualTo(new Swish(2));
        assertThat(Objects.requireNonNull(loaded.compiled()))
                .isEqualTo(Objects.requireNonNull(model.compiled()));
        assertThat(Metrics.of(new Decibels()).list()).hasSize(1);
        assertThat(Map.copyOf(loaded.weights())).isEqualTo(model.weights());
    }
}
