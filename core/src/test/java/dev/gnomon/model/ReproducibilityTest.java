package dev.gnomon.model;

import static dev.gnomon.activation.Activation.RELU;
import static dev.gnomon.activation.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.layer.Add;
import dev.gnomon.layer.BatchNormalization;
import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Dropout;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.MaxPooling2D;
import dev.gnomon.layer.Padding;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Metrics;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.plan.Precision;
import dev.gnomon.random.Key;
import dev.gnomon.train.Fit;
import dev.gnomon.train.LambdaCallback;
import dev.gnomon.train.TrainingState;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same seed gives the same bits: for any number of threads, and when training is stopped and gone on with.
class ReproducibilityTest {
    private static final int SAMPLES = 181;

    /// Dropout, batch normalization, a shared layer, a wide product.
    private static Model model() {
        var image = Input.of(12, 12, 2);
        var first = new Conv2D(8, 3).withPadding(Padding.SAME).withActivation(RELU).apply(image);
        var shared = new Conv2D(8, 3).withPadding(Padding.SAME).shared("trunk");
        var once = shared.apply(new BatchNormalization().apply(first));
        var twice = shared.apply(new Dropout(0.3).apply(once));
        var joined = new MaxPooling2D(2).apply(new Add().apply(once, twice));
        var wide = new Dense(300).withActivation(RELU).apply(new Flatten().apply(joined));
        var out = new Dense(5).withActivation(SOFTMAX).apply(new Dropout(0.5).apply(wide));
        var model = Functional.of(image, out);
        return model.compile(new Adam(), new SparseCategoricalCrossentropy(), Metrics.accuracy());
    }

    private static Dataset data() {
        Key key = Key.of(3);
        float[] x = new float[SAMPLES * 12 * 12 * 2];
        int[] y = new int[SAMPLES];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) key.normalAt(i);
        }
        for (int i = 0; i < y.length; i++) {
            y[i] = key.child("labels").intAt(i, 5);
        }
        return Dataset.of(Column.of(x, SAMPLES, 12, 12, 2), Column.labels(y));
    }

    private static Fit settings() {
        return Fit.epochs(3).withBatchSize(64).withSeed(5).withValidationSplit(0.1);
    }

    private static String hash(Model model) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            model.state()
                    .tensors()
                    .forEach((path, tensor) -> {
                        digest.update(path.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                        var bytes = ByteBuffer.allocate(4 * tensor.size());
                        for (float value : tensor.values()) {
                            bytes.putFloat(value);
                        }
                        digest.update(bytes.array());
                    });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException fault) {
            throw new AssertionError(fault);
        }
    }

    private static String trained(int threads) {
        try (var model = model().withThreads(threads)) {
            var history = model.fit(data(), settings());
            assertThat(history.last().loss()).isFinite();
            return hash(model);
        }
    }

    @Test
    void sameBitsForAnyNumberOfThreads() {
        String one = trained(1);
        assertThat(List.of(trained(2), trained(3), trained(7))).containsOnly(one);
    }

    @Test
    void sameBitsForAnyNumberOfThreadsInMixedPrecision() {
        List<String> hashes =
                IntStream.of(1, 2, 5)
                        .mapToObj(threads -> {
                            try (var model =
                                    model().withThreads(threads)
                                            .withPrecision(Precision.MIXED_BFLOAT16)) {
                                model.fit(data(), settings());
                                return hash(model);
                            }
                        })
                        .toList();
        assertThat(hashes).containsOnly(hashes.getFirst()).doesNotContain(trained(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7})
    void everyWorkerTakesShards(int threads) throws InterruptedException {
        try (var model = model().withThreads(threads)) {
            var plan = model.plan(128);
            var workspace = plan.lease();
            for (int run = 0;
                    run < 2000
                            && Arrays.stream(workspace.shardsTaken()).anyMatch(taken -> taken == 0);
                    run++) {
                workspace.run(1, run);
                Thread.sleep(1);
            }
            assertThat(workspace.shardsTaken()).doesNotContain(0).hasSize(threads);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7})
    void stoppedAfterAnyStepAndGoneOnWithGivesTheSameBits(int stopAfter) {
        String expected;
        try (var model = model()) {
            model.fit(data(), settings());
            expected = hash(model);
        }
        TrainingState kept;
        try (var model = model()) {
            model.fit(
                    data(),
                    settings()
                            .withCallbacks(
                                    new LambdaCallback()
                                            .withBatchEnd((training, _) -> {
                                                if (training.iteration() == stopAfter) {
                                                    Thread.currentThread().interrupt();
                                                }
                                            })));
            assertThat(Thread.interrupted()).isTrue();
            kept = model.state();
        }
        try (var model = model()) {
            model.restore(kept);
            model.fit(data(), settings());
            assertThat(hash(model)).isEqualTo(expected);
        }
    }
}
