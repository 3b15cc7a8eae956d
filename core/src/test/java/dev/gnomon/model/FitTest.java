package dev.gnomon.model;

import static dev.gnomon.activation.Activation.RELU;
import static dev.gnomon.activation.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.layer.Add;
import dev.gnomon.layer.BatchNormalization;
import dev.gnomon.layer.Concatenate;
import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Dropout;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.MaxPooling2D;
import dev.gnomon.loss.Losses;
import dev.gnomon.loss.MeanSquaredError;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Metrics;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.optimizer.SGD;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import dev.gnomon.train.Fit;
import dev.gnomon.train.LambdaCallback;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What training, evaluating and predicting promise.
class FitTest {
    private static final int SAMPLES = 75;

    private static Column numbers(String name, int... dims) {
        var key = Key.of(4).child(name);
        var values = new float[Math.toIntExact(Shape.of(dims).elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) key.normalAt(i);
        }
        return Column.of(values, dims);
    }

    private static Column classes(int count) {
        var labels = new int[SAMPLES];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = Key.of(5).intAt(i, count);
        }
        return Column.labels(labels);
    }

    private static Dataset images() {
        return Dataset.of(numbers("images", SAMPLES, 8, 8, 1), classes(3));
    }

    private static Model convolutions() {
        return Sequential.of(
                        Input.of(8, 8, 1),
                        new Conv2D(4, 3).withActivation(RELU),
                        new BatchNormalization(),
                        new MaxPooling2D(2),
                        new Flatten(),
                        new Dropout(0.2),
                        new Dense(3).withActivation(SOFTMAX))
                .compile(new Adam(), new SparseCategoricalCrossentropy(), Metrics.accuracy());
    }

    @Test
    void logsHaveKerasNamesInKerasOrder() {
        try (var model = convolutions()) {
            var history = model.fit(images(), Fit.epochs(2).withValidationSplit(0.2));
            assertThat(history.epochs()).hasSize(2);
            assertThat(history.last().values().keySet())
                    .containsExactly("accuracy", "loss", "val_accuracy", "val_loss");
            assertThat(model.evaluate(images()).values().keySet())
                    .containsExactly("accuracy", "loss");
            assertThat(model.trainOnBatch(images()).values().keySet())
                    .containsExactly("accuracy", "loss");
        }
    }

    @Test
    void oneLossIsThatOfEveryOutput() {
        var x = Input.of(6);
        var a = new Dense(2).named("a").apply(x);
        var b = new Dense(1).named("b").apply(x);
        var model = Functional.of(List.of(x), List.of(a, b));
        model.compile(
                new SGD(0.01),
                Losses.of(new MeanSquaredError()),
                Metrics.perOutput().with("b", Metrics.meanAbsoluteError()));
        var data =
                Dataset.of(numbers("x", SAMPLES, 6))
                        .withTarget("a", numbers("a", SAMPLES, 2))
                        .withTarget("b", numbers("b", SAMPLES, 1));
        var logs = model.evaluate(data);
        assertThat(logs.values().keySet())
                .containsExactly("a_loss", "b_loss", "b_mean_absolute_error", "loss");
        assertThat(logs.loss()).isCloseTo(logs.get("a_loss") + logs.get("b_loss"), within(1e-5));
        assertThat(model.predict(data, 32).keySet()).containsExactly("a", "b");
    }

    @Test
    void anUnevenLastBatchWeighsByItsSize() {
        try (var model = convolutions()) {
            model.fit(images(), Fit.epochs(1));
            var whole = model.evaluate(images(), SAMPLES);
            for (int size : new int[] {1, 7, 32, 74, 1000}) {
                var logs = model.evaluate(images(), size);
                assertThat(logs.loss()).isCloseTo(whole.loss(), within(1e-5));
                assertThat(logs.get("accuracy")).isCloseTo(whole.get("accuracy"), within(1e-6));
            }
        }
    }

    @Test
    void predictsTheSameFromManyThreads() throws Exception {
        var samples = images().images();
        try (var model = convolutions().withThreads(2);
                var threads = Executors.newFixedThreadPool(8)) {
            Tensor alone = model.predict(samples);
            List<Callable<Tensor>> calls = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                calls.add(() -> model.predict(samples));
            }
            for (Future<Tensor> result : threads.invokeAll(calls)) {
                assertThat(result.get()).isEqualTo(alone);
            }
        }
    }

    @Test
    void closingWhileOthersPredictHarmsNobody() throws Exception {
        var samples = images().images();
        var model = convolutions().withThreads(2);
        Tensor alone = model.predict(samples);
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Tensor>> calls = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                calls.add(() -> {
                    model.close();
                    return model.predict(samples);
                });
            }
            for (Future<Tensor> result : threads.invokeAll(calls)) {
                assertThat(result.get()).isEqualTo(alone);
            }
        }
        model.close();
    }

    @Test
    void interruptingEndsAfterTheBatchAndEverythingIsUsable() {
        try (var model = convolutions()) {
            var steps = new ArrayList<Integer>();
            var history =
                    model.fit(
                            images(),
                            Fit.epochs(5)
                                    .withCallbacks(
                                            new LambdaCallback()
                                                    .withBatchEnd((training, batch) -> {
                                                        steps.add(batch + 1);
                                                        if (training.epoch() == 1 && batch == 1) {
                                                            Thread.currentThread().interrupt();
                                                        }
                                                    })));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(steps).containsExactly(1, 2, 3, 1, 2);
            assertThat(history.epochs()).hasSize(1);
            assertThat(model.state().iteration()).isEqualTo(5);
            assertThat(model.predict(images().images()).values()).doesNotContain(Float.NaN);
            assertThat(model.fit(images(), Fit.epochs(1)).epochs()).hasSize(1);
        }
    }

    @Test
    void aFrozenLayerKeepsItsWeightsUntilItIsUnfrozen() {
        try (var model = convolutions()) {
            model.layer("conv2d").freeze();
            var kernel = model.weight("conv2d/kernel");
            var dense = model.weight("dense/kernel");
            assertThat(model.trainablePaths()).doesNotContain("conv2d/kernel", "conv2d/bias");
            model.fit(images(), Fit.epochs(1));
            assertThat(model.weight("conv2d/kernel")).isEqualTo(kernel);
            assertThat(model.weight("dense/kernel")).isNotEqualTo(dense);
            model.layer("conv2d").unfreeze();
            model.fit(images(), Fit.epochs(1));
            assertThat(model.weight("conv2d/kernel")).isNotEqualTo(kernel);
        }
    }

    @Test
    void aFrozenBatchNormalizationUsesItsMovingStatistics() {
        var model =
                Sequential.of(Input.of(3), new BatchNormalization(), new Dense(1))
                        .compile(new SGD(0), new MeanSquaredError());
        var data = Dataset.of(numbers("x", 8, 3), numbers("y", 8, 1));
        double inference = model.evaluate(data).loss();
        assertThat(model.trainOnBatch(data).loss()).isNotCloseTo(inference, within(1e-3));
        var trained = model.weight("batch_normalization/moving_mean");
        assertThat(trained.values()).doesNotContain(0);

        model.layer("batch_normalization").freeze();
        double frozen = model.evaluate(data).loss();
        assertThat(model.trainOnBatch(data).loss()).isCloseTo(frozen, within(1e-6));
        assertThat(model.weight("batch_normalization/moving_mean")).isEqualTo(trained);
    }

    @Test
    void subModelsByNameAndIndexShareTheWeights() {
        try (var model = convolutions()) {
            var byName = model.upTo("max_pooling2d");
            var byIndex = model.upTo(2);
            model.fit(images(), Fit.epochs(1));
            var maps = byName.predict(images().images());
            assertThat(maps.shape()).isEqualTo(Shape.of(SAMPLES, 3, 3, 4));
            assertThat(byIndex.predict(images().images())).isEqualTo(maps);
            assertThat(byName.weight("conv2d/kernel")).isEqualTo(model.weight("conv2d/kernel"));
        }
    }

    @Test
    void aSubModelKeepsOnlyTheInputsItNeeds() {
        var left = Input.of(2).named("left");
        var right = Input.of(2).named("right");
        var a = new Dense(3).named("a").apply(left);
        var b = new Dense(3).named("b").apply(right);
        var model = Functional.of(List.of(left, right), List.of(new Add().apply(a, b)));
        assertThat(model.upTo("b").inputNames()).containsExactly("right");
        assertThat(model.upTo("b").layers()).hasSize(1);
    }

    @Test
    void severalInputsAndAModelWithinAModel() {
        var left = Input.of(4).named("left");
        var right = Input.of(4).named("right");
        var inner = Sequential.named("inner", List.of(Input.of(4), new Dense(5), new Dense(3)));
        var twice = inner.named("inner");
        var joined = new Concatenate().apply(twice.apply(left), twice.apply(right));
        var model = Functional.of(List.of(left, right), List.of(new Dense(1).apply(joined)));
        model.compile(new Adam(), new MeanSquaredError());
        var data =
                Dataset.of(numbers("l", SAMPLES, 4))
                        .withInput("left", numbers("l", SAMPLES, 4))
                        .withInput("right", numbers("r", SAMPLES, 4))
                        .withTarget("y", numbers("y", SAMPLES, 1));
        assertThat(model.weightPaths())
                .containsExactly(
                        "inner/dense/kernel",
                        "inner/dense/bias",
                        "inner/dense_1/kernel",
                        "inner/dense_1/bias",
                        "dense/kernel",
                        "dense/bias");
        var before = model.weight("inner/dense/kernel");
        var history = model.fit(data, Fit.epochs(3));
        assertThat(history.last().loss()).isLessThan(history.epochs().getFirst().loss());
        assertThat(model.weight("inner/dense/kernel")).isNotEqualTo(before);
        assertThat(inner.weight("dense/kernel")).isEqualTo(model.weight("inner/dense/kernel"));
    }

    @Test
    void aStepOfAnOwnLoopAllocatesNothing() {
        var model = convolutions().withThreads(1);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (var step = model.trainingStep(new SparseCategoricalCrossentropy(), new Adam())) {
            var batch = images().batches(SAMPLES).iterator().next();
            for (int i = 0; i < 6000; i++) {
                step.run(batch);
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1000; i++) {
                step.run(batch);
            }
            long each = (threads.getCurrentThreadAllocatedBytes() - before) / 1000;
            assertThat(each).as("heap bytes a step").isLessThan(200);
        }
    }

    @Test
    void theThreadsOfAForgottenModelEnd() throws InterruptedException {
        Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
        predictAndForget();
        Set<Thread> workers = new HashSet<>(Thread.getAllStackTraces().keySet());
        workers.removeAll(before);
        workers.removeIf(thread -> !thread.getName().startsWith("gnomon-worker"));
        for (int i = 0; i < 200 && workers.stream().anyMatch(Thread::isAlive); i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertThat(workers).noneMatch(Thread::isAlive);
    }

    private static void predictAndForget() {
        convolutions().withThreads(4).predict(images().images());
    }
}
