package dev.gnomon.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.layer.BatchNormalization;
import dev.gnomon.layer.Concatenate;
import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Dropout;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.MaxPooling2D;
import dev.gnomon.loss.MeanSquaredError;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.optimizer.SGD;
import dev.gnomon.plan.Plan.Kernels;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.NativeMemory;
import dev.gnomon.train.Fit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The memory of a fit is known before it begins.
class FitBytesTest {
    private static final int SAMPLES = 53;

    private static Model branches() {
        var image = Input.of(9, 8, 2);
        var left = new Conv2D(5, 3).apply(image);
        left = new Flatten().apply(new MaxPooling2D(2).apply(left));
        var right = new Dense(7).apply(new Flatten().apply(new Dropout(0.2).apply(image)));
        var joined = new BatchNormalization().apply(new Concatenate().apply(left, right));
        return Functional.of(image, new Dense(3).apply(joined))
                .compile(new Adam(), new MeanSquaredError());
    }

    private static Dataset data() {
        Key key = Key.of(3);
        float[] x = new float[SAMPLES * 9 * 8 * 2];
        float[] y = new float[SAMPLES * 3];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) key.normalAt(i);
        }
        return Dataset.of(Column.of(x, SAMPLES, 9, 8, 2), Column.of(y, SAMPLES, 3));
    }

    @ParameterizedTest
    @EnumSource
    void predictedEqualsAllocated(Kernels kernels) {
        var predicted =
                FitBytesCheck.check(
                        () -> branches().withKernels(kernels),
                        data(),
                        Fit.epochs(1).withBatchSize(16).withValidationSplit(0.4));
        assertThat(predicted.tail()).isPositive();
        assertThat(predicted.validation()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void threadsHaveTheirOwn(int threads) {
        var predicted =
                FitBytesCheck.check(
                        () -> branches().withThreads(threads),
                        data(),
                        Fit.epochs(1).withBatchSize(64));
        assertThat(predicted.tail()).as("one batch only").isZero();
        assertThat(predicted.scratch() % threads).isZero();
    }

    @Test
    void weightedSamplesCount() {
        float[] weights = new float[SAMPLES];
        var data = data().withSampleWeight(Column.of(weights, SAMPLES));
        FitBytesCheck.check(FitBytesTest::branches, data, Fit.epochs(1).withBatchSize(20));
    }

    @Test
    void weightsAreAllocatedWithTheModel() {
        long before = NativeMemory.allocatedBytes();
        try (Model model = branches()) {
            assertThat(NativeMemory.allocatedBytes() - before)
                    .isEqualTo(model.parameters().bytes());
        }
    }

    @Test
    void withoutDataItIsTheSame() {
        try (Model model = branches()) {
            Fit settings = Fit.epochs(1).withBatchSize(16);
            assertThat(model.fitBytes(SAMPLES, 16)).isEqualTo(model.fitBytes(data(), settings));
        }
    }

    @Test
    void partsAreWhatTheyAreCalled() {
        try (Model model = branches().compile(new SGD(), new MeanSquaredError())) {
            FitBytes bytes = model.fitBytes(16, 16);
            assertThat(bytes.parameters()).isBetween(4 * model.countParams(), 8000L);
            assertThat(bytes.optimizerState()).as("the learning rate").isEqualTo(64);
            assertThat(bytes.batches()).isEqualTo(2L * 16 * 4 * (9 * 8 * 2 + 3));
            assertThat(bytes.total()).isEqualTo(model.plan(16).peakBytes() + bytes.batches());
        }
    }

    @Test
    void nothingIsAllocatedInASteadyState() {
        try (Model model = branches()) {
            model.fit(data(), Fit.epochs(1).withBatchSize(16));
            var workspace = model.plan(16).lease();
            workspace.run(1, 0);
            long before = NativeMemory.allocatedBytes();
            for (int step = 0; step < 200; step++) {
                workspace.run(1, step);
            }
            assertThat(NativeMemory.allocatedBytes()).isEqualTo(before);
        }
    }
}
