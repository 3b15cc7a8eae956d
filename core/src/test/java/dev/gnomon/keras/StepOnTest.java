package dev.gnomon.keras;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.gnomon.activation.Activation;
import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.layer.BatchNormalization;
import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Dropout;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.loss.MeanSquaredError;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Metrics;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import dev.gnomon.optimizer.Adagrad;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.optimizer.AdamW;
import dev.gnomon.optimizer.Optimizer;
import dev.gnomon.optimizer.RMSprop;
import dev.gnomon.optimizer.SGD;
import dev.gnomon.schedule.CosineDecay;
import dev.gnomon.schedule.ExponentialDecay;
import dev.gnomon.train.Callback;
import dev.gnomon.train.Fit;
import dev.gnomon.train.Training;
import dev.gnomon.train.TrainingState;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Save, load and step on gives the same bytes as stepping on.
class StepOnTest {
    @TempDir private Path folder;

    private static Dataset data() {
        var random = new Random(3);
        float[] pixels = new float[23 * 5 * 5 * 2];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextGaussian();
        }
        return Dataset.of(
                Column.of(pixels, 23, 5, 5, 2), Column.labels(random.ints(23, 0, 3).toArray()));
    }

    private static Model model(Optimizer optimizer) {
        return Sequential.of(
                        Input.of(5, 5, 2),
                        new Conv2D(4, 3).withActivation(Activation.RELU),
                        new BatchNormalization(),
                        new Dropout(0.3),
                        new Flatten(),
                        new Dense(6).withActivation(Activation.TANH),
                        new Dropout(0.5),
                        new Dense(3).withActivation(Activation.SOFTMAX))
                .compile(optimizer, new SparseCategoricalCrossentropy(), Metrics.accuracy());
    }

    static Stream<Optimizer> optimizers() {
        return Stream.of(
                new SGD(),
                new SGD(new ExponentialDecay(0.1, 2, 0.9)).withMomentum(0.9).withNesterov(true),
                new RMSprop().withMomentum(0.5).withCentered(true),
                new RMSprop(0.0123).withClipNorm(0.5),
                new Adagrad().withWeightDecay(0.01),
                new Adam(new CosineDecay(0.01, 9)),
                new Adam(0.003).withAmsgrad(true),
                new AdamW().withGlobalClipNorm(1));
    }

    private static void assertSame(TrainingState found, TrainingState expected) {
        assertThat(found.tensors()).isEqualTo(expected.tensors());
        assertThat(found).isEqualTo(expected);
    }

    /// Backups are written every few seconds: copies on the heap would fill it with large arrays.
    @Test
    void savingCopiesNoWeights() {
        Path file = folder.resolve("large.keras");
        try (Model model = Sequential.of(Input.of(1000), new Dense(1000))) {
            model.compile(new Adam(), new MeanSquaredError());
            model.save(file);
            var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            model.save(file);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(file.toFile().length()).isGreaterThan(12_000_000);
            assertThat(allocated).isLessThan(2_000_000);
        }
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void batchByBatch(Optimizer optimizer) {
        Path file = folder.resolve("m.keras");
        Dataset data = data();
        try (Model model = model(optimizer)) {
            model.fit(data, Fit.epochs(1).withBatchSize(5).withSeed(77)); // its seed stays
            model.save(file);
            try (Model loaded = Model.load(file)) {
                assertSame(loaded.state(), model.state());
                for (int i = 0; i < 3; i++) {
                    assertThat(loaded.trainOnBatch(data)).isEqualTo(model.trainOnBatch(data));
                }
                assertSame(loaded.state(), model.state());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void inTheMiddleOfAnEpoch(Optimizer optimizer) {
        Path file = folder.resolve("m.keras");
        Dataset data = data();
        Fit settings = Fit.epochs(3).withBatchSize(5).withSeed(5);
        try (Model whole = model(optimizer);
                Model stopped = model(optimizer)) {
            whole.fit(data, settings);
            stopped.fit(data, settings.withCallbacks(new StopAt(1, 3)));
            assertThat(Thread.interrupted()).isTrue();
            stopped.save(file);
            try (Model loaded = Model.load(file)) {
                assertThat(loaded.state().batch()).isEqualTo(3);
                loaded.restore(loaded.state());
                loaded.fit(data, settings);
                assertSame(loaded.state(), whole.state());
            }
        }
    }

    /// A loaded model that is not told to go on begins a run of its own, as in Keras.
    @Test
    void aNewRunBeginsAtItsFirstEpoch() {
        Path file = folder.resolve("m.keras");
        Dataset data = data();
        Fit more = Fit.epochs(4).withInitialEpoch(2).withBatchSize(6).withSeed(9);
        try (Model model = model(new Adam())) {
            model.fit(data, Fit.epochs(2).withBatchSize(6).withSeed(9));
            model.save(file);
            try (Model loaded = Model.load(file)) {
                assertThat(loaded.fit(data, more).epochs()).hasSize(2);
                model.fit(data, more);
                assertSame(loaded.state(), model.state());
            }
        }
    }

    private record StopAt(int epoch, int batch) implements Callback {
        @Override
        public void onTrainBatchEnd(Training training, int done) {
            if (training.epoch() == epoch && training.batch() == batch) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
